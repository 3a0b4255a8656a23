"""What came after: a few comments under a story, and a recording of something open."""

from datetime import timedelta
from typing import Any

from peerhood.circles.models import Membership
from peerhood.demo.network.planted import Planted
from peerhood.demo.network.rows import plant
from peerhood.gatherings.models import AgendaItem
from peerhood.stories.models import Comment, Recording, Story

SLUG = "low-tide"
SAID = ("We tried the minutes. Read twice, and still faster.", "Which questions did your sponsor ask?")
ANSWER = "The one about the budget. It was on the list."
WAITING = "May I bring this to my own office?"
VIDEO = "https://tube.example.org/w/lowtide"


def plant_said_after(planted: Planted) -> str:
    told = Story.objects.filter(circle=planted.circles[SLUG], published_at__isnull=False)
    story = told.latest("published_at", "pk")
    people = planted.at_home_in.get(SLUG, [])
    people = people or [
        each.person for each in planted.members[SLUG] if each.state == Membership.State.ACTIVE
    ]
    at = planted.at - timedelta(minutes=30)
    common: dict[str, Any] = {"story": story, "language": "en"}
    first, question = plant(
        Comment(author=person, text=text, created_at=at, **common)
        for person, text in zip(people[1:3], SAID, strict=True)
    )
    plant(
        [
            Comment(author=first.author, parent=question, depth=1, text=ANSWER, created_at=at, **common),
            Comment(guest_name="Tansy Reedmace", text=WAITING, state="held", created_at=at, **common),
        ]
    )
    item = (
        AgendaItem.objects.filter(gathering__in=planted.past[SLUG], confidentiality="open", kind="talk")
        .order_by("-gathering__starts_at", "position")
        .first()
    )
    if item:
        plant([Recording(
            item=item, title=item.title, url=VIDEO, kind="peertube", language="en", agreed_at=at, attached_at=at,
            chapters="0:00 Welcome\n4:30 What we tried\n11:15 Questions",
            transcript="Welcome, everybody. We tried three things, and kept one.",
        )])  # fmt: skip
    return f"{story.comments.count()} comments, {Recording.objects.count()} recordings"
