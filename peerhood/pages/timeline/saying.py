"""What the time line says of each step: what is done or still missing, in one sentence, and what to press."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from peerhood.design import moments
from peerhood.gatherings import agenda, confidentiality
from peerhood.gatherings.coming import messages, preparing
from peerhood.gatherings.confidentiality import WriteUp
from peerhood.gatherings.models import Gathering
from peerhood.pages.timeline.facts import facts_of
from peerhood.pages.timeline.letters import LETTERS
from peerhood.pages.timeline.steps import Name, State, Step, steps_of
from peerhood.people.models import Person
from peerhood.rooms.models import Room
from peerhood.themes import deciding
from peerhood.themes.models import Adoption, Ballot


@dataclass(frozen=True)
class Press:
    """A way on: a link, or an act that is posted."""

    label: str
    to: str
    posts: bool = False


@dataclass(frozen=True)
class Told:
    """A step with its sentence. ``main`` is the one thing to press; ``more`` are the quiet ones.

    ``is_first``: of all that is open, this comes first; its button stands out.
    """

    step: Step
    said: str
    main: Press | None = None
    more: list[Press] = field(default_factory=list)
    is_first: bool = False


def told(gathering: Gathering, by: Person) -> list[Told]:
    """All eight, for somebody who runs it."""
    facts = facts_of([gathering])[gathering.pk]
    found = [SAY[step.name](gathering, step, by) for step in steps_of(gathering, facts)]
    first = next((one for one in found if one.main and one.step.is_open()), None)
    return [replace(one, is_first=one is first) for one in found]


def _page(gathering: Gathering, name: str) -> str:
    return reverse("pages:timeline_step", args=[gathering.pk, name])


def _theme(gathering: Gathering, step: Step, by: Person) -> Told:
    adoption = Adoption.objects.filter(gathering=gathering.pk).select_related("theme__circle").first()
    if adoption:
        theme = adoption.theme
        return Told(step, f"“{theme}”", more=[Press(_("Read it"), theme.get_absolute_url())])
    waiting = gathering.circle.themes.backlog().count()
    to_choose = Press(_("Choose a theme"), _page(gathering, step.name))
    if step.state == State.SKIPPED:
        return Told(step, _("It goes without a theme from the list."))
    if not waiting:
        propose = Press(_("Propose one"), reverse("themes:list", args=[gathering.circle.slug]))
        return Told(step, _("The circle’s list is empty. Propose a theme, or go on without one."), propose)
    said = ngettext(
        "Not chosen yet. %(n)d theme waits in the list.",
        "Not chosen yet. %(n)d themes wait in the list.",
        waiting,
    )
    return Told(step, said % {"n": waiting}, to_choose)


def _date(gathering: Gathering, step: Step, by: Person) -> Told:
    edit = Press(_("Change"), reverse("gatherings:edit", args=[gathering.pk]))
    if not step.is_done():
        return Told(step, _("Its day has passed. Choose another one."), edit)
    if gathering.mode != Gathering.Mode.ONLINE and not gathering.place_name:
        return Told(step, _("The day stands; where you meet does not yet."), more=[edit])
    said = moments.span(gathering.starts_at.astimezone(gathering.zone))
    place = gathering.room_name or gathering.get_mode_display()
    return Told(
        step, f"{said} · {place}", more=[] if gathering.is_over() or gathering.is_cancelled() else [edit]
    )


def _invite(gathering: Gathering, step: Step, by: Person) -> Told:
    page = _page(gathering, step.name)
    if gathering.is_draft() and not gathering.has_begun():
        read = Press(_("Read it through and send"), page)
        return Told(step, _lacking(gathering), read)
    return _letter(gathering, step, by, _("Read it through and send"))


def _lacking(gathering: Gathering) -> str:
    """What stands between a draft and its announcement."""
    lacking = agenda.lacking_in(agenda.lines_of(gathering))
    if lacking:
        return _("It is a draft, and its agenda is not complete yet.")
    if not gathering.purpose:
        return _("It is a draft. Why you gather is still to be said, in one sentence.")
    return _("It is a draft. Publishing it and inviting the circle is one tap.")


def _letter(gathering: Gathering, step: Step, by: Person, label: str) -> Told:
    """What a letter's step says: to how many it went, or would go."""
    page, letter = _page(gathering, step.name), LETTERS[step.name]
    sent = messages.sent_count_of(gathering, step.name)
    may_send = not letter.why_not(gathering)
    left = len(letter.to(gathering, by)) if may_send else 0
    said = ngettext("Sent to %(n)d person.", "Sent to %(n)d people.", sent) % {"n": sent}
    said = said if sent else _("There was nobody to write to.")
    if step.is_done():
        if left and step.name in (Name.INVITE, Name.PREPARE):
            more = ngettext("%(n)d has not had it yet.", "%(n)d have not had it yet.", left) % {"n": left}
            return Told(step, f"{said} {more}" if sent else more, more=[Press(label, page)])
        return Told(step, said, more=[Press(_("Read it"), page)])
    if step.state == State.SKIPPED:
        return Told(step, said if sent else _("Nothing was sent."))
    would = ngettext("It would go to %(n)d person.", "It would go to %(n)d people.", left) % {"n": left}
    return Told(step, would, Press(label, page))


def _by_itself(gathering: Gathering, step: Step, by: Person, said: str) -> Told:
    """A letter that goes out by itself, unless a host is sooner."""
    found = _letter(gathering, step, by, _("Read it through and send"))
    if step.is_done() or step.state == State.SKIPPED:
        return found
    if LETTERS[step.name].why_not(gathering) or not step.is_open():
        return Told(step, said, more=[Press(_("Read it, and add a few words"), _page(gathering, step.name))])
    return Told(step, f"{found.said} {said}", found.main)


def _remind(gathering: Gathering, step: Step, by: Person) -> Told:
    return _by_itself(
        gathering, step, by, _("It goes out by itself the day before, to whoever has not been asked.")
    )


def _prepare(gathering: Gathering, step: Step, by: Person) -> Told:
    write = Press(_("Write it"), reverse("gatherings:preparation", args=[gathering.pk]))
    paper = Press(_("Print badges and sheets"), reverse("gatherings:print", args=[gathering.pk]))
    is_open = not step.is_done() and step.state != State.SKIPPED
    if is_open and preparing.pack_of(gathering) is None:
        said = _("Nothing is written yet. Two questions and something to read do.")
        return Told(step, said, write, [paper])
    if is_open and gathering.is_draft():
        return Told(
            step, _("It is written, and is sent once the gathering is published."), more=[write, paper]
        )
    found = _letter(gathering, step, by, _("Read it through and send"))
    return Told(
        step, found.said, found.main, [*found.more, *([write, paper] if not gathering.has_begun() else [])]
    )


def _run(gathering: Gathering, step: Step, by: Person) -> Told:
    counts = _("Going: %(going)d. Waiting: %(waiting)d.") % {
        "going": gathering.going_count,
        "waiting": gathering.waiting_count,
    }
    if step.state == State.SKIPPED:
        return Told(step, _("The room was not opened; that is fine, too."))
    sheet = Press(_("Run sheet"), reverse("gatherings:sheet", args=[gathering.pk, "run-sheet"]))
    if gathering.is_draft():
        return Told(step, _("The run sheet can be printed already."), more=[sheet])
    door = Press(_("The door"), reverse("gatherings:door", args=[gathering.pk]))
    room = Press(_("The room"), reverse("rooms:run", args=[gathering.pk]))
    if step.is_done():
        return Told(step, counts, more=[room])
    if Room.objects.filter(gathering=gathering.pk).exists():
        return Told(step, _("The room is open."), Press(_("Go on in the room"), room.to), [door, sheet])
    opening = Press(_("Open the room"), reverse("rooms:open", args=[gathering.pk]), posts=True)
    if not step.is_open():
        return Told(step, counts, more=[opening, door, sheet])
    return Told(step, counts, opening, [door, sheet])


def _thank(gathering: Gathering, step: Step, by: Person) -> Told:
    found = _by_itself(gathering, step, by, _("It goes out by itself three hours after."))
    if not gathering.is_over() or gathering.is_cancelled():
        return found
    back = Press(_("What they said"), reverse("gatherings:look_back", args=[gathering.pk]))
    if confidentiality.write_up(gathering.level) == WriteUp.NONE:
        return Told(step, found.said, found.main, [*found.more, back])
    recap = Press(_("Write the recap"), f"{reverse('stories:new')}?gathering={gathering.pk}")
    return Told(step, found.said, found.main, [*found.more, back, recap])


def _next(gathering: Gathering, step: Step, by: Person) -> Told:
    facts = facts_of([gathering])[gathering.pk]
    following = facts.ballot_next_pk or facts.themed_next_pk
    if following:
        after = Gathering.objects.get(pk=following)
        said = f"{after.title} · {moments.span(after.starts_at.astimezone(after.zone))}"
        return Told(step, said, more=[Press(_("Its time line"), _timeline(following))])
    if step.state == State.SKIPPED:
        return Told(step, _("Nothing follows from a gathering that did not take place."))
    ballot = (
        Ballot.objects.filter(gathering=gathering.pk).select_related("winner", "gathering__circle").first()
    )
    if ballot and not ballot.is_decided():
        label = _("Close the ballot and count") if ballot.is_open() else _("Choose among those that tied")
        said = (
            _("The vote is open.")
            if ballot.is_open()
            else _("The vote is closed, and leaves the choice to you.")
        )
        return Told(step, said, Press(label, ballot.get_absolute_url()))
    if facts.later_pk and not (ballot and ballot.is_decided()):
        said = _("The next date is drafted; its theme is still to be chosen.")
        return Told(step, said, Press(_("Its time line"), _timeline(facts.later_pk)))
    if not deciding.has_source(gathering):
        new = Press(_("New gathering"), reverse("gatherings:new", args=[gathering.circle.slug]))
        return Told(step, _("There is no series with a day of its own to draft from."), more=[new])
    if ballot:
        said = _("“%(theme)s” was chosen. Draft the next gathering from it.") % {"theme": ballot.winner}
        return Told(step, said, Press(_("Draft the next gathering"), _page(gathering, step.name), posts=True))
    if not gathering.is_over():
        return Told(step, _("The vote opens in the room, at the item that chooses the next theme."))
    said = _("Nobody voted in the room. Draft the next date, then choose its theme.")
    return Told(step, said, Press(_("Draft the next gathering"), _page(gathering, step.name), posts=True))


def _timeline(pk: int) -> str:
    return reverse("pages:timeline", args=[pk])


SAY: dict[Name, Callable[[Gathering, Step, Person], Told]] = {
    Name.THEME: _theme,
    Name.DATE: _date,
    Name.INVITE: _invite,
    Name.REMIND: _remind,
    Name.PREPARE: _prepare,
    Name.RUN: _run,
    Name.THANK: _thank,
    Name.NEXT: _next,
}
