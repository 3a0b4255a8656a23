"""Of a gathering with a confidential item the method is told, and the site writes it."""

import pytest

from peerhood.gatherings.models import AgendaItem
from peerhood.platform.refusals import Refusal
from peerhood.rooms.formats import adopting
from peerhood.stories import publishing
from peerhood.stories.models import Story
from peerhood.stories.recaps import method_only

Level = AgendaItem.Confidentiality


@pytest.fixture
def closed(past_supper, ada):
    add = past_supper.agenda.create
    add(position=1, kind="talk", title="Opentitle", length_minutes=20, speaker="Eve Ek")
    item = add(
        position=2, kind="format", title="Secrettitle", length_minutes=45, confidentiality=Level.CONFIDENTIAL
    )
    adopting.adopt(item, "fishbowl", by=ada)
    item.format.recipe["name"] = "The takeover of Lindvik"
    item.format.save()
    return type(past_supper).objects.get(pk=past_supper.pk)


def test_it_tells_kind_minutes_and_format_and_nothing_else(client, closed, ada):
    story = publishing.publish(method_only.draft(closed, by=ada), by=ada)
    page = client.get(story.get_absolute_url()).text
    assert ("Talk, 20 minutes" in page, "Fishbowl with an open chair, 45 minutes" in page) == (True, True)
    told = page.split("<main")[1].split("</main>")[0]
    assert [
        w for w in ("Opentitle", "Secrettitle", "Lindvik", "Eve", "Ada", "Supper", "<time") if w in told
    ] == []
    assert 'name="robots" content="noindex"' in page


def test_nobodys_words_are_put_into_it(as_, closed, ada):
    story = method_only.draft(closed, by=ada)
    with pytest.raises(Refusal):
        publishing.edit(story, by=ada, version=0, title="x", teaser="", text="Lindvik is for sale.")
    path = f"{story.get_absolute_url()}edit/"
    assert as_(ada).post(path, {"title": "x", "text": "y", "version": 0}).status_code == 409


def test_control_a_story_of_words_is_still_refused(as_, client, closed, ada):
    with pytest.raises(Refusal):
        publishing.write(closed, by=ada, title="x", text="Lindvik is for sale.")
    story = method_only.draft(closed, by=ada)
    publishing.publish(story, by=ada)
    Story.objects.update(is_method_only=False)
    assert client.get(f"{story.get_absolute_url()}?again=1").status_code == 404


def test_the_writer_finds_the_way_and_it_is_one_however_often(as_, closed, ada, ben):
    page = as_(ada).get(f"/stories/new/?gathering={closed.pk}")
    assert (page.status_code, "Draft the method alone" in page.text) == (409, True)
    for _time in range(2):
        assert as_(ada).post(f"/stories/new/method/?gathering={closed.pk}").status_code == 302
    assert Story.objects.count() == 1
    assert as_(ben).post(f"/stories/new/method/?gathering={closed.pk}").status_code == 403


def test_where_more_may_be_told_it_is_not_needed(past_supper, ada):
    with pytest.raises(Refusal):
        method_only.draft(past_supper, by=ada)
