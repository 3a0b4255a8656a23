"""Planting: somebody writes down what a circle could be, and gets a link to show around.

A draft is seen by nobody else. Once planted, its words can be changed until somebody has
said yes to them. The link is told once, when it is made: a new one takes its place.
"""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from peerhood import journal
from peerhood.circles.models import Seed
from peerhood.circles.models.seed import in_six_weeks
from peerhood.circles.seeding import keys
from peerhood.people.models import Person
from peerhood.platform.refusals import Refusal

MOST_AT_ONCE = 5
# What is planted again: everything but the answers and the dates.
WORDS = (
    *("name", "purpose", "town", "language", "time_zone", "kind"),
    *("cadence", "weekday", "starts_at_time", "size", "threshold", "themes"),
)


@transaction.atomic
def draft(planter: Person, **words: Any) -> Seed:
    """Begin to write a seed down."""
    _make_room(planter)
    seed = Seed.objects.create(planter=planter, **words)
    journal.record("seed.drafted", seed, by=planter)
    return seed


@transaction.atomic
def change(seed: Seed, *, by: Person, **words: Any) -> Seed:
    """Write some of it anew, as long as nobody has said yes to it."""
    seed = locked_for(by, seed)
    if not can_change(seed):
        raise Refusal(_("Somebody has said yes to this as it is, so its words stay."))
    for name, value in words.items():
        setattr(seed, name, value)
    # A reminder goes out again when another day comes near.
    seed.reminded_at = None if "sprouts_by" in words else seed.reminded_at
    seed.save(update_fields=[*words, "reminded_at"])
    journal.record("seed.changed", seed, by=by)
    return seed


def can_change(seed: Seed) -> bool:
    return seed.is_draft() or (seed.is_growing() and not seed.answers.yes().exists())


@transaction.atomic
def plant(seed: Seed, *, by: Person) -> str:
    """Let it grow. Return the token of its link, or an empty text when it was planted already."""
    seed = locked_for(by, seed)
    if not seed.is_draft():
        return ""
    if seed.sprouts_by <= localdate():
        raise Refusal(_("Its day has passed. Choose another one, then plant it."))
    seed.state = Seed.State.GROWING
    token = _give_link(seed)
    journal.record("seed.planted", seed, by=by)
    return token


@transaction.atomic
def renew_link(seed: Seed, *, by: Person) -> str:
    """Return the token of a new link; the one before leads nowhere from now on."""
    seed = locked_for(by, seed)
    if not seed.is_growing():
        raise Refusal(_("This seed does not grow any more."))
    token = _give_link(seed)
    journal.record("seed.relinked", seed, by=by)
    return token


def _give_link(seed: Seed) -> str:
    token = keys.new_token()
    seed.token_key = keys.of_token(token)
    seed.save(update_fields=["state", "token_key"])
    return token


@transaction.atomic
def plant_again(seed: Seed, *, by: Person) -> Seed:
    """Draft the same words once more, with another six weeks; nobody is asked by it yet."""
    seed = locked_for(by, seed)
    if not seed.is_ended():
        raise Refusal(_("This seed has not ended."))
    return draft(by, **{name: getattr(seed, name) for name in WORDS}, sprouts_by=in_six_weeks())


@transaction.atomic
def throw_away(seed: Seed, *, by: Person) -> None:
    """A draft, or what is left of a seed that ended, goes without a trace."""
    seed = locked_for(by, seed)
    if seed.is_growing() or seed.is_opened():
        raise Refusal(_("This seed is not yours alone any more. You can end it instead."))
    seed.delete()


def _make_room(planter: Person) -> None:
    # Two drafts begun at once must see one another.
    Person.objects.select_for_update(no_key=True).get(pk=planter.pk)
    at_hand = planter.seeds.filter(state__in=[Seed.State.DRAFT, Seed.State.GROWING]).count()
    if at_hand >= MOST_AT_ONCE:
        raise Refusal(_("You have %(count)d seeds already. Let one grow or end first.") % {"count": at_hand})


def locked_for(by: Person, seed: Seed) -> Seed:
    """The row as it is now, held until the act is done, for its planter."""
    seed = lock(seed)
    if seed.planter_id != by.pk:
        raise PermissionDenied
    return seed


def lock(seed: Seed) -> Seed:
    return Seed.objects.select_for_update(of=("self",)).select_related("planter").get(pk=seed.pk)
