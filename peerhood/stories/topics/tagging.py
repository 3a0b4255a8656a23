"""Tagging: which topics a story has, by their names."""

from collections.abc import Sequence

from django.utils.text import slugify

from peerhood.stories.models import Story, Topic

MOST = 5


def set_topics(story: Story, names: Sequence[str]) -> None:
    """Give a story these topics and no others. Capitals make no difference; a new word makes a new topic."""
    story.topics.set([topic for name in names if (topic := _topic(name))])


def _topic(name: str) -> Topic | None:
    slug = slug_of(name)
    return Topic.objects.get_or_create(slug=slug, defaults={"name": name[:60]})[0] if slug else None


def slug_of(name: str) -> str:
    """
    >>> slug_of("Plain Speaking"), slug_of("Ärlighet")
    ('plain-speaking', 'arlighet')
    """
    return slugify(name)[:70].strip("-")
