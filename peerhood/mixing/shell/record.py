"""Record: what one run writes as JSON, and what later runs read as the history."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from peerhood.mixing.engine import PastGathering, Plan
from peerhood.mixing.shell.faults import Fault, Faulty
from peerhood.mixing.shell.people import key
from peerhood.mixing.shell.reading import json_of
from peerhood.mixing.shell.shapes import fields, many, whole, word
from peerhood.mixing.shell.watch import Run

OLDEST = 1_000
ROUNDS = fields({"rounds": many(many(many(word)))})


def record_of(plan: Plan, run: Run) -> dict[str, Any]:
    """The seats and how they were found. Costs are milli-repeats, ``seconds`` those of the search."""
    return {
        "rounds": plan.rounds,
        "cost": plan.cost,
        "bound": plan.bound.value,
        "is_optimal": plan.is_optimal,
        "engine": run.engine,
        "moves": run.moves,
        "seconds": round(run.seconds, 3),
    }


def evening_record_of(plan: Plan, run: Run, seed: int) -> dict[str, Any]:
    """The same for a list of people, with what it means for them."""
    return record_of(plan, run) | {
        "seed": seed,
        "encounters": asdict(plan.encounters),
        "breakdown": {term: cost for term, cost in plan.breakdown.items() if cost},
    }


def past_of(
    documents: Mapping[str, bytes], names: Sequence[str]
) -> tuple[list[PastGathering], set[str | int]]:
    """Earlier gatherings out of their records, and the names in them that nobody here has.

    A document holds one record, or a list of them, newest first, and the documents
    themselves are newest first. A record's own ``age`` (1 is the last gathering) wins.
    """
    spelt = {key(name): name for name in names}
    past: list[PastGathering] = []
    strangers: set[str | int] = set()

    def known(name: str | int) -> str | int:
        found = spelt.get(key(" ".join(str(name).split())))
        if found is None:
            strangers.add(name)
        return found or ""

    for source, content in documents.items():
        value = json_of(content, source)
        records = value if isinstance(value, list) else [value]
        if faults := list(_faults(records)):
            raise Faulty(source, faults)
        for record in records:
            rounds = [[[known(who) for who in table] for table in tables] for tables in record["rounds"]]
            past.append(PastGathering(record.get("age", len(past) + 1), rounds))
    return past, strangers


def _faults(records: Sequence[Any]) -> Iterator[Fault]:
    for number, record in enumerate(records, 1):
        where = f"gathering {number}" if len(records) > 1 else ""
        yield from ROUNDS(record, where)
        if isinstance(record, dict) and "age" in record:
            yield from whole(1, OLDEST)(record["age"], f"{where}.age" if where else "field age")
