"""A recap draft out of what the room collected: as much of it as the level lets be told, and names flagged."""

import pytest
from django.core.exceptions import PermissionDenied

from peerhood.gatherings import looking_back
from peerhood.gatherings.models import AgendaItem
from peerhood.people.models import Employer
from peerhood.platform.refusals import Refusal
from peerhood.rooms.formats import adopting
from peerhood.rooms.models import Room
from peerhood.stories import harvesting
from peerhood.stories.models import Story

pytestmark = pytest.mark.django_db
CANARY = "Kanariefågel"


@pytest.fixture
def item(past_supper, ada):
    item = past_supper.agenda.create(
        position=2, kind=AgendaItem.Kind.FORMAT, title="Fish and bowls", length_minutes=40
    )
    adopting.adopt(item, "fishbowl", by=ada)
    return AgendaItem.objects.get(pk=item.pk)


@pytest.fixture
def collected(past_supper, item):
    """A pot of six notes, one of them with four stars and under a heading."""
    room = Room.objects.create(gathering=past_supper, code="KAFFE-42")
    pot = room.pots.create(
        item=item, ask=f"{CANARY} asked?", present_count=6, fewest_present=5, fewest_notes=3, state="poured"
    )
    heading = pot.groups.create(title=f"{CANARY} heading", position=1)
    for number in range(6):
        pot.notes.create(text=f"{CANARY} note {number}", nullifier=str(number))
    pot.notes.filter(text__endswith="5").update(group=heading, dots=4)
    return pot


def fresh(gathering, level=""):
    """As the database has it, with every item at this level."""
    if level:
        gathering.agenda.update(confidentiality=level)
    return type(gathering).objects.select_related("circle").get(pk=gathering.pk)


def draft(gathering, by):
    return harvesting.draft_recap(gathering, by=by)


def test_of_an_open_gathering_it_tells_what_was_written_and_how(past_supper, collected, ada):
    story = draft(past_supper, ada)
    assert (story.title, story.author, story.is_published()) == ("Supper", ada, False)
    text = story.text
    assert text.index("## Fish and bowls") < text.index("Fishbowl") < text.index(f"**{CANARY} asked?**")
    assert text.index(f"### {CANARY} heading") < text.index(f"- {CANARY} note 5 (4 stars)")
    assert text.count("- ") == 6


def test_under_the_rule_it_tells_that_too_and_not_which_gathering_it_was(past_supper, collected, ada):
    story = draft(fresh(past_supper, "chatham"), ada)
    assert f"{CANARY} note 0" in story.text
    assert [said for said in (story.title, story.slug, story.text) if "supper" in said.lower()] == []


def test_of_an_agenda_only_gathering_it_tells_the_topics_and_the_method(past_supper, collected, ada):
    looking_back.note(past_supper, f"{CANARY} of the host", by=ada)
    story = draft(fresh(past_supper, "agenda-only"), ada)
    assert CANARY not in story.title + story.slug + story.teaser + story.text
    assert "Fish and bowls" in story.text
    assert "How we did it: Fishbowl with an open chair, with the steps" in story.text
    assert "6 notes were collected." in story.text


def test_control_with_the_cell_of_the_table_turned_the_notes_are_in_it(
    past_supper, collected, ada, monkeypatch
):
    from peerhood.gatherings.confidentiality import TABLE, Level, Surface, WriteUp

    cells = {**TABLE[Level.AGENDA_ONLY].cells, Surface.WRITE_UP: WriteUp.UNNAMED}
    turned = type(TABLE[Level.AGENDA_ONLY])(means="", cells=cells)
    monkeypatch.setitem(TABLE, Level.AGENDA_ONLY, turned)
    assert CANARY in draft(fresh(past_supper, "agenda-only"), ada).text


def test_so_few_notes_that_a_number_would_tell_are_not_counted(past_supper, collected, ada):
    collected.notes.filter(text__endswith="5").update(is_hidden=True)
    collected.notes.filter(text__endswith="4").delete()
    assert "collected" not in draft(fresh(past_supper, "agenda-only"), ada).text


def test_one_strict_item_decides_for_all(past_supper, collected, ada):
    past_supper.agenda.create(
        position=3, kind="talk", title="Prices", length_minutes=5, confidentiality="agenda-only"
    )
    assert CANARY not in draft(fresh(past_supper), ada).text


def test_of_a_confidential_gathering_there_is_no_draft(past_supper, collected, ada):
    with pytest.raises(Refusal):
        draft(fresh(past_supper, "confidential"), ada)
    assert not Story.objects.exists()


@pytest.mark.parametrize(
    ("level", "is_told"), [("agenda-only", False), ("confidential", False), ("chatham", True)]
)
def test_a_step_that_was_stricter_than_its_item_keeps_its_own_pot(
    past_supper, collected, ada, level, is_told
):
    past_supper.room.pots.create(
        item=collected.item, present_count=6, fewest_present=5, fewest_notes=3, state="poured"
    ).notes.create(text="Open words", nullifier="open")
    collected.level = level
    collected.save()
    text = draft(past_supper, ada).text
    assert ("Open words" in text, CANARY in text) == (True, is_told)


def test_hidden_notes_and_what_was_never_poured_are_not_in_it(past_supper, collected, ada):
    collected.notes.filter(text__endswith="0").update(is_hidden=True)
    text = draft(past_supper, ada).text
    assert ("note 0" in text, "note 1" in text) == (False, True)
    Story.objects.all().delete()
    collected.state = "held-back"
    collected.save()
    with pytest.raises(Refusal, match="Nothing was poured out"):
        draft(past_supper, ada)


def test_asked_for_twice_it_is_one_draft(past_supper, collected, ada):
    assert draft(past_supper, ada) == draft(past_supper, ada)
    assert Story.objects.count() == 1


def test_those_who_ran_the_gathering_make_it_and_nobody_else(past_supper, collected, ben, dot):
    for person in (ben, dot):
        with pytest.raises(PermissionDenied):
            draft(past_supper, person)


def test_an_item_taken_off_the_agenda_keeps_its_notes_in_the_draft(past_supper, collected, item, ada):
    item.delete()
    assert "## Also in the room" in draft(fresh(past_supper), ada).text


# The pages.


@pytest.fixture
def desk(client, ada, past_supper):
    client.force_login(ada)
    return f"/stories/new/?gathering={past_supper.pk}"


def test_the_desk_begins_a_draft_from_the_room_by_one_button(client, desk, collected, past_supper):
    assert "Begin a draft from the room" in client.get(desk).text
    response = client.post(f"/stories/new/harvest/?gathering={past_supper.pk}")
    assert response.url == f"/stories/{Story.objects.get().slug}/edit/"
    assert f"{CANARY} note 0" in client.get(response.url).text


def test_where_nothing_was_collected_the_desk_offers_none(client, desk):
    assert "Begin a draft from the room" not in client.get(desk).text


def test_names_are_put_before_the_writer_with_their_sentences_and_publishing_is_asked_not_stopped(
    client, desk, collected, past_supper, ada, ben
):
    ben.affiliations.create(employer=Employer.objects.create(name="Lindvik AB"))
    collected.notes.filter(text__endswith="1").update(text="Better. Bens way, as at Lindvik.")
    story = draft(past_supper, ada)
    for path in (f"/stories/{story.slug}/edit/", f"/stories/{story.slug}/"):
        page = client.get(path).text
        assert "2 names in it." in page
        assert "Bens way, as at Lindvik.</q>" in page
        assert "Lindvik AB</strong> (where somebody works)" in page
    client.post(f"/stories/{story.slug}/publication/")
    assert Story.objects.get().is_published()
    assert 'id="names"' not in client.get(f"/stories/{story.slug}/").text


def test_a_text_without_names_asks_nothing(client, desk, collected, past_supper, ada):
    assert 'id="names"' not in client.get(f"/stories/{draft(past_supper, ada).slug}/edit/").text


def test_a_preview_is_looked_through_as_well(client, desk):
    page = client.post(desk, {"title": "T", "teaser": "", "text": "Chi said so.", "preview": "1"}).text
    assert "<strong>Chi</strong>" in page


def test_whoever_wrote_it_and_has_left_does_not_learn_who_was_there(client, past_supper, collected, chi, ada):
    past_supper.hosts.add(chi)
    story = draft(past_supper, chi)
    Story.objects.update(text="Ben was there.")
    client.force_login(chi)
    assert 'id="names"' in client.get(f"/stories/{story.slug}/edit/").text
    past_supper.hosts.remove(chi)
    assert 'id="names"' not in client.get(f"/stories/{story.slug}/edit/").text
