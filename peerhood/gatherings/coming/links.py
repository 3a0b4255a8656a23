"""Links: the one in a mail with which somebody answers without signing in.

It opens a page with their name on it and one button; to open it changes nothing, for scanners
of mail follow links. It is about one person and one gathering, cannot be guessed, and is dead
once the gathering is over, or once their main address is another one.
"""

from hashlib import sha256

from django.conf import settings
from django.core import signing
from django.urls import reverse

from peerhood.gatherings.models import Gathering
from peerhood.people.models import Person

SALT = "peerhood.gatherings.coming.links"


def link_for(person: Person, gathering: Gathering) -> str:
    """The whole address of the page on which this person answers."""
    return settings.SITE_URL + path_for(person, gathering)


def path_for(person: Person, gathering: Gathering) -> str:
    token = signing.dumps([person.pk, gathering.pk, _mark(person)], salt=SALT, compress=False)
    return reverse("gatherings:answer_by_mail", args=[gathering.pk, token])


def person_of(token: str, gathering: Gathering) -> Person | None:
    """Who answers with this token, if we made it for this gathering, and it is still good."""
    try:
        person_id, gathering_id, mark = signing.loads(token, salt=SALT)
    except (signing.BadSignature, TypeError, ValueError):
        return None
    person = Person.objects.filter(pk=person_id, is_active=True).first()
    is_good = person and gathering_id == gathering.pk and mark == _mark(person) and not gathering.is_over()
    return person if is_good else None


def _mark(person: Person) -> str:
    return sha256((person.email or "").lower().encode()).hexdigest()[:12]
