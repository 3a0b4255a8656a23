"""Cards: a gathering's row in a list, rendered once per change and language.

A list of fifty costs almost nothing but rendering, and most of a row is the same
for everybody. So it is kept under what it shows; what is one person's own, their
status, is put beside it afterwards.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from django.core.cache import cache
from django.db.models import Prefetch
from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localdate, now
from django.utils.translation import get_language

from peerhood.circles.models import Circle
from peerhood.gatherings.models import CoHosting, Gathering

# A renamed circle shows its new name in lists after ten minutes at the latest.
KEPT_SECONDS = 600
# All that a row's key is made of; what it shows is fetched when the row is not there yet.
KEY_FIELDS = (
    *("uid", "version", "changed_at", "circle_id"),
    *("state", "going_count", "waiting_count", "starts_at", "ends_at"),
)


class Card(NamedTuple):
    """A row: what it is, and how many places it has left."""

    body: str
    places: str


def rows(
    gatherings: Sequence[Gathering], statuses: Mapping[int, str], known: Collection[int]
) -> list[SafeString]:
    """The rows in order, each with the reader's own status where there is one.

    ``gatherings`` need their key's fields only; ``statuses`` are by the gathering's primary key.
    ``known`` are the keys of the circles the reader may know of: no other one is named.
    """
    cards = _cards_for(gatherings, known)
    mark = get_template("gatherings/card.html#status")
    marks = {status: mark.render({"status": status}) for status in {*statuses.values()}}
    return [
        mark_safe(f"{card.body}{marks.get(statuses.get(gathering.pk, ''), card.places)}</article>")
        for gathering, card in zip(gatherings, cards, strict=True)
    ]


def _cards_for(gatherings: Sequence[Gathering], known: Collection[int]) -> list[Card]:
    keys = _keys(gatherings, known)
    kept = cache.get_many(keys)
    if missing := {
        gathering.pk: key for gathering, key in zip(gatherings, keys, strict=True) if key not in kept
    }:
        whole = Gathering.objects.filter(pk__in=missing).select_related("circle")
        # Rows are shared by many readers, so a closed circle that holds it, too, stands on none of them.
        public = Circle.objects.filter(kind__in=Circle.OPEN_KINDS)
        together = CoHosting.objects.agreed().filter(circle__in=public).select_related("circle")
        whole = whole.prefetch_related(Prefetch("co_hostings", together, to_attr="together"))
        made = {missing[each.pk]: _card(each, is_known=each.circle_id in known) for each in whole}
        cache.set_many(made, KEPT_SECONDS)
        kept |= made
    return [kept[key] for key in keys]


def _keys(gatherings: Sequence[Gathering], known: Collection[int]) -> list[str]:
    # The clock changes a row, too: one that has begun has no places to give away, and in January the year is said.
    moment, around = now(), f"{localdate().year}:{get_language()}"
    return [
        f"card:{each.uid.hex}:{each.version}:{each.changed_at.timestamp()}:{each.circle_id in known}:{each.state}:{each.going_count}:{each.waiting_count}"
        f":{each.starts_at <= moment}:{each.ends_at <= moment}:{around}"
        for each in gatherings
    ]


def _card(gathering: Gathering, *, is_known: bool) -> Card:
    own = [gathering.circle] if is_known else []
    context = {"gathering": gathering, "circles": [*own, *(each.circle for each in gathering.together)]}  # type: ignore[attr-defined]
    body, places = get_template("gatherings/card.html"), get_template("gatherings/card.html#places")
    return Card(str(body.render(context)), str(places.render(context)))
