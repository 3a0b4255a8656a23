"""Two at once: a story whose time has come is told once, two saves lose no text, and no picture's number is given twice."""

import io
from datetime import timedelta

import pytest
from django.utils.timezone import now
from PIL import Image

from peerhood.journal.models import Entry
from peerhood.stories import publishing
from peerhood.stories.models import Picture, Story
from peerhood.stories.pictures import adding
from tests.threads import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def story(makers, ben):
    return publishing.write_in(makers, by=ben, title="Ours", text="First.")


@pytest.fixture
def due(story, ben):
    publishing.publish(story, by=ben, at=now() + timedelta(hours=1))
    Story.objects.update(published_at=now())
    return story


def told_count():
    return Entry.objects.filter(name="story.published").count()


def test_two_workers_tell_of_a_story_once(due):
    at_once(*[publishing.announce_all_due] * 4)
    assert told_count() == 1


def test_control_without_looking_again_it_would_be_told_by_each(due, monkeypatch):
    # What the second of two workers would do with what it read before the first wrote.
    monkeypatch.setattr(publishing, "locked", lambda story: story)
    read_by_each = [Story.objects.select_related("gathering").get(pk=due.pk) for _worker in range(2)]
    for story in read_by_each:
        publishing.announce(story)
    assert told_count() == 2


def test_of_two_saves_from_one_version_one_is_kept_and_the_other_is_told(story, ben):
    def save(text):
        try:
            publishing.edit(story, by=ben, version=0, text=text)
        except publishing.Conflict as conflict:
            return conflict.story.text
        return text

    results = at_once(lambda: save("Mine"), lambda: save("Yours"))
    story.refresh_from_db()
    assert (story.version, story.revisions.count()) == (1, 2)
    assert set(results) == {story.text}


def test_two_pictures_at_once_have_two_numbers(story, ben):
    written = io.BytesIO()
    Image.new("RGB", (4, 4)).save(written, "PNG")
    add = {"by": ben, "content": written.getvalue(), "alt": "A", "credit": "B"}
    at_once(*[lambda: adding.add(story, **add)] * 3)
    assert list(Picture.objects.values_list("number", flat=True)) == [1, 2, 3]
