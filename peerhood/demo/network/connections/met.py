"""Connections: some of those who shared a table have said so, most of them both."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random

from peerhood.connections.models import Connection, Note
from peerhood.demo.cast import CAST
from peerhood.demo.network.content import read
from peerhood.demo.network.planted import Planted
from peerhood.demo.network.rows import plant
from peerhood.gatherings.models import Gathering
from peerhood.mixing.models import Tie
from peerhood.people.models import Person

SAID_SHARE = 0.07
BOTH_SHARE = 0.65
# Whoever comes in as one of the cast finds some people there already.
MUTUAL_OF_CAST, ONE_SIDED_OF_CAST, NOTES_OF_CAST = 6, 2, 3

Pair = tuple[int, int]


def plant_connections(planted: Planted) -> str:
    draw = planted.draw("connections")
    cast = [planted.people[email] for email, _sentence in CAST]
    met_at = _met_at(planted)
    connections = plant(_connections(met_at, cast, draw, planted))
    notes = plant(_notes(connections, cast, draw, planted))
    mutual = [connection for connection in connections if connection.is_mutual()]
    # No act was journalled, so mixing is told here who keeps whom.
    plant(Tie(one_id=c.one_id, other_id=c.other_id, made_at=_made_at(c)) for c in mutual)
    return f"{len(connections)} connections, {len(mutual)} of them mutual, {len(notes)} notes"


def _made_at(connection: Connection) -> datetime:
    """When the second word was said."""
    return max(at for at in (connection.one_said_at, connection.other_said_at) if at)


def _met_at(planted: Planted) -> dict[Pair, Gathering]:
    """Where each pair last shared a table."""
    gatherings = {gathering.pk: gathering for past in planted.past.values() for gathering in past}
    return {pair: gatherings[key] for pair, key in planted.met_at.items()}


def _connections(
    met_at: dict[Pair, Gathering], cast: list[Person], draw: Random, planted: Planted
) -> Iterator[Connection]:
    chosen: dict[Pair, bool] = {}
    for person in cast:
        pairs = [pair for pair in met_at if person.pk in pair]
        draw.shuffle(pairs)
        for number, pair in enumerate(pairs[: MUTUAL_OF_CAST + ONE_SIDED_OF_CAST]):
            chosen.setdefault(pair, number < MUTUAL_OF_CAST)
    for pair in met_at:
        if pair not in chosen and draw.random() < SAID_SHARE:
            chosen[pair] = draw.random() < BOTH_SHARE
    for pair, is_mutual in chosen.items():
        yield _connection(pair, met_at[pair], draw, planted, is_mutual=is_mutual)


def _connection(
    pair: Pair, gathering: Gathering, draw: Random, planted: Planted, *, is_mutual: bool
) -> Connection:
    first = min(gathering.ends_at + timedelta(hours=draw.uniform(1, 40)), planted.at - timedelta(hours=3))
    second = first + (planted.at - first) * draw.uniform(0.01, 0.3)
    moments = [first, second if is_mutual else None]
    draw.shuffle(moments)
    return Connection(
        one_id=pair[0], other_id=pair[1], one_said_at=moments[0], other_said_at=moments[1], met_at=gathering
    )


def _notes(
    connections: list[Connection], cast: list[Person], draw: Random, planted: Planted
) -> Iterator[Note]:
    for person in cast:
        mine = [c for c in connections if c.is_mutual() and person.pk in (c.one_id, c.other_id)]
        texts = draw.sample(read("notes")[person.language], NOTES_OF_CAST)
        for number, (connection, text) in enumerate(zip(mine, texts, strict=False)):
            other_id = connection.other_id if connection.one_id == person.pk else connection.one_id
            # The first of them wants an answer soon; the others are only remembered.
            follow_up_on = (planted.at + timedelta(days=draw.randint(2, 20))).date() if number == 0 else None
            yield Note(owner=person, about_id=other_id, text=text, follow_up_on=follow_up_on)
