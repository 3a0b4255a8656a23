"""Inviting by address: we write one mail, and keep nothing but a keyed hash of whom we wrote to.

An address is asked once by a seed, and never after its owner has said no to it. What the
planter is told is the same either way, so that a no stays between that person and us.
"""

from collections.abc import Iterable

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from peerhood import journal
from peerhood.circles.models import Seed
from peerhood.circles.seeding import keys
from peerhood.circles.seeding.planting import locked_for
from peerhood.notices import sending
from peerhood.people.arrival import owner_of
from peerhood.people.models import Person
from peerhood.platform.refusals import Refusal

MOST_ADDRESSES = 60


@transaction.atomic
def invite(seed: Seed, addresses: Iterable[str], *, by: Person) -> None:
    """Write to each address that this seed has not asked before."""
    seed = locked_for(by, seed)
    if not seed.is_growing():
        raise Refusal(_("This seed does not grow any more."))
    asked = set(seed.invitations.values_list("address_key", flat=True))
    given = {keys.of_address(seed, address): address.strip().lower() for address in addresses}
    new = {key: address for key, address in given.items() if key not in asked}
    if len(asked) + len(new) > MOST_ADDRESSES:
        raise Refusal(
            _(
                "We write to %(most)d addresses for one seed, at most. Send the link from your own mail instead."
            )
            % {"most": MOST_ADDRESSES}
        )
    for key, address in new.items():
        _ask(seed, key, address)
    journal.record("seed.shown", seed, by=by, addresses_count=len(new))


def _ask(seed: Seed, address_key: str, address: str) -> None:
    token = keys.new_token()
    invitation = seed.invitations.create(address_key=address_key, token_key=keys.of_token(token))
    owner = owner_of(address)
    if owner == seed.planter or _has_answered(seed, owner):
        return
    sending.send_to(
        address,
        "circles/seed_invitation",
        language=seed.language,
        key=f"{mails_of(seed)}{invitation.pk}",
        is_fleeting=True,
        seed=seed,
        link=reverse("circles:seed_link", args=[token]),
    )


def _has_answered(seed: Seed, owner: Person | None) -> bool:
    return owner is not None and seed.answers.filter(person_key=keys.of_person(seed, owner)).exists()


def mails_of(seed: Seed) -> str:
    """What the keys of a seed's invitations begin with in the outbox."""
    return f"circles/seed/{seed.pk}/"
