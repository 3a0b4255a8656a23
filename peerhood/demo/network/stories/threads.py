"""Threads: in each circle that has some, questions between two meetings, who else has a problem, and the moan corner."""

from datetime import timedelta
from typing import Any

from peerhood.demo.network.content import circle_specs, read
from peerhood.demo.network.planted import Planted
from peerhood.demo.network.rows import plant
from peerhood.stories.models import Pulse, Reply, Thread
from peerhood.stories.models.pulse import LASTS
from peerhood.stories.models.thread import FORGOTTEN_AFTER


def plant_threads(planted: Planted) -> str:
    told = [
        (spec, each)
        for spec in circle_specs()
        for each in read(f"threads_{spec['language']}").get("thread", [])
        if each["circle"] == spec["slug"]
    ]
    threads = plant(_thread(spec["slug"], each, planted) for spec, each in told)
    replies = plant(
        Reply(
            thread=thread,
            author=planted.people[said["author"]],
            text=said["text"].strip(),
            said_at=thread.opened_at + timedelta(hours=number + 1),
        )
        for thread, (_spec, each) in zip(threads, told, strict=True)
        for number, said in enumerate(each.get("reply", []))
    )
    _plant_pulses(planted)
    return f"{len(threads)} threads between two meetings, with {len(replies)} replies"


def _plant_pulses(planted: Planted) -> None:
    plant(
        Pulse(
            circle=(circle := planted.circles[spec["slug"]]),
            asked_by=planted.people[each["author"]] if "author" in each else None,
            ask=each["ask"],
            opened_at=(opened_at := planted.at - timedelta(days=each["days_ago"])),
            closes_at=opened_at + LASTS,
            asked_count=circle.memberships.inside().count() - 1,
            last_member_pk=circle.memberships.latest("pk").pk,
            state=Pulse.State.TOLD if "totals" in each else Pulse.State.OPEN,
            totals=each.get("totals"),
        )
        for spec in circle_specs()
        for each in read(f"threads_{spec['language']}").get("pulse", [])
        if each["circle"] == spec["slug"]
    )


def _thread(slug: str, told: dict[str, Any], planted: Planted) -> Thread:
    opened_at = planted.at - timedelta(days=told["days_ago"])
    is_question = "reply_within" in told
    return Thread(
        circle=planted.circles[slug],
        author=planted.people[told["author"]],
        kind=Thread.Kind.QUESTION if is_question else Thread.Kind.MOAN,
        title=told["title"],
        text=told.get("text", "").strip(),
        opened_at=opened_at,
        reply_by=(planted.at + timedelta(days=told["reply_within"])).date() if is_question else None,
        ends_at=None if is_question else opened_at + FORGOTTEN_AFTER,
    )
