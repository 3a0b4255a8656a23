"""Ending: what was said in the moan corner is forgotten, and whoever asked a question reads what came of it."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.timezone import localdate

from peerhood.notices import sending
from peerhood.people.models import Person
from peerhood.stories.models.thread import Thread
from peerhood.stories.threads import queries

# Later than that it is no news any more.
TOLD_WITHIN = timedelta(days=3)


def forget_old_moans() -> int:
    """Returns how many threads are gone, each with its replies."""
    return Thread.objects.forgotten().delete()[1].get("stories.Thread", 0)


def tell_all_due() -> None:
    """The worker comes by every hour, or twice at once: each question is told once."""
    lately = localdate() - TOLD_WITHIN - timedelta(days=1)
    asked = Thread.objects.questions().filter(reply_by__range=(lately, localdate()), author__isnull=False)
    for thread in asked.select_related("circle", "author"):
        if thread.reply_by < localdate(timezone=ZoneInfo(thread.circle.time_zone)):
            _tell(thread, thread.author)


@transaction.atomic
def _tell(thread: Thread, asker: Person) -> None:
    replies = queries.replies_to(thread, asker).exclude(author=asker)
    sending.send(
        asker,
        "stories/replies",
        key=f"stories/replies/{thread.pk}/{thread.reply_by}",
        thread=thread,
        count=replies.count(),
    )
