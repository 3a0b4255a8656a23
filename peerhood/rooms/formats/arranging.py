"""Adding, removing and moving the steps, parts and roles of a recipe that is being edited. Pure: rows in, rows out.

A part is ``{"times": …, "each": …, "steps": [row, …]}``, with whatever has been typed so far.
"""

from typing import Any

from peerhood.rooms.formats.faults import LISTENER, MOST_ROLES, MOST_STEPS

Rows = list[dict[str, Any]]


def rearranged(parts: Rows, change: str) -> tuple[Rows, int]:
    """Do ``up-N``, ``down-N``, ``remove-N`` to step N, ``add-P`` to part P, ``part-add``, or ``part-up-P``
    and the like to part P; return the parts and the step to look at next. What cannot be done changes nothing.

    >>> rows = [{"steps": ["a", "b"]}, {"steps": ["c"]}]
    >>> rearranged(rows, "up-1")
    ([{'steps': ['b', 'a']}, {'steps': ['c']}], 0)
    >>> rearranged(rows, "down-1")
    ([{'steps': ['a']}, {'steps': ['b', 'c']}], 1)
    """
    parts = [{**part, "steps": list(part["steps"])} for part in parts]
    act, _dash, number = change.rpartition("-")
    count = sum(len(part["steps"]) for part in parts)
    if change == "part-add":
        return ([*parts, {"times": 1, "each": "", "steps": [{}]}] if count < MOST_STEPS else parts), count
    at = int(number) if number.isdecimal() and len(number) < 4 else -1
    if act.startswith("part-"):
        return _part_moved(parts, act.removeprefix("part-"), at)
    if act == "add" and 0 <= at < len(parts) and count < MOST_STEPS:
        parts[at]["steps"].append({})
        return parts, _first_of(parts, at + 1) - 1
    if act in {"up", "down", "remove"} and 0 <= at < count:
        return _step_moved(parts, act, at)
    return parts, at


def roles_rearranged(roles: list[dict[str, Any]], change: str) -> list[dict[str, Any]]:
    """Do ``role-add``, or ``role-remove-N``. Whoever only listens has a place in every format, so that one stays.

    >>> roles_rearranged([{"key": "client"}, {"key": "listener"}], "role-add")
    [{'key': 'client'}, {'key': 'listener'}, {'key': 'role-1'}]
    >>> roles_rearranged([{"key": "client"}, {"key": "listener"}], "role-remove-0")
    [{'key': 'listener'}]
    """
    keys = {role["key"] for role in roles}
    number = change.rpartition("-")[2]
    if change == "role-add" and len(roles) < MOST_ROLES:
        key = next(key for at in range(1, MOST_ROLES + 1) if (key := f"role-{at}") not in keys)
        return [*roles, {"key": key}]
    if change.startswith("role-remove-") and number.isdecimal() and len(number) < 4:
        return [role for at, role in enumerate(roles) if at != int(number) or role["key"] == LISTENER]
    return roles


def _first_of(parts: Rows, part: int) -> int:
    return sum(len(each["steps"]) for each in parts[:part])


def _part_moved(parts: Rows, act: str, at: int) -> tuple[Rows, int]:
    to = at + (1 if act == "down" else -1)
    if act == "remove" and 0 <= at < len(parts) > 1:
        del parts[at]
        at = min(at, len(parts) - 1)
    elif act in {"up", "down"} and 0 <= at < len(parts) and 0 <= to < len(parts):
        parts[at], parts[to] = parts[to], parts[at]
        at = to
    return parts, _first_of(parts, at)


def _step_moved(parts: Rows, act: str, at: int) -> tuple[Rows, int]:
    part = next(number for number in range(len(parts)) if at < _first_of(parts, number + 1))
    steps, place = parts[part]["steps"], at - _first_of(parts, part)
    to = place + (1 if act == "down" else -1)
    if act == "remove":
        if len(parts) > 1 or len(steps) > 1:
            del steps[place]
        at = min(at, max(0, _first_of(parts, len(parts)) - 1))
    elif 0 <= to < len(steps):
        steps[place], steps[to] = steps[to], steps[place]
        at += to - place
    elif act == "up" and part:
        # Over the border it becomes the last of the part before; its place in the whole stays.
        parts[part - 1]["steps"].append(steps.pop(place))
    elif act == "down" and part + 1 < len(parts):
        parts[part + 1]["steps"].insert(0, steps.pop(place))
    return [each for each in parts if each["steps"]], at
