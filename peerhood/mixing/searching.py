"""Searching, as a host sees it: it begins when the tables were mixed, and ends when they say "good enough"."""

from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from peerhood.gatherings.permissions import can_host
from peerhood.mixing import improving
from peerhood.mixing.models import Plan, Search
from peerhood.mixing.tasks import improve_plan
from peerhood.people.models import Person

TOLD_FOR = timedelta(minutes=1)


def begin(plan: Plan) -> Search:
    """Let the worker look for better tables; whatever search there was is about tables that are no more."""
    is_proven = plan.figures["is_optimal"]
    asked = {
        "version": plan.version,
        "state": Search.State.PROVEN if is_proven else Search.State.WAITING,
        "asked_at": now(),
        "moved_at": now(),
        "seconds": 0,
        "found": None,
    }
    search, _is_new = Search.objects.update_or_create(plan=plan, defaults=asked)
    if not is_proven:
        # Without a queue the tables are as valid as with one.
        transaction.on_commit(partial(improve_plan, search.pk), robust=True)
    return search


def stop(search: Search, *, by: Person) -> Search:
    """Good enough: keep the best so far. Twice is once."""
    if not can_host(by, search.plan.gathering):
        raise PermissionDenied
    return improving.end(search.pk, Search.State.STOPPED)


@dataclass(frozen=True)
class Progress:
    """What a host is told of a search: a sentence, how far it is, and the figures of the best so far."""

    said: str
    is_on: bool
    seconds: float
    # None where the engine counts moves.
    seconds_to_look: float | None
    figures: dict[str, Any] | None


def progress_of(plan: Plan) -> Progress | None:
    """How the search for better tables than these stands; None where none has anything to say of them."""
    search: Search | None = getattr(plan, "search", None)
    if search is None or _is_old_news(plan, search):
        return None
    is_on = search.is_live() and search.version == plan.version and not search.is_silent()
    found = search.found["figures"] if is_on and search.found else None
    to_look = settings.MIXING["in_background"].get("deadline")
    return Progress(_said_of(plan, search), is_on, search.seconds, to_look, found)


def _is_old_news(plan: Plan, search: Search) -> bool:
    """It was about tables that are no more; that it was dropped is said for a little while."""
    if search.state == Search.State.DROPPED:
        return now() - search.moved_at > TOLD_FOR
    return search.version != plan.version and not search.is_live()


def _said_of(plan: Plan, search: Search) -> str:
    if search.state == Search.State.DROPPED or search.version != plan.version:
        return _("The search ended, because the tables or the guests changed meanwhile.")
    if search.is_silent():
        return _(
            "Nobody looks for better tables: the worker is busy or not running. These are valid as they are."
        )
    if search.is_live():
        return _("Looking for better tables. Those below are valid already.")
    if search.state == Search.State.PROVEN:
        return _("No plan can do better: this is proven.")
    if search.state == Search.State.STOPPED:
        return _("Good enough: these are the best tables found until then.")
    seconds = max(1, round(search.seconds))
    return ngettext(
        "Looked long enough, for %(seconds)d second: these are the best tables found.",
        "Looked long enough, for %(seconds)d seconds: these are the best tables found.",
        seconds,
    ) % {"seconds": seconds}
