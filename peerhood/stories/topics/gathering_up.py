"""Gathering up: all that a theme has led to, as far as one person may see it.

Stories say themselves what they are about. A gathering belongs here when a story with the topic tells of it by
name, or when it had a theme with these words; a recording with its gathering; a person, when they say they may be asked about it.
"""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from peerhood.gatherings.models import Gathering
from peerhood.people.directory import Row, rows_of
from peerhood.people.searching import KIND, TOPIC, audiences_of, left_for
from peerhood.search.finding import find
from peerhood.search.folding import folded
from peerhood.stories import queries
from peerhood.stories.models import Recording, Story, StoryQuerySet, Topic
from peerhood.themes.models import Theme
from peerhood.themes.queries import search

MOST_PEOPLE = 12
MOST_GATHERINGS = 20
MOST_RECORDINGS = 20


@dataclass(frozen=True)
class GatheredUp:
    topic: Topic
    stories: StoryQuerySet
    gatherings: list[Gathering]
    recordings: list[Recording]
    people: list[Row]


def gathered_up(topic: Topic, viewer) -> GatheredUp | None:
    """None where the viewer can read no story of it: then they do not learn that it exists."""
    stories = queries.readable_by(viewer).filter(topics=topic)
    if not stories.exists():
        return None
    gatherings = _gatherings(topic, stories, viewer)
    return GatheredUp(topic, stories, gatherings, _recordings(gatherings, viewer), _people(topic, viewer))


def topics_for(viewer) -> QuerySet[Topic]:
    """Those of stories the viewer can read."""
    readable = Story.objects.visible_to(viewer).published().order_by().values("pk")
    return Topic.objects.filter(stories__in=readable).distinct()


def _gatherings(topic: Topic, stories: StoryQuerySet, viewer) -> list[Gathering]:
    told_of = stories.named().order_by().values("gathering")
    themes = search(Theme.objects.visible_to(viewer), topic.name)
    seen = Gathering.objects.visible_to(viewer).announced().select_related("circle")
    found = seen.filter(Q(pk__in=told_of) | Q(adoption__theme__in=themes)).order_by("-starts_at", "pk")
    return list(found[:MOST_GATHERINGS])


def _recordings(gatherings: list[Gathering], viewer) -> list[Recording]:
    seen = Recording.objects.visible_to(viewer).select_related("item__gathering__circle")
    of_them = seen.filter(item__gathering__in=[gathering.pk for gathering in gatherings])
    return list(of_them.order_by("-item__gathering__starts_at", "item__position", "pk")[:MOST_RECORDINGS])


def _people(topic: Topic, viewer) -> list[Row]:
    """Whoever may be asked about it, and says so to this viewer; to visitors nobody is shown."""
    if not viewer.is_authenticated:
        return []
    words = [(TOPIC, word) for word in topic.name.split()]
    found = find("", audiences_of(viewer), kind=KIND, beginning=words, upto=MOST_PEOPLE)
    rows = rows_of(left_for(viewer, found).ids[:MOST_PEOPLE], viewer)
    # The index knows as well what somebody would like to learn: of that they are not asked.
    return [row for row in rows if _tells_of(topic, f"{row.card.ask_me_about} {row.card.could_talk}")]


def _tells_of(topic: Topic, said: str) -> bool:
    return all(word in folded(said) for word in folded(topic.name).split())
