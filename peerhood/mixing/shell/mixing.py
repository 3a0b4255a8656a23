"""Mix: from what somebody typed to tables on a screen, in a file or on paper."""

import json
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass

from peerhood.mixing.engine import Contradiction, Plan, Problem
from peerhood.mixing.shell import evening, form, instances, layout
from peerhood.mixing.shell.account import account_of, reasons_of
from peerhood.mixing.shell.faults import Faulty
from peerhood.mixing.shell.people import people_of
from peerhood.mixing.shell.reading import content_of, named
from peerhood.mixing.shell.record import evening_record_of, past_of, record_of
from peerhood.mixing.shell.sheets import sheets_of
from peerhood.mixing.shell.spreadsheet import spreadsheet_of
from peerhood.mixing.shell.watch import Run, watched

REFUSED = 2


@dataclass(frozen=True)
class Wanted:
    """How long to search, from which seed, and how to tell: "text", "json", "csv" or "print"."""

    seed: int
    seconds: float | None
    moves: int | None
    form: str
    has_reasons: bool


def mix_people(
    path: str,
    wanted: Wanted,
    *,
    tables: str | None,
    size: int | None,
    rounds: int,
    modes: str | None,
    history: Sequence[str],
) -> int:
    """Seat a list of people. Returns the exit code."""
    try:
        people, unread = people_of(content_of(path), named(path))
        past, strangers = past_of(
            {named(source): content_of(source) for source in history}, [person.name for person in people]
        )
        chosen = layout.modes_of(modes, rounds, any(person.sector for person in people))
        at = layout.tables_for(len(people), tables, size)
        problem = evening.problem_of(people, at, chosen, past)
    except (Faulty, Contradiction) as refusal:
        return _refuse(refusal)
    if unread:
        _note(f"Not read: the columns {', '.join(unread)}.")
    if strangers:
        _note(f"In the history but not on this list: {len(strangers)} names.")
    plan, run = _search(problem, wanted)
    if wanted.form == "json":
        _write(json.dumps(evening_record_of(plan, run, wanted.seed), ensure_ascii=False))
    else:
        _tell(plan, run, wanted)
    return _code(run)


def mix_instance(path: str, name: str, wanted: Wanted) -> int:
    """Seat one of the benchmark's instances. Returns the exit code."""
    try:
        problem = instances.problem_of(form.instance_of(content_of(path), name, named(path)))
    except (Faulty, Contradiction) as refusal:
        return _refuse(refusal)
    plan, run = _search(problem, wanted)
    if wanted.form == "json":
        _write(json.dumps(record_of(plan, run)))
    else:
        _tell(plan, run, wanted)
    return _code(run)


def _search(problem: Problem, wanted: Wanted) -> tuple[Plan, Run]:
    return watched(
        problem,
        seed=wanted.seed,
        moves=wanted.moves,
        seconds=wanted.seconds,
        is_shown=sys.stderr.isatty(),
    )


def _tell(plan: Plan, run: Run, wanted: Wanted) -> None:
    if wanted.form == "csv":
        _write(spreadsheet_of(plan))
    elif wanted.form == "print":
        _write(sheets_of(plan))
    else:
        _write(account_of(plan, run, wanted.seed))
        if wanted.has_reasons:
            _write(reasons_of(plan))


def _write(text: str) -> None:
    if not sys.stdout.isatty() and hasattr(sys.stdout, "reconfigure"):
        # Files are UTF-8 wherever they are written, so that the next run reads them.
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        print(text, flush=True)
    except BrokenPipeError:
        # Whoever reads has seen enough; Python must not find the pipe broken again when it leaves.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _note(text: str) -> None:
    print(text, file=sys.stderr)


def _refuse(refusal: Faulty | Contradiction) -> int:
    _note("\n".join(refusal.messages) if isinstance(refusal, Contradiction) else str(refusal))
    return REFUSED


def _code(run: Run) -> int:
    # As shells count it: 130 after Ctrl-C.
    return 0 if run.stopped_by is None else 128 + run.stopped_by
