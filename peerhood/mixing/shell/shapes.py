"""Shapes: what a JSON document must look like, told field by field where it does not."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from peerhood.mixing.shell.faults import Fault, said

Shape = Callable[[Any, str], Iterator[Fault]]


def whole(least: int, most: int) -> Shape:
    """A whole number from ``least`` to ``most``."""

    def check(value: Any, where: str) -> Iterator[Fault]:
        if type(value) is not int or not least <= value <= most:
            yield Fault(where, f"must be a whole number from {least} to {most}, not {said(value)}")

    return check


def share(value: Any, where: str) -> Iterator[Fault]:
    """A number from 0 to 1."""
    if type(value) not in (int, float) or not 0 <= value <= 1:
        yield Fault(where, f"must be a number from 0 to 1, not {said(value)}")


def word(value: Any, where: str) -> Iterator[Fault]:
    """A name: text, or a whole number."""
    if type(value) not in (str, int):
        yield Fault(where, f"must be a name or a number, not {said(value)}")


def one_of(*choices: object) -> Shape:
    """One of these very values."""

    def check(value: Any, where: str) -> Iterator[Fault]:
        if not any(type(value) is type(choice) and value == choice for choice in choices):
            yield Fault(where, f"must be one of {', '.join(map(repr, choices))}, not {said(value)}")

    return check


def many(shape: Shape, count: int | None = None, most: int | None = None) -> Shape:
    """A list of that shape: ``count`` long, or at most ``most``."""

    def check(value: Any, where: str) -> Iterator[Fault]:
        if type(value) is not list:
            yield Fault(where, f"must be a list, not {said(value)}")
        elif count is not None and len(value) != count:
            yield Fault(where, f"must list {count}, not {len(value)}")
        elif most is not None and len(value) > most:
            yield Fault(where, f"must list at most {most}, not {len(value)}")
        else:
            for i, item in enumerate(value):
                yield from shape(item, f"{where}[{i}]")

    return check


def keyed(key: Callable[[str], bool], shape: Shape) -> Shape:
    """An object whose keys are all as ``key`` says."""

    def check(value: Any, where: str) -> Iterator[Fault]:
        if type(value) is not dict:
            yield Fault(where, f"must be an object, not {said(value)}")
            return
        for name, item in value.items():
            if key(name):
                yield from shape(item, f"{where}[{said(name)}]")
            else:
                yield Fault(where, f"cannot have the key {said(name)}")

    return check


def fields(shapes: Mapping[str, Shape]) -> Shape:
    """An object with at least these fields."""

    def check(value: Any, where: str) -> Iterator[Fault]:
        if type(value) is not dict:
            yield Fault(where, f"must be an object, not {said(value)}")
            return
        for name, shape in shapes.items():
            if name in value:
                yield from shape(value[name], f"{where}.{name}" if where else f"field {name}")
            else:
                yield Fault(where, f"the field {name!r} is missing")

    return check
