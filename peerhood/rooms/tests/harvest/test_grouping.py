"""Notes under headings: made, filled, renamed and removed in one act, and never lost to another facilitator."""

import re

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from peerhood.gatherings.models import AgendaItem
from peerhood.journal.models import Entry
from peerhood.platform.refusals import Refusal
from peerhood.rooms import running
from peerhood.rooms.harvest import grouping
from peerhood.rooms.harvest.gathered import gathered_in
from peerhood.rooms.harvest.grouping import NEW, Grouping
from peerhood.rooms.models import NoteGroup, Room
from peerhood.rooms.pot import moderating

pytestmark = pytest.mark.django_db


def keys(pot, *numbers):
    return [str(pot.notes.get(text=f"Note {number}").pk) for number in numbers]


def under(gathering):
    """What stands under which heading."""
    (gathered,) = gathered_in(gathering)
    return {str(each.group or ""): {note.text[-1] for note in each.notes} for each in gathered.headings}


def arrange(pot, by, **how):
    pot.refresh_from_db()
    return grouping.arrange(pot, Grouping(**how), by=by, version=pot.grouping_version)


@pytest.fixture
def grouped(noted, ada):
    """Notes 0 and 1 under "Less"."""
    return arrange(noted, ada, new_title=" Less ", places=dict.fromkeys(keys(noted, 0, 1), NEW))


def test_a_new_heading_takes_its_notes_and_the_rest_stand_without_one(grouped, afternoon):
    assert under(afternoon) == {"Less": {"0", "1"}, "": {"2", "3", "4", "5"}}


def test_the_screens_show_the_notes_under_their_headings(noted, client, ada, commit):
    room = noted.room
    pages = [reverse(f"rooms:{name}", args=[room.code]) for name in ("screen", "phone")]
    assert not any("under-headings" in client.get(page).text for page in pages)
    version = Room.objects.get().version
    under_less = dict.fromkeys(keys(noted, 3, 4), NEW)
    commit(arrange, noted, ada, new_title="Less", places=under_less)
    assert Room.objects.get().version == version + 1
    for page in pages:
        text = client.get(page).text
        headings = re.findall(r"<section><h2[^>]*>(.*?)</h2>", text)
        assert headings == ["Less", "Without a heading"]
        under, rest = text.split("Without a heading")
        assert {f"Note {number}" in under for number in (3, 4)} == {True}
        assert {f"Note {number}" in rest for number in (0, 1, 2, 5)} == {True}


def test_one_act_renames_moves_and_makes(grouped, afternoon, ada):
    less = str(grouped.groups.get().pk)
    moved = {keys(grouped, 0)[0]: NEW, keys(grouped, 2)[0]: less}
    arrange(grouped, ada, titles={less: "Fewer"}, new_title="More", places=moved)
    assert under(afternoon) == {"Fewer": {"1", "2"}, "More": {"0"}, "": {"3", "4", "5"}}
    assert list(grouped.groups.values_list("title", flat=True)) == ["Fewer", "More"]


def test_an_emptied_heading_is_removed_and_its_notes_stay(grouped, afternoon, ada):
    less = str(grouped.groups.get().pk)
    arrange(grouped, ada, titles={less: " "}, places=dict.fromkeys(keys(grouped, 0, 1, 2), less))
    assert under(afternoon) == {"": set("012345")}
    assert not NoteGroup.objects.exists()


def test_whoever_saves_from_an_older_grouping_is_refused_and_nothing_changes(grouped, afternoon, ada):
    with pytest.raises(grouping.Conflict):
        grouping.arrange(grouped, Grouping(places=dict.fromkeys(keys(grouped, 0), "")), by=ada, version=0)
    assert under(afternoon)["Less"] == {"0", "1"}


def test_that_the_room_goes_on_is_no_conflict(grouped, afternoon, ada):
    running.next_item(Room.objects.get(), by=ada)
    arrange(grouped, ada, places=dict.fromkeys(keys(grouped, 0), ""))
    assert under(afternoon)["Less"] == {"1"}


def test_notes_are_grouped_after_the_room_has_closed_too(noted, afternoon, ada):
    running.close_room(Room.objects.get(), by=ada)
    arrange(noted, ada, new_title="Less", places=dict.fromkeys(keys(noted, 3), NEW))
    assert under(afternoon)["Less"] == {"3"}


def test_facilitators_group_and_members_do_not(noted, ben):
    with pytest.raises(PermissionDenied):
        arrange(noted, ben, new_title="Mine")
    assert not NoteGroup.objects.exists()


def test_a_note_cannot_go_under_a_heading_that_has_no_name_or_is_none_of_this_pot(grouped, ada, full_room):
    with pytest.raises(Refusal, match="a name"):
        arrange(grouped, ada, places=dict.fromkeys(keys(grouped, 2), NEW))
    other = full_room.pots.create(present_count=6, fewest_present=5, fewest_notes=3, state="poured")
    theirs = str(other.groups.create(title="Theirs", position=1).pk)
    for how in ({"places": dict.fromkeys(keys(grouped, 2), theirs)}, {"titles": {theirs: "x"}}, {"titles": {"9" * 30: "x"}}):  # fmt: skip
        with pytest.raises(NoteGroup.DoesNotExist):
            arrange(grouped, ada, **how)
    assert NoteGroup.objects.get(pk=theirs).title == "Theirs"


def test_what_nobody_has_seen_cannot_be_grouped(pot, ada):
    with pytest.raises(Refusal, match="no notes"):
        arrange(pot, ada, new_title="Early")


def test_the_journal_says_that_notes_were_grouped_and_not_which(grouped):
    entry = Entry.objects.get(name="notes.grouped")
    told = str(vars(entry))
    assert [word for word in ("Less", "Note", *keys(grouped, 0, 1)) if word in told] == []


# The page.


@pytest.fixture
def page(client, ada, afternoon):
    client.force_login(ada)
    return f"/gatherings/{afternoon.pk}/room/harvest/"


def test_the_page_groups_with_one_form_and_no_script(noted, client, page, afternoon):
    sent = {"version": 0, "new_title": "Less", f"note-{keys(noted, 4)[0]}": NEW}
    response = client.post(f"{page}{noted.pk}/group/", sent, follow=True)
    assert under(afternoon)["Less"] == {"4"}
    assert '<h3 lang="en">Less</h3>' in response.text


def test_of_two_who_group_at_once_the_second_sees_both(grouped, client, page, afternoon):
    mine = {"version": 0, "new_title": "More", f"note-{keys(grouped, 0)[0]}": NEW}
    response = client.post(f"{page}{grouped.pk}/group/", mine)
    assert response.status_code == 409
    assert "Somebody else saved first" in response.text
    assert 'value="More"' in response.text
    assert under(afternoon) == {"Less": {"0", "1"}, "": {"2", "3", "4", "5"}}
    less = f"title-{grouped.groups.get().pk}"
    client.post(f"{page}{grouped.pk}/group/", mine | {"version": 1, less: "Less"})
    assert under(afternoon) == {"Less": {"1"}, "More": {"0"}, "": {"2", "3", "4", "5"}}


@pytest.mark.parametrize("wrong", [{"note": "9" * 40}, {"title": "x"}])
def test_a_heading_that_is_not_there_is_not_found(noted, client, page, wrong):
    sent = {"version": 0}
    sent |= {f"note-{keys(noted, 0)[0]}": wrong["note"]} if "note" in wrong else {"title-999": "x"}
    assert client.post(f"{page}{noted.pk}/group/", sent).status_code == 404


def test_a_pot_beyond_the_databases_numbers_is_not_found(noted, client, page):
    assert client.post(f"{page}{10**30}/group/", {"version": 0}).status_code == 404
    assert client.post(f"{page}{noted.pk}/group/", {"version": "²", "new_title": "\0"}).status_code == 409


def test_what_is_hidden_is_not_on_the_page(noted, client, page, ada):
    moderating.hide(noted.room, noted.notes.get(text="Note 1"), by=ada)
    text = client.get(page).text
    assert ("Note 1" in text, "Note 2" in text) == (False, True)


def test_the_page_is_there_after_the_room_has_closed(noted, client, page, ada):
    running.close_room(Room.objects.get(), by=ada)
    text = client.get(page).text
    assert "Note 3" in text
    assert "Let everybody star" not in text


def test_the_run_page_leads_to_the_harvest_open_or_closed(noted, client, page, ada):
    run = page.removesuffix("harvest/")
    assert f'href="{page}"' in client.get(run).text
    running.close_room(Room.objects.get(), by=ada)
    assert f'href="{page}"' in client.get(run).text


def test_the_goodbye_leads_facilitators_there_and_nobody_else(noted, client, page, ada, ben):
    running.close_room(Room.objects.get(), by=ada)
    goodbye = f"/r/{noted.room.code}/"
    client.cookies.clear()
    seen = []
    for somebody in (ada, ben, None):
        client.force_login(somebody) if somebody else client.logout()
        seen.append(f'href="{page}"' in client.get(goodbye).text)
    assert seen == [True, False, False]


@pytest.mark.parametrize("pots", [1, 12])
def test_the_page_asks_the_database_as_often_for_one_pot_as_for_twelve(
    room, client, page, pots, django_assert_max_num_queries
):
    for number in range(pots):
        item = room.gathering.agenda.all()[number % 5]
        made = room.pots.create(item=item, present_count=6, fewest_present=5, fewest_notes=3, state="poured")
        heading = made.groups.create(title="Less", position=1)
        for note in range(5):
            made.notes.create(text=f"Note {note}", nullifier=f"{number} {note}", group=heading)
    with django_assert_max_num_queries(14):
        assert client.get(page).text.count("<h3") == pots


# Stars.


def test_everybody_stars_from_the_harvest_and_only_totals_are_told(
    noted, client, page, outside, pour, commit
):
    from peerhood.rooms.pot import drawing

    assert "Let everybody star" in client.get(page).text
    room = Room.objects.get()
    commit(client.post, page.replace("harvest", "pot/dots"), {"version": room.version, "votes_each": 3})
    stars = room.pots.get(kind="dots")
    assert "Let everybody star" not in client.get(page).text
    first, second = keys(noted, 2, 0)
    for phone in room.participants.all()[:5]:
        outside.hand_in(stars, drawing.draw(stars.room, phone), f"{first} {first} {second}")
    pour(stars)
    text = client.get(page).text
    assert ("10 stars" in text, "5 stars" in text) == (True, True)
    assert text.index("Note 2") < text.index("Note 0") < text.index("Note 1")
    assert "Let everybody star" not in text


def test_notes_of_the_last_pot_are_starred_while_it_is_the_last(noted, client, page, ada, go_to):
    go_to(Room.objects.get(), AgendaItem.Kind.MIXING)
    assert "Let everybody star" in client.get(page).text


def test_before_the_room_is_open_the_page_says_what_will_be_here(client, afternoon, ada):
    client.force_login(ada)
    assert "Nothing has been poured out yet." in client.get(f"/gatherings/{afternoon.pk}/room/harvest/").text
