"""Improving: the worker looks on for better tables, for a few seconds, and stores the best it found.

About once a second it writes down how far it is and the best so far, in one short
statement, and hears whether it is still wanted. The seats change once, at the end, whole
or not at all. Somebody may have touched the tables meanwhile, or come, or left: then what
was found is dropped, and nothing else is lost. A crash loses at most this search.
"""

import time
from typing import Any, cast

from django.conf import settings
from django.db import transaction
from django.utils.timezone import now

from peerhood import journal
from peerhood.mixing import engine
from peerhood.mixing.figures import figures_of
from peerhood.mixing.framing import people_to_seat, problem_of
from peerhood.mixing.models import Plan, Round, Search
from peerhood.mixing.seating import Tables, as_plan, lay, lock, standing_of

BEAT_SECONDS = 0.8

State = Search.State


def improve(search_id: int) -> None:
    """Do the search, once: a second worker, and one that comes so late that nobody waits, do nothing."""
    asked = Search.objects.filter(pk=search_id, state=State.WAITING, asked_at__gt=now() - Search.SILENT_AFTER)
    if not asked.update(state=State.RUNNING, moved_at=now()):
        return
    search = Search.objects.select_related("plan__gathering__circle").get(pk=search_id)
    end(search_id, _look(search.plan, Watch(search)))


def _look(plan: Plan, watch: "Watch") -> State:
    """Let the engine look, and say how it ended."""
    try:
        solved = _searched(plan, watch)
    except engine.Contradiction:
        # The tables were changed while they were read.
        return State.DROPPED
    watch.tell(is_last=True)
    return State.PROVEN if solved.is_optimal and solved.cost <= watch.best_cost else State.FINISHED


def _searched(plan: Plan, watch: "Watch") -> engine.Plan:
    """The engine's best: from nothing while no round was shown, else from the seats there are."""
    standing, asked = standing_of(plan), settings.MIXING["in_background"]
    look: dict[str, Any] = {"seed": plan.seed, "on_improve": watch.look_at, "cancel": watch.is_over, **asked}
    if standing.shown_count:
        stored = as_plan(plan, standing, pins=standing.pins)
        return engine.remix(stored, after_round=standing.shown_count, **look)
    present = standing.present()
    sizes = [[len(table) for table in tables] for tables in standing.rounds]
    return engine.solve(problem_of(plan, present, sizes, pins=standing.pins), **look)


class Watch:
    """Watches the engine: keeps the best so far, tells the page of it, and hears when to stop."""

    def __init__(self, search: Search) -> None:
        self.search = search
        self.after = search.plan.rounds.exclude(state=Round.State.PLANNED).count()
        self.best: engine.Plan | None = None
        self.told: engine.Plan | None = None
        self.best_cost: int = search.plan.figures.get("cost", 0)
        self.began = time.monotonic()
        self.next_beat = 0.0
        self.is_unwanted = False

    def look_at(self, plan: engine.Plan) -> None:
        """The engine has found something; is it better than what is stored?"""
        if plan.cost < self.best_cost:
            self.best, self.best_cost = plan, plan.cost

    def is_over(self) -> bool:
        """Asked by the engine again and again; looks up once a beat."""
        if time.monotonic() >= self.next_beat and not self.is_unwanted:
            self.tell()
            self.next_beat = time.monotonic() + BEAT_SECONDS
        return self.is_unwanted

    def tell(self, *, is_last: bool = False) -> None:
        """Write down how far we are, unless the search was ended or the plan touched."""
        news: dict[str, Any] = {"moved_at": now(), "seconds": time.monotonic() - self.began}
        if self.best is not None and (self.best is not self.told or is_last):
            rounds = [[list(table) for table in tables] for tables in self.best.rounds]
            # Proving may take longer than a beat, so it waits until the end.
            figures = figures_of(self.best, is_hurried=not is_last)
            news["found"] = {"rounds": rounds, "after": self.after, "figures": figures}
            self.told = self.best
        wanted = Search.objects.filter(
            pk=self.search.pk,
            state=State.RUNNING,
            version=self.search.version,
            plan__version=self.search.version,
        )
        self.is_unwanted = not wanted.update(**news)


@transaction.atomic
def end(search_id: int, state: State) -> Search:
    """End a search and store what it found, once; a touched plan, or other guests, and it is dropped."""
    search = Search.objects.select_related("plan").get(pk=search_id)
    plan = lock(search.plan)
    search = Search.objects.select_for_update().get(pk=search_id)
    if not search.is_live():
        return search
    if search.version != plan.version or not _is_for_whoever_is_here(plan, search):
        state = State.DROPPED
    elif search.found:
        plan.figures, plan.version = search.found["figures"], plan.version + 1
        plan.save(update_fields=["figures", "version"])
        lay(plan, cast(list[Tables], search.found["rounds"]), after=search.found["after"])
        search.version = plan.version
        journal.record("plan.improved", plan)
    elif state == State.PROVEN:
        plan.figures = {**plan.figures, "is_optimal": True, "bound": plan.figures["cost"]}
        plan.save(update_fields=["figures"])
    search.state, search.found = state, None
    search.save(update_fields=["state", "found", "version"])
    return search


def _is_for_whoever_is_here(plan: Plan, search: Search) -> bool:
    if not search.found:
        return True
    last = search.found["rounds"][-1]
    return {person for table in last for person in table} == set(people_to_seat(plan.gathering))
