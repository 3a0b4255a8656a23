"""Form: what an instance of the benchmark must look like before anybody makes a problem of it."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from peerhood.mixing.shell import MOST_ROUNDS
from peerhood.mixing.shell.faults import Fault, Faulty, said
from peerhood.mixing.shell.people import MOST_PEOPLE
from peerhood.mixing.shell.reading import json_of
from peerhood.mixing.shell.shapes import Shape, fields, keyed, many, one_of, share, whole, word

# Sums of many prices still fit the kernel's whole numbers.
price = whole(0, 100_000)

PURE = fields({"g": whole(1, MOST_PEOPLE), "k": whole(1, MOST_PEOPLE), "w": whole(1, MOST_ROUNDS)})


def instance_of(content: bytes, name: str, source: str) -> dict[str, Any]:
    """The instance of that name in a document ``{"instances": [...]}``. ``Faulty`` names what is amiss."""
    document = json_of(content, source)
    if faults := list(fields({"instances": many(fields({"name": word, "kind": word}))})(document, "")):
        raise Faulty(source, faults)
    instances: list[dict[str, Any]] = document["instances"]
    found = next((instance for instance in instances if instance["name"] == name), None)
    if found is None:
        names = ", ".join(str(instance["name"]) for instance in instances[:40])
        raise Faulty(source, [Fault("", f"no instance is called {said(name)}; there are {names}")])
    if faults := list(_faults(found)):
        raise Faulty(f"{source}, {name}", faults)
    return found


def _faults(instance: Mapping[str, Any]) -> Iterator[Fault]:
    yield from one_of("sgp", "real")(instance["kind"], "field kind")
    if instance["kind"] == "sgp":
        faults = list(PURE(instance, ""))
        yield from faults
        if not faults and instance["g"] * instance["k"] > MOST_PEOPLE:
            yield Fault("", f"g times k is more than {MOST_PEOPLE} people")
    elif instance["kind"] == "real":
        first = list(
            fields({"N": whole(1, MOST_PEOPLE), "hosts": keyed(_is_number, whole(0, MOST_PEOPLE))})(
                instance, ""
            )
        )
        yield from first or _real(instance["N"])(instance, "")
        if not first:
            for host, times in Counter(instance["hosts"].values()).items():
                if times > 1:
                    yield Fault("field hosts", f"{host} cannot keep {times} tables")


def _real(people_count: int) -> Shape:
    person = whole(0, people_count - 1)
    table = whole(1, MOST_PEOPLE)
    trait = many(word, count=people_count)
    past = fields({"age": whole(0, 10_000), "rounds": many(many(many(whole(0, MOST_PEOPLE))))})
    return fields(
        {
            "tables": many(many(table, most=MOST_PEOPLE), most=MOST_ROUNDS),
            "first_timers": many(person),
            "greeters": many(person),
            "sector": trait,
            "pmo_type": trait,
            "friends": many(many(person)),
            "competitors": many(many(person, count=2)),
            "consented": many(many(person, count=2)),
            "history": many(past),
            "modes": many(one_of("mixed", "similar", "diverse")),
            "flex_sizes": one_of(True, False),
            "weights": fields(
                {
                    "repeat": whole(1, 100_000),
                    "decay": share,
                    "friends": price,
                    "competitors": price,
                    "uncovered_first_timer": price,
                    "similar": price,
                    "diverse": price,
                    "size_cost": keyed(_is_number, price),
                }
            ),
        }
    )


def _is_number(key: str) -> bool:
    return key.isascii() and key.isdigit() and len(key) <= 5
