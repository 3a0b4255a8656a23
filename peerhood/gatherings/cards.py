"""Cards: a gathering's row in a list, rendered once per change and language.

A list of fifty costs almost nothing but rendering, and most of a row is the same
for everybody. So it is kept under what it shows; what is one person's own, their
status, is put beside it afterwards.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from django.core.cache import cache
from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localdate, now
from django.utils.translation import get_language

from peerhood.gatherings.models import Gathering

# A renamed circle shows its new name in lists after ten minutes at the latest.
KEPT_SECONDS = 600
# All that a row's key is made of; what it shows is fetched when the row is not there yet.
KEY_FIELDS = ("uid", "version", "state", "going_count", "waiting_count", "starts_at", "ends_at")


class Card(NamedTuple):
    """A row: what it is, and how many places it has left."""

    body: str
    places: str


def rows(gatherings: Sequence[Gathering], statuses: Mapping[int, str]) -> list[SafeString]:
    """The rows in order, each with the reader's own status where there is one.

    ``gatherings`` need their key's fields only; ``statuses`` are by the gathering's primary key.
    """
    cards = _cards_for(gatherings)
    mark = get_template("gatherings/card.html#status")
    marks = {status: mark.render({"status": status}) for status in {*statuses.values()}}
    return [
        mark_safe(f"{card.body}{marks.get(statuses.get(gathering.pk, ''), card.places)}</article>")
        for gathering, card in zip(gatherings, cards, strict=True)
    ]


def _cards_for(gatherings: Sequence[Gathering]) -> list[Card]:
    keys = _keys(gatherings)
    kept = cache.get_many(keys)
    if missing := {
        gathering.pk: key for gathering, key in zip(gatherings, keys, strict=True) if key not in kept
    }:
        whole = Gathering.objects.filter(pk__in=missing).select_related("circle")
        made = {missing[gathering.pk]: _card(gathering) for gathering in whole}
        cache.set_many(made, KEPT_SECONDS)
        kept |= made
    return [kept[key] for key in keys]


def _keys(gatherings: Sequence[Gathering]) -> list[str]:
    # The clock changes a row, too: one that has begun has no places to give away, and in January the year is said.
    moment, around = now(), f"{localdate().year}:{get_language()}"
    return [
        f"card:{each.uid.hex}:{each.version}:{each.state}:{each.going_count}:{each.waiting_count}"
        f":{each.starts_at <= moment}:{each.ends_at <= moment}:{around}"
        for each in gatherings
    ]


def _card(gathering: Gathering) -> Card:
    context = {"gathering": gathering}
    body, places = get_template("gatherings/card.html"), get_template("gatherings/card.html#places")
    return Card(str(body.render(context)), str(places.render(context)))
