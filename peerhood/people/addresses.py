"""Addresses: several to come in by, at least one of them one's own.

A work address goes with the job. Whoever has no other is reminded, here and there and without
hurry, to add one; until they say that the one they have is their own.
"""

from allauth.account.models import EmailAddress
from django.db import transaction

from peerhood import journal
from peerhood.people.models import Person

# Mailboxes that people have for themselves; at any other domain we cannot tell, and ask.
OF_ONES_OWN = {
    "aol.com", "bredband.net", "bredband2.com", "btinternet.com", "comhem.se", "duck.com", "fastmail.com", "gmail.com",
    "gmx.com", "gmx.de", "gmx.net", "googlemail.com", "hey.com", "hotmail.co.uk", "hotmail.com", "hotmail.se", "icloud.com",
    "live.co.uk", "live.com", "live.se", "mac.com", "mailbox.org", "me.com", "msn.com", "outlook.com", "outlook.se", "pm.me",
    "posteo.de", "posteo.net", "proton.me", "protonmail.com", "sky.com", "spray.se", "telia.com", "tele2.se", "tutanota.com",
    "virginmedia.com", "web.de", "yahoo.co.uk", "yahoo.com", "yahoo.se", "zoho.com",
}  # fmt: skip


def wants_another(person: Person) -> bool:
    """Would this person be locked out by a change of employer, as far as we can tell? One query."""
    if person.one_address_is_enough:
        return False
    proven = EmailAddress.objects.filter(user=person, verified=True).values_list("email", flat=True)[:2]
    return len(proven) == 1 and proven[0].rpartition("@")[2].lower() not in OF_ONES_OWN


@transaction.atomic
def say_one_is_enough(person: Person) -> None:
    """The address is their own: they are not asked again."""
    person.one_address_is_enough = True
    person.save(update_fields=["one_address_is_enough"])
    journal.record("addresses.one_is_enough", person, by=person)
