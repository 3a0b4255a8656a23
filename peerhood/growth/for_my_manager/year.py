"""What a year was, on one page: what it may be called outside, and nobody's name but one's own.

A gathering is named as its level and its circle let a calendar name it, a talk as a letter to an employer would,
and a story where everybody may read it. Asked anew each time.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.timezone import localdate
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from peerhood.gatherings.confidentiality import Surface
from peerhood.gatherings.models import AgendaItem, Gathering, Rsvp
from peerhood.gatherings.queries import with_level
from peerhood.growth import progress
from peerhood.growth.models import YearSummary
from peerhood.growth.quarters import hours
from peerhood.growth.queries import entries_of
from peerhood.packs import cpd
from peerhood.people.models import Employer, Person
from peerhood.people.seeing.visibility import Level
from peerhood.stories import naming
from peerhood.stories.models import Story

PARTS = {
    "gatherings": gettext_lazy("Gatherings I was at"),
    "given": gettext_lazy("Talks I gave and stories I wrote"),
    "hours": gettext_lazy("Hours of learning"),
    "words": gettext_lazy("What I take from it"),
}
# One page has room for so many lines of each.
MOST_GATHERINGS, MOST_GIVEN, MOST_CYCLES = 12, 6, 4


@dataclass(frozen=True)
class Line:
    """One thing, as it may be told outside."""

    day: date
    title: str
    where: str = ""


@dataclass(frozen=True)
class Told:
    """What stands on the page; a part that is left out is empty."""

    year: int
    gatherings: list[Line]
    given: list[Line]
    hours: list[tuple[str, str]]
    words: str

    @property
    def is_empty(self) -> bool:
        return not (self.gatherings or self.given or self.hours or self.words)

    @property
    def first_gatherings(self) -> list[Line]:
        return self.gatherings[:MOST_GATHERINGS]

    @property
    def more_gatherings(self) -> int:
        return len(self.gatherings) - len(self.first_gatherings)

    @property
    def first_given(self) -> list[Line]:
        return self.given[:MOST_GIVEN]

    @property
    def more_given(self) -> int:
        return len(self.given) - len(self.first_given)


def told(person: Person, summary: YearSummary) -> Told:
    """Their year, without what they leave out."""
    stands, year = set(PARTS) - set(summary.left_out), summary.year
    return Told(
        year=year,
        gatherings=[_gathering(each) for each in attended(person, year)] if "gatherings" in stands else [],
        given=_given(person, year) if "given" in stands else [],
        hours=_hours(person, year) if "hours" in stands else [],
        words=summary.words if "words" in stands else "",
    )


def attended(person: Person, year: int) -> QuerySet[Gathering]:
    """Where they were checked in, first one first, with what decides how each is named."""
    there = Rsvp.objects.checked_in().filter(gathering=OuterRef("pk"), person=person)
    took_place = Gathering.objects.past().filter(state__in=Gathering.TAKING_PLACE, starts_at__year=year)
    return with_level(took_place.filter(Exists(there)).select_related("circle")).order_by("starts_at", "pk")


def _gathering(gathering: Gathering) -> Line:
    day = gathering.starts_at.astimezone(gathering.zone).date()
    if gathering.is_discreet_on(Surface.CALENDAR_DETAILS):
        return Line(day, _("Network meeting"))
    return Line(day, gathering.title, gathering.circle.name)


def _given(person: Person, year: int) -> list[Line]:
    talks = [_talk(item) for item in _talks_of(person, year)]
    stories = Story.objects.with_level().signed_by(person).published().filter(published_at__year=year)
    return sorted(
        [*talks, *(_story(each) for each in stories.select_related("circle"))],
        key=lambda line: (line.day, line.title),
    )


def _talks_of(person: Person, year: int) -> QuerySet[AgendaItem]:
    """Their member stories, and items that name them at a gathering where they were checked in."""
    there = Rsvp.objects.checked_in().filter(gathering=OuterRef("gathering"), person=person)
    theirs = Q(member_story__person=person) | (Q(speaker=person.name) & ~Q(speaker="") & Exists(there))
    took_place = Gathering.objects.past().filter(state__in=Gathering.TAKING_PLACE, starts_at__year=year)
    items = AgendaItem.objects.filter(theirs, gathering__in=took_place.order_by().values("pk"))
    return items.select_related("gathering__circle")


def _talk(item: AgendaItem) -> Line:
    gathering = item.gathering
    is_named = item.is_told_in_mails() and not gathering.circle.is_closed()
    title = item.title if is_named else item.get_kind_display()
    return Line(gathering.starts_at.astimezone(gathering.zone).date(), title)


def _story(story: Story) -> Line:
    day = localdate(story.published_at)
    if story.circle.is_closed() or story.is_members_only:
        return Line(day, _("A story for members of the network"))
    return Line(day, story.title, story.circle.name)


def _hours(person: Person, year: int) -> list[tuple[str, str]]:
    """In all, each side, and what counts for each certification whose cycle runs."""
    entries = list(entries_of(person).filter(day__year=year))
    if not entries:
        return []
    language = get_language() or ""
    sides = {
        cpd.said(name, language): sum(entry.split.get(key, 0) for entry in entries)
        for key, name in cpd.current().sides.items()
    }
    found = [(_("In all"), sum(entry.quarters for entry in entries)), *sides.items()]
    runs = person.cpd_cycles.filter(starts_on__year__lte=year, ends_on__year__gte=year)
    for cycle in runs[:MOST_CYCLES]:
        counted = sum(entry.quarters for entry in progress.counting(cycle, entries))
        found.append((_("Towards %(certification)s") % {"certification": cycle}, counted))
    return [(name, hours(quarters)) for name, quarters in found if quarters]


def names_in(told: Told, person: Person) -> list[naming.Found]:
    """Others whom the page would name, and where they work: people of one's circles, and who was there, too.

    Nobody whom one may not see is told by it: neither who hides from one, nor who shows an answer to hosts only.
    """
    lines = [line.title for line in (*told.gatherings, *told.given)]
    text = "\n".join([told.words, *lines])
    if not text.strip():
        return []
    mine = Rsvp.objects.checked_in().filter(person=person, gathering__starts_at__year=told.year)
    beside = Rsvp.objects.checked_in().shown_to_others().filter(gathering__in=mine.values("gathering"))
    people = (
        Person.objects.filter(
            Q(pk__in=Person.objects.sharing_a_circle_with(person).values("pk"))
            | Q(pk__in=beside.order_by().values("person"))
        )
        .not_hidden_from(person)
        .exclude(pk=person.pk)
    )
    names = people.exclude(name="").values_list("name", flat=True)
    shown = people.filter(Q(visibility__job__isnull=True) | ~Q(visibility__job=Level.ME))
    employers = Employer.objects.filter(affiliations__person__in=shown.values("pk"))
    employers = employers.exclude(affiliations__person=person).distinct()
    return naming.find(text, names, employers.values_list("name", flat=True))
