"""Member stories: members offer what they would tell, and each has a turn before anybody has a second one.

Whoever draws up an agenda finds them in a fair order: those who have told nothing in this circle
first, then those whose last story is longest ago; among equals, who offered first. A rehearsal
buddy says so themselves, and is nobody's to assign.
"""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F, Max, OuterRef, Q, QuerySet, Subquery
from django.utils.timezone import now
from django.utils.translation import gettext as _

from peerhood import journal
from peerhood.circles.models import Circle
from peerhood.circles.permissions import is_inside
from peerhood.gatherings.models import AgendaItem, Gathering, MemberStory
from peerhood.gatherings.permissions import can_host
from peerhood.notices import sending
from peerhood.people.models import Person
from peerhood.platform import stamps
from peerhood.platform.refusals import Refusal

MOST_OFFERED = 5


@transaction.atomic
def offer(circle: Circle, person: Person, title: str, about: str = "") -> MemberStory:
    """Put a story of one's own on the list."""
    if not is_inside(person, circle):
        raise PermissionDenied
    waiting = circle.member_stories.filter(person=person, item=None)
    if waiting.count() >= MOST_OFFERED:
        raise Refusal(_("You have offered several already. Take one back first."))
    story = MemberStory.objects.create(circle=circle, person=person, title=title, about=about)
    journal.record("member_story.offered", story, by=person)
    return story


@transaction.atomic
def take_back(story: MemberStory, *, by: Person) -> None:
    """Take one's own story off the list. What stands on an agenda already is the hosts' to change."""
    if story.person_id != by.pk:
        raise PermissionDenied
    if story.item and not story.item.gathering.is_over():
        raise Refusal(_("It stands on an agenda. Ask the hosts of that gathering to take it off first."))
    journal.record("member_story.taken_back", story, by=by)
    story.delete()


@transaction.atomic
def put_on(story: MemberStory, item: AgendaItem, *, by: Person) -> MemberStory:
    """Give a line of an agenda to a story: its title, and who tells it. They hear of it."""
    gathering = (
        Gathering.objects.select_for_update(of=("self",)).select_related("circle").get(pk=item.gathering_id)
    )
    if not can_host(by, gathering):
        raise PermissionDenied
    if gathering.circle_id != story.circle_id or item.kind != AgendaItem.Kind.MEMBER_STORY:
        raise Refusal(_("A story stands on a line for member stories, in its own circle."))
    if gathering.has_begun() or gathering.is_cancelled():
        raise Refusal(_("That gathering has begun, or was cancelled."))
    if story.item and story.item.pk != item.pk and not story.item.gathering.is_over():
        raise Refusal(_("It stands on another agenda already."))
    # One line has one story: whoever stood there is back on the list.
    MemberStory.objects.filter(item=item).exclude(pk=story.pk).update(item=None)
    story.item = item
    story.save(update_fields=["item"])
    item.title, item.speaker = story.title, story.person.name
    item.save(update_fields=["title", "speaker"])
    gathering.count_change()
    gathering.save(update_fields=["version", "changed_at"])
    journal.record("member_story.scheduled", story, by=by)
    key = f"gatherings/story_scheduled/{story.pk}/{gathering.pk}"
    sending.send(story.person, "gatherings/story_scheduled", key=key, story=story, gathering=gathering)
    stamps.bump("calendars", "gatherings", f"gatherings/{gathering.pk}")
    return story


@transaction.atomic
def listen(story: MemberStory, person: Person) -> MemberStory:
    """Say that one listens to a rehearsal beforehand; whoever says so first does."""
    if not is_inside(person, story.circle) or person.pk == story.person_id:
        raise PermissionDenied
    if not MemberStory.objects.filter(pk=story.pk, buddy=None).update(buddy=person):
        raise Refusal(_("Somebody listens to that one already."))
    story.refresh_from_db(fields=["buddy"])
    journal.record("member_story.buddy_found", story, by=person)
    key = f"gatherings/story_buddy/{story.pk}/{person.pk}"
    sending.send(story.person, "gatherings/story_buddy", key=key, story=story, buddy=person)
    return story


@transaction.atomic
def listen_no_more(story: MemberStory, person: Person) -> None:
    """Take one's yes to a rehearsal back, so that somebody else can."""
    if MemberStory.objects.filter(pk=story.pk, buddy=person).update(buddy=None):
        journal.record("member_story.buddy_left", story, by=person)


def offered_in(circle: Circle) -> QuerySet[MemberStory]:
    """Stories that wait for an agenda, in a fair order, each with when its teller last told one (``told_at``)."""
    told = MemberStory.objects.filter(
        circle=circle, person=OuterRef("person"), item__gathering__ends_at__lte=now()
    ).exclude(item__gathering__state=Gathering.State.CANCELLED)
    last = told.values("person").annotate(at=Max("item__gathering__starts_at")).values("at")
    inside = circle.memberships.inside().values("person")
    waiting = circle.member_stories.filter(Q(item=None), person__in=inside).select_related("person", "buddy")
    return waiting.annotate(told_at=Subquery(last)).order_by(
        F("told_at").asc(nulls_first=True), "offered_at", "pk"
    )


def scheduled_in(circle: Circle) -> QuerySet[MemberStory]:
    """Stories on agendas to come."""
    ahead = circle.member_stories.filter(item__gathering__ends_at__gt=now())
    return ahead.select_related("person", "buddy", "item__gathering__circle").order_by(
        "item__gathering__starts_at"
    )


def lines_for(gatherings: QuerySet[Gathering]) -> list[AgendaItem]:
    """Lines for member stories of these gatherings that nobody stands on yet."""
    empty = AgendaItem.objects.filter(
        gathering__in=gatherings, kind=AgendaItem.Kind.MEMBER_STORY, member_story=None, speaker=""
    )
    return list(empty.select_related("gathering__circle").order_by("gathering__starts_at", "position"))
