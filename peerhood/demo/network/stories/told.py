"""Stories: the recaps of the last gatherings, an article for those who come first, their topics and who wrote along."""

from datetime import timedelta
from typing import Any

from django.utils.text import slugify

from peerhood.demo.network.content import circle_specs, read
from peerhood.demo.network.planted import Planted
from peerhood.demo.network.rows import plant
from peerhood.people.models import Person
from peerhood.stories.models import CoAuthor, Revision, Story, Topic

RECAP_AFTER = timedelta(days=3)


def plant_stories(planted: Planted) -> str:
    telling = [
        (told, spec)
        for spec in circle_specs()
        for told in read(f"stories_{spec['language']}")["story"]
        if told["circle"] == spec["slug"]
    ]
    stories = plant(_story(told, spec, planted) for told, spec in telling)
    plant(
        Revision(story=story, version=0, **_words(story), by=story.author, at=story.created_at)
        for story in stories
    )
    told_of = [(story, told) for story, (told, _spec) in zip(stories, telling, strict=True)]
    _plant_topics(told_of)
    plant(
        CoAuthor(
            story=story,
            person=planted.people[told["with"]],
            asked_by=story.author,
            asked_at=story.created_at,
            agreed_at=story.created_at,
            affiliations=_employer_of(planted.people[told["with"]], planted),
        )
        for story, told in told_of
        if "with" in told
    )
    return (
        f"{len(stories)} stories, {sum(story.gathering_id is not None for story in stories)} of them recaps"
    )


def _plant_topics(told_of: list[tuple[Story, dict[str, Any]]]) -> None:
    names = dict.fromkeys(name for _story, told in told_of for name in told.get("topics", []))
    topics = {topic.name: topic for topic in plant(Topic(name=name, slug=slugify(name)) for name in names)}
    plant(
        Story.topics.through(story=story, topic=topics[name])
        for story, told in told_of
        for name in told.get("topics", [])
    )


def _words(story: Story) -> dict[str, str]:
    return {"title": story.title, "teaser": story.teaser, "text": story.text}


def _employer_of(person: Person, planted: Planted) -> str:
    employer = planted.employer_of.get(person.pk)
    return employer.name if employer else ""


def _story(told: dict[str, Any], spec: dict[str, Any], planted: Planted) -> Story:
    story = Story(
        circle=planted.circles[spec["slug"]],
        author=planted.people[told["author"]],
        title=told["title"],
        slug=slugify(told["title"]),
        teaser=told["teaser"],
        text=told["text"].strip(),
        affiliations=_employer_of(planted.people[told["author"]], planted),
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
