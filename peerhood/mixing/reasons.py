"""Why somebody sits where they sit, in one sentence, as a host may read it.

Greeters and those who came along are named; of everybody else it is said how many. Who
has met whom stays with the two of them, and a profile's answer is used only where the
host may open that profile. Competitors, silent wishes and second meetings are not facts
here at all: the engine does not give them away (``engine.Reason``).
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from peerhood.circles.models import Membership
from peerhood.gatherings.models import Gathering
from peerhood.mixing.engine import Reason
from peerhood.mixing.models import Plan, Round
from peerhood.mixing.seating import as_plan, standing_of
from peerhood.packs import loading
from peerhood.people.models import Person
from peerhood.people.seeing.cards import answers_to

Answer = tuple[str, str]  # a question of the pack and the answer to it, as keys


@dataclass(frozen=True)
class Facts:
    """What a sentence may use of the people at the tables."""

    names: Mapping[int, str]
    joined_this_year: Collection[int] = ()
    answers: Mapping[int, Collection[Answer]] = field(default_factory=dict)
    # How many in the room give each answer: what few share says more.
    givers: Mapping[Answer, int] = field(default_factory=dict)


def facts_for(gathering: Gathering, people: Collection[int], viewer: Person) -> Facts:
    """Gather them; three queries."""
    belonging = Membership.objects.by_their_own_yes().filter(circle__in=gathering.hosting_circles())
    joined = belonging.filter(person__in=people, joined_on__year=gathering.starts_at.year)
    # Who of them opened a name to all members is known to the host, but not by the answers of their circles.
    shown = Person.objects.sharing_a_circle_with(viewer).filter(pk__in=people) | Person.objects.filter(
        pk=viewer.pk
    )
    answers = {
        person.pk: [
            (key, value)
            for key in loading.current().fields
            if person.shows(f"profile.{key}")
            for value in answers_to(person, key)
        ]
        for person in shown.distinct()
    }
    return Facts(
        dict(Person.objects.filter(pk__in=people).values_list("pk", "name")),
        set(joined.values_list("person", flat=True)),
        answers,
        Counter(answer for given in answers.values() for answer in given),
    )


def sentence_of(reason: Reason, facts: Facts) -> str:
    """One sentence about one seat."""
    lead, clauses = _how_many_are_new(reason), list(_clauses(reason, facts))
    return f"{lead}: {_listed(clauses)}." if clauses else f"{lead}."


def _listed(words: Sequence[str]) -> str:
    *most, last = words
    return _("%(most)s and %(last)s") % {"most": ", ".join(most), "last": last} if most else last


@dataclass(frozen=True)
class SeatTold:
    """One seat of somebody, told."""

    round: Round
    table: int
    neighbours: Sequence[str]
    sentence: str


@dataclass(frozen=True)
class PersonTold:
    """All seats of somebody, and how many people they meet there."""

    name: str
    met_count: int
    new_count: int
    seats: Sequence[SeatTold]


def seats_of(plan: Plan, person_id: int, viewer: Person) -> PersonTold | None:
    """Everything a host may read of one person's seats; None for somebody who has none."""
    standing = standing_of(plan)
    if person_id not in standing.people:
        return None
    stored = as_plan(plan, standing, pins=standing.pins)
    facts = facts_for(plan.gathering, standing.people, viewer)
    rounds = {round.number: round for round in plan.rounds.all()}
    reasons = [stored.explain(person_id, number) for number in rounds]
    return PersonTold(
        facts.names[person_id],
        len(stored.met(person_id)),
        len(stored.new_peers(person_id)),
        [
            SeatTold(
                rounds[reason.round],
                reason.table,
                [facts.names[_key(who)] for who in reason.neighbours],
                sentence_of(reason, facts),
            )
            for reason in reasons
            if reason
        ],
    )


def _clauses(reason: Reason, facts: Facts) -> Iterator[str]:
    if reason.greeters:
        yield ngettext(
            "%(names)s is there as a greeter", "%(names)s are there as greeters", len(reason.greeters)
        ) % {"names": _names(reason.greeters, facts)}
    if count := len(reason.first_timers):
        yield ngettext(
            "there to welcome %(count)d first-timer", "there to welcome %(count)d first-timers", count
        ) % {"count": count}
    if reason.companions:
        yield _("together with %(names)s, as they arrived") % {"names": _names(reason.companions, facts)}
    if count := len(reason.again):
        yield ngettext(
            "with %(count)d for the second time today", "with %(count)d for the second time today", count
        ) % {"count": count}
    if count := len(reason.before):
        yield ngettext(
            "%(count)d known from an earlier gathering", "%(count)d known from earlier gatherings", count
        ) % {"count": count}
    if count := len(set(facts.joined_this_year).intersection(reason.neighbours)):
        yield ngettext("%(count)d joined this year", "%(count)d joined this year", count) % {"count": count}
    yield from _in_common(reason, facts)
    if reason.is_pinned:
        yield _("the seat is pinned")


def _how_many_are_new(reason: Reason) -> str:
    count, new = len(reason.neighbours), len(reason.new)
    said: dict[str, Any] = {"count": count, "new": new}
    if not count:
        return _("Alone at the table")
    if new == count:
        return (
            ngettext("With %(count)d person, somebody new", "With %(count)d people, all of them new", count)
            % said
        )
    if not new:
        return ngettext("With %(count)d person", "With %(count)d people", count) % said
    return (
        ngettext(
            "With %(count)d people, %(new)d of them new", "With %(count)d people, %(new)d of them new", new
        )
        % said
    )


def _in_common(reason: Reason, facts: Facts) -> Iterator[str]:
    """The rarest answer somebody at the table shares; or that all of them differ in the pack's first question."""
    own = facts.answers.get(_key(reason.person), ())
    others = Counter(answer for who in reason.neighbours for answer in facts.answers.get(_key(who), ()))
    pack, language = loading.current(), get_language() or ""
    shared = [answer for answer in own if others[answer] and pack.answer(*answer, language)]
    if shared:
        question, value = min(shared, key=lambda answer: (facts.givers.get(answer, 0), answer))
        count = others[question, value]
        said = {"count": count, "answer": pack.answer(question, value, language)}
        yield ngettext("%(count)d also says “%(answer)s”", "%(count)d also say “%(answer)s”", count) % said
        return
    for question, value in own:
        theirs = [answer for key, answer in others.elements() if key == question]
        if len(theirs) == len(reason.neighbours) > 1 and len({value, *theirs}) == len(theirs) + 1:
            yield _("everybody with another answer to “%(question)s”") % {
                "question": pack.label(question, language)
            }
            return


def _key(person: Any) -> int:
    """The engine calls people whatever it is given; here they are keys."""
    return int(person)


def _names(people: Iterable[Any], facts: Facts) -> str:
    return _listed([facts.names.get(person, "?") for person in people])
