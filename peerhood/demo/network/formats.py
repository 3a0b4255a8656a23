"""Formats: what the next gatherings are run by, copied from what we ship."""

from collections.abc import Iterator

from peerhood.demo.network.content import read
from peerhood.demo.network.planted import Planted
from peerhood.demo.network.rows import plant
from peerhood.gatherings.models import AgendaItem
from peerhood.rooms.formats import adopting
from peerhood.rooms.models import Format


def plant_formats(planted: Planted) -> str:
    formats = plant(_formats(planted))
    return f"{len(formats)} formats to run a gathering by"


def _formats(planted: Planted) -> Iterator[Format]:
    keys = {slug: told["format"] for slug, told in read("next_gatherings").items() if "format" in told}
    for slug, key in keys.items():
        items = planted.coming[slug].agenda.select_related("gathering__circle")
        item = items.get(kind=AgendaItem.Kind.FORMAT)
        yield Format(item=item, key=key, recipe=adopting.copied(key, item).as_data())
