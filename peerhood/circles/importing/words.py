"""Words: what the preview and the outcome say, in the reader's language."""

from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from peerhood.circles.importing.days import read_day
from peerhood.circles.importing.preview import WRITES, Fate
from peerhood.circles.importing.rows import LONGEST
from peerhood.circles.models import Membership


def sentence(kept: dict[str, Any]) -> str:
    """Say what will happen to one row, as it is kept in the import."""
    fate, why, facts = kept["fate"], kept["why"], kept["facts"]
    if fate == Fate.ERROR:
        return " ".join(fault(**one) for one in facts["faults"])
    said = {
        Fate.ADD: _added,
        Fate.INVITE: lambda _facts: _("Will be invited."),
        Fate.UPDATE: _updated,
        Fate.KNOWN: lambda _facts: _known(why),
        Fate.SKIP: lambda facts: _skipped(why, facts),
    }[fate](facts)
    if facts.get("same_name"):
        said += " " + _(
            "A member with the same name exists; without an address we cannot tell if it is the same person."
        )
    return said


def _added(facts: dict[str, Any]) -> str:
    state = Membership.State(facts.get("state", "active"))
    if state == Membership.State.APPLIED:
        return _("Will be added as somebody who would like to join.")
    role = Membership.Role(facts.get("role", "member"))
    if state == Membership.State.PAUSED:
        return _("Will be added, paused, in the role: %(role)s.") % {"role": role.label}
    if role == Membership.Role.MEMBER:
        return _("Will be added as an active member.")
    return _("Will be added in the role: %(role)s.") % {"role": role.label}


def _updated(facts: dict[str, Any]) -> str:
    changes = []
    if role := facts.get("role"):
        changes.append(_("role becomes “%(role)s”") % {"role": Membership.Role(role).label})
    if state := facts.get("state"):
        changes.append(_("state becomes “%(state)s”") % {"state": Membership.State(state).label})
    if day := facts.get("joined_on"):
        changes.append(_("member since %(day)s") % {"day": date_format(read_day(day), "DATE_FORMAT")})
    return _("On the list already; changes: %(changes)s.") % {"changes": ", ".join(changes)}


def _known(why: str) -> str:
    return {
        "invited": _("Invited already: nothing changes."),
        "applied": _("Would like to join already: answer on the member list."),
        "listed-as-gone": _(
            "The list says they left: nothing changes here. Remove people on the member list."
        ),
    }.get(why) or _("Already a member: nothing changes.")


def _skipped(why: str, facts: dict[str, Any]) -> str:
    return {
        "repeats": _("Skipped: repeats row %(number)s.") % {"number": facts.get("number")},
        "left": _("Skipped: has left the circle. Coming back is theirs to decide."),
        "declined": _("Skipped: has said no to this circle."),
        "listed-as-gone": _("Skipped: the list says they left."),
        "no-name": _("Skipped: the list gives no name."),
    }[why]


def fault(column: str, problem: str) -> str:
    """Name the column and what is wrong in it."""
    reason = {
        "no-name": _("there is no name"),
        "not-an-address": _("this is not an e-mail address"),
        "too-long": _("this is longer than %(most)d characters") % {"most": max(LONGEST.values())},
        "unknown-role": _("this is none of: member, greeter, host, facilitator, organiser"),
        "unknown-state": _("this is none of: active, paused, invited, applied, left"),
        "not-a-day": _("write the day as 2024-03-12"),
    }.get(problem)
    if reason is None:
        return _("There are more cells than columns; a text with a comma in it needs quotation marks.")
    return _("Column “%(column)s”: %(reason)s.") % {"column": column, "reason": reason}


def counted(fate: str, n: int) -> str:
    """Say how many rows a preview has in store for a fate."""
    return {
        Fate.ADD: ngettext("%(n)d will be added", "%(n)d will be added", n),
        Fate.INVITE: ngettext("%(n)d will be invited", "%(n)d will be invited", n),
        Fate.UPDATE: ngettext("%(n)d will be changed", "%(n)d will be changed", n),
        Fate.KNOWN: ngettext("%(n)d is there already", "%(n)d are there already", n),
        Fate.SKIP: ngettext("%(n)d row is skipped", "%(n)d rows are skipped", n),
        Fate.ERROR: ngettext("%(n)d row has an error", "%(n)d rows have an error", n),
    }[Fate(fate)] % {"n": n}


def outcome(done: dict[str, int]) -> str:
    """Say what an import did, in a few short sentences; what did not occur is left out."""
    sentences = {
        Fate.ADD: lambda n: ngettext("%(n)d person was added.", "%(n)d people were added.", n),
        Fate.INVITE: lambda n: ngettext("%(n)d person was invited.", "%(n)d people were invited.", n),
        Fate.UPDATE: lambda n: ngettext("%(n)d was changed.", "%(n)d were changed.", n),
        Fate.KNOWN: lambda n: ngettext("%(n)d was there already.", "%(n)d were there already.", n),
        Fate.SKIP: lambda n: ngettext("%(n)d row was skipped.", "%(n)d rows were skipped.", n),
        Fate.ERROR: lambda n: ngettext("%(n)d row could not be read.", "%(n)d rows could not be read.", n),
    }
    said = [say(n) % {"n": n} for fate, say in sentences.items() if (n := done.get(fate, 0))]
    if not set(done) & set(WRITES):
        said.insert(0, _("Nobody was added."))
    return " ".join(said)
