"""What he wrote, alone and with others, and what he said of what others wrote."""

from datetime import timedelta

from django.utils.timezone import now

from peerhood.stories.models import Comment, Following, Newsroom, Pulse, Recording, Reply, Story, Thread
from tests.own_data.planted.cast import Cast
from tests.own_data.planted.words import MAIN, SHARED


def plant(cast: Cast) -> None:
    told = Story.objects.filter(circle=cast.circle).exclude(author=cast.ben).first()
    _write(cast, told)
    _ask_the_circle(cast)
    _comment(cast, told)
    Recording.objects.create(
        item=cast.gathering.agenda.first(),
        title=f"Talk {SHARED}",
        url="https://vimeo.com/2",
        language="en",
        attached_by=cast.ben,
        agreed_at=now(),
    )


def _write(cast: Cast, told: Story) -> None:
    ben = cast.ben
    Story.objects.create(
        circle=cast.circle,
        author=ben,
        title=SHARED,
        slug=SHARED,
        text=SHARED,
        language="en",
        teaser=SHARED,
        affiliations="Canary Corp",
    )
    told.co_authors.create(person=ben, affiliations="Canary Corp, board", agreed_at=now())
    told.co_authors.create(person=cast.chi, asked_by=ben)
    told.revisions.create(version=1, title=SHARED, teaser=SHARED, text=SHARED, by=ben)
    Newsroom.objects.create(circle=cast.circle).editors.add(ben)


def _ask_the_circle(cast: Cast) -> None:
    """A question, a moan and a pulse; and replies, to his own and to Ada's."""
    ben, circle, in_a_week = cast.ben, cast.circle, now() + timedelta(days=7)
    asked = Thread.objects.create(
        circle=circle, author=ben, kind="question", title=SHARED, text=SHARED, reply_by=now().date()
    )
    Thread.objects.create(circle=circle, author=ben, kind="moan", title="canary moan", ends_at=in_a_week)
    moaned = Thread.objects.create(circle=circle, author=cast.ada, kind="moan", title="Oh", ends_at=in_a_week)
    Reply.objects.create(thread=asked, author=ben, text=SHARED)
    Reply.objects.create(thread=moaned, author=ben, text="canary reply")
    Pulse.objects.filter(circle=circle).update(asked_by=ben, ask=SHARED)


def _comment(cast: Cast, told: Story) -> None:
    ben = cast.ben
    said = told.comments.create(author=ben, text=f"Comment {SHARED}", language="en")
    told.comments.create(author=ben, text="canaryheld", language="en", state=Comment.State.HELD)
    told.comments.create(guest_name="canaryguest", guest_address=MAIN, text="x", language="en", state="held")
    theirs = told.comments.create(author=cast.chi, parent=said, depth=1, text="Indeed.", language="en")
    theirs.reports.create(by=ben, text="canaryreport")
    Following.objects.create(story=told, person=ben)
