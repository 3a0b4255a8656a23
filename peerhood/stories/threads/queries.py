"""Reads: a circle's threads, and what was said to one; of nobody who is hidden from the reader."""

from django.db.models import Count, Q, QuerySet

from peerhood.people import silence
from peerhood.people.models import Person
from peerhood.stories.models.thread import Reply, Thread, ThreadQuerySet


def listed(threads: ThreadQuerySet, reader: Person) -> ThreadQuerySet:
    """With whoever opened each, and ``reply_count``: of those the reader finds on its page, so that no number tells a block."""
    unseen = Q(replies__author__in=silence.hidden_from(reader))
    counted = Count("replies", filter=Q(replies__author=None) | ~unseen)
    return threads.select_related("circle", "author").annotate(reply_count=counted)


def replies_to(thread: Thread, reader: Person) -> QuerySet[Reply]:
    replies = thread.replies.select_related("author")
    return replies.exclude(author__isnull=False, author__in=silence.hidden_from(reader))
