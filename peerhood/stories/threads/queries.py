"""Reads: a circle's threads, and what was said to one; of nobody who is hidden from the reader."""

from django.db.models import Count, QuerySet

from peerhood.people import silence
from peerhood.people.models import Person
from peerhood.stories.models.thread import Reply, Thread, ThreadQuerySet


def listed(threads: ThreadQuerySet) -> ThreadQuerySet:
    """With whoever opened each, and ``reply_count``."""
    return threads.select_related("circle", "author").annotate(reply_count=Count("replies"))


def replies_to(thread: Thread, reader: Person) -> QuerySet[Reply]:
    replies = thread.replies.select_related("author")
    return replies.exclude(author__isnull=False, author__in=silence.hidden_from(reader))
