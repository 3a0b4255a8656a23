"""Reads: which rules a gathering had, what nobody has told about yet, and what stands beside a story."""

from datetime import timedelta

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.timezone import now

from peerhood.circles.models import Membership
from peerhood.gatherings import confidentiality
from peerhood.gatherings.models import AgendaItem, Gathering
from peerhood.people.models import Person
from peerhood.stories.models import Story, StoryQuerySet

# Later than that, nobody remembers what was said.
WRITE_UP_WITHIN = timedelta(days=60)


def rules_of(gathering: Gathering | None) -> dict[str, list[str]]:
    """The titles of the agenda's items that ask something of a writer, by level: ``{"agenda_only": ["Round"]}``."""
    if gathering is None:
        return {}
    rules: dict[str, list[str]] = {}
    for item in gathering.agenda.all():
        if item.has_promise():
            rules.setdefault(item.confidentiality.replace("-", "_"), []).append(item.title)
    return rules


def to_write_up(person: Person) -> QuerySet[Gathering]:
    """Gatherings of the last two months that this person ran, may tell of, and nobody has written up; three at most."""
    organised = Membership.objects.organising().filter(person=person).values("circle")
    ran = Gathering.objects.filter(Q(circle__in=organised) | Q(pk__in=person.hosted_gatherings.values("pk")))
    untold = AgendaItem.objects.filter(
        gathering=OuterRef("pk"), confidentiality__in=confidentiality.never_written_up()
    )
    lately = ran.past().filter(~Exists(untold), ends_at__gt=now() - WRITE_UP_WITHIN, stories=None)
    return lately.exclude(state=Gathering.State.CANCELLED).select_related("circle")[:3]


def readable_by(person: Person | AnonymousUser) -> StoryQuerySet:
    """Published stories this person may read, latest first, with what a list says of each."""
    return Story.objects.visible_to(person).published().with_level().with_authors()


def neighbours_of(story: Story, person: Person | AnonymousUser) -> tuple[Story | None, Story | None]:
    """The story before and the one after it in its circle. One that is told without a day has none, and is none."""
    if not story.is_dated():
        return None, None
    shelf = Story.objects.visible_to(person).published().with_level().named().filter(circle=story.circle_id)
    at, pk = story.published_at, story.pk
    before = shelf.filter(Q(published_at__lt=at) | Q(published_at=at, pk__lt=pk)).first()
    after = shelf.filter(Q(published_at__gt=at) | Q(published_at=at, pk__gt=pk)).reverse().first()
    return before, after


def related_to(story: Story, person: Person | AnonymousUser) -> StoryQuerySet:
    """Three others with a topic of this one, or, where both may say so, about a gathering with the same theme."""
    shared = Q(pk__in=Story.objects.filter(topics__in=story.topics.all()).values("pk"))
    others = Story.objects.visible_to(person).published().with_level().exclude(pk=story.pk)
    if story.is_about_a_named_gathering():
        adopted = Story.objects.filter(
            gathering__adoption__theme__adoptions__gathering=story.gathering_id
        ).values("pk")
        named = Story.objects.with_level().named().filter(pk__in=adopted).values("pk")
        shared |= Q(pk__in=named)
    return others.filter(shared)[:3]
