"""Forgetting: what waited for a month is let go, with the address it came from."""

from datetime import timedelta

from django.utils.timezone import now

from peerhood.stories.models import Comment

HELD_FOR = timedelta(days=30)


def forget_old() -> int:
    """How many were let go."""
    old = Comment.objects.held().filter(created_at__lt=now() - HELD_FOR)
    return old.delete()[0]
