"""Stories: the recaps of the last gatherings, and an article for those who come first."""

from datetime import timedelta
from typing import Any

from django.utils.text import slugify

from peerhood.demo.network.content import circle_specs, read
from peerhood.demo.network.planted import Planted
from peerhood.demo.network.rows import plant
from peerhood.stories.models import Story

RECAP_AFTER = timedelta(days=3)


def plant_stories(planted: Planted) -> str:
    stories = plant(
        _story(told, spec, planted)
        for spec in circle_specs()
        for told in read(f"stories_{spec['language']}")["story"]
        if told["circle"] == spec["slug"]
    )
    return (
        f"{len(stories)} stories, {sum(story.gathering_id is not None for story in stories)} of them recaps"
    )


def _story(told: dict[str, Any], spec: dict[str, Any], planted: Planted) -> Story:
    story = Story(
        circle=planted.circles[spec["slug"]],
        author=planted.people[told["author"]],
        title=told["title"],
        slug=slugify(told["title"]),
        teaser=told["teaser"],
        text=told["text"].strip(),
        language=spec["language"],
    )
    if "theme" in told:
        # The last time the circle held it.
        held = read("themes")["schedule"][spec["slug"]]["held"]
        story.gathering = dict(zip(held, planted.past[spec["slug"]], strict=True))[told["theme"]]
        story.published_at = min(story.gathering.ends_at + RECAP_AFTER, planted.at - timedelta(hours=1))
    else:
        story.published_at = planted.at - timedelta(days=told["days_ago"])
    story.created_at = story.published_at - timedelta(days=1)
    return story
