"""An objection stops the topic, and nobody can be told who made it: not by a page, and not by a row."""

import pytest
from django.apps import apps

from peerhood import journal
from peerhood.journal.models import Entry
from peerhood.rooms import presence, running
from peerhood.rooms.forum import acknowledging, holding, objecting
from peerhood.rooms.models import Moment, Room
from peerhood.rooms.turns import Stale

SAID = "An objection was made. We leave this topic."


def rows():
    """Every row of every table, as text."""
    return {
        (model._meta.label, str(row.pk)): {
            field.attname: str(getattr(row, field.attname)) for field in model._meta.concrete_fields
        }
        for model in apps.get_models()
        for row in model._base_manager.all()
    }


def written(before, after):
    """What is new or other, as (table, field, value)."""
    return {
        (label, name, value)
        for (label, pk), row in after.items()
        for name, value in row.items()
        if before.get((label, pk), {}).get(name) != value
    }


def test_the_topic_stops_at_once_and_every_screen_says_so(opened, phones, client, ada, ben, chi):
    room = objecting.object_to(opened, phones[0], item_pk=opened.item_id)
    assert room.is_paused()
    pages = []
    for who, path in [(ben, f"/r/{room.code}/"), (chi, f"/r/{room.code}/"), (ada, f"/r/{room.code}/screen/"),
                      (ada, f"/gatherings/{room.gathering_id}/room/")]:  # fmt: skip
        client.force_login(who)
        pages.append(client.get(path).text)
    assert [SAID in page for page in pages] == [True] * 4


def test_control_before_it_no_screen_says_so(opened, client, ben):
    client.force_login(ben)
    page = client.get(f"/r/{opened.code}/").text
    assert SAID not in page
    assert "Stop this topic" in page


def test_what_is_written_is_the_same_whoever_objected(opened, phones):
    before = rows()
    objecting.object_to(opened, phones[0], item_pk=opened.item_id)
    new = written(before, rows())
    assert {label for label, _name, _value in new} == {"rooms.Room", "journal.Entry"}
    entry = Entry.objects.get(name="topic.stopped")
    assert (entry.by, entry.facts, entry.subject_type) == (None, {}, "rooms.room")
    assert not Moment.objects.filter(act="object").exists()
    of_the_room = {name for label, name, _value in new if label == "rooms.Room"}
    assert of_the_room == {"is_stopped", "paused_at", "stopped_topics", "version"}


def test_control_a_journal_that_named_them_would_be_found(opened, phones, ben):
    before = rows()
    journal.record("topic.stopped", opened, by=ben)
    assert ("journal.Entry", "by_id", str(ben.pk)) in written(before, rows())


def test_over_the_wire_no_table_holds_more_of_the_one_who_objected(opened, client, ben):
    client.force_login(ben)
    client.get(f"/r/{opened.code}/")
    before = rows()
    client.post(f"/r/{opened.code}/object/{opened.item_id}/")
    assert {label for label, _name, _value in written(before, rows())} == {"rooms.Room", "journal.Entry"}
    assert Room.objects.get(pk=opened.pk).is_stopped


def test_the_phone_of_the_one_who_objected_shows_what_every_other_shows(opened, client, ben, chi):
    def shown(answer):
        return [line for line in answer.text.splitlines() if "csrf" not in line and "server-now" not in line]

    fragment = {"HX-Request": "true"}
    client.force_login(ben)
    client.get(f"/r/{opened.code}/")
    theirs = client.post(f"/r/{opened.code}/object/{opened.item_id}/", headers=fragment)
    client.force_login(chi)
    others = client.get(f"/r/{opened.code}/", headers=fragment)
    assert SAID in theirs.text
    assert shown(theirs) == shown(others)


def test_two_who_object_stop_it_once(opened, phones):
    first = objecting.object_to(opened, phones[0], item_pk=opened.item_id)
    second = objecting.object_to(opened, phones[1], item_pk=opened.item_id)
    assert second.version == first.version
    assert Entry.objects.filter(name="topic.stopped").count() == 1


def test_an_objection_to_a_topic_that_was_left_stops_nothing(opened, phones, ada):
    topic = opened.item_id
    room = running.next_item(opened, by=ada)
    assert not objecting.object_to(room, phones[0], item_pk=topic).is_stopped
    assert objecting.object_to(room, phones[0], item_pk=room.item_id).is_stopped


def test_in_another_item_nobody_objects(opened, phones, ada):
    room = running.next_item(running.next_item(opened, by=ada), by=ada)
    assert not objecting.object_to(room, phones[0], item_pk=room.item_id).is_stopped


def test_no_item_of_any_number_is_an_error(opened, client, ben):
    client.force_login(ben)
    client.get(f"/r/{opened.code}/")
    assert client.post(f"/r/{opened.code}/object/{10**30}/").status_code == 404


def test_a_phone_that_never_came_in_stops_nothing(opened, client):
    client.post(f"/r/{opened.code}/object/{opened.item_id}/")
    assert not Room.objects.get(pk=opened.pk).is_stopped


def test_the_facilitator_resumes_after_talking_or_goes_on(opened, phones, ada):
    room = objecting.object_to(opened, phones[0], item_pk=opened.item_id)
    resumed = running.resume(room, by=ada)
    assert (resumed.is_stopped, resumed.is_paused()) == (False, False)
    again = objecting.object_to(resumed, phones[0], item_pk=resumed.item_id)
    after = running.next_item(again, by=ada)
    assert (after.is_stopped, after.is_paused()) == (False, False)
    assert after.stopped_topics == ["Risk registers"]


def test_undo_of_going_on_comes_back_to_a_topic_that_is_stopped_still(opened, phones, ada):
    room = objecting.object_to(opened, phones[0], item_pk=opened.item_id)
    back = running.undo(running.next_item(room, by=ada), by=ada)
    assert (back.is_stopped, back.is_paused()) == (True, True)


def test_there_is_no_other_business_and_no_minute_more(opened, ada, evening):
    from peerhood.platform.refusals import Refusal

    with pytest.raises(Refusal):
        running.go_to(opened, evening.agenda.last(), by=ada)
    with pytest.raises(Stale):
        running.add_minute(opened, by=ada)


def test_control_elsewhere_there_is(opened, ada, evening):
    room = running.next_item(running.next_item(opened, by=ada), by=ada)
    assert running.add_minute(room, by=ada).version > room.version
    assert running.go_to(room, evening.agenda.first(), by=ada).item == evening.agenda.first()


def test_while_the_room_waits_there_is_no_topic_to_object_to(waiting, phones):
    acknowledging.acknowledge(waiting, phones[0])
    assert not objecting.object_to(waiting, phones[0], item_pk=waiting.item_id).is_stopped
    assert holding.is_waiting(waiting)


def test_a_guest_may_object_as_well(opened, client):
    token = presence.enter(opened)
    acknowledging.acknowledge(opened, presence.recognise(opened, token=token))
    client.cookies["room"] = token
    client.post(f"/r/{opened.code}/object/{opened.item_id}/")
    assert Room.objects.get(pk=opened.pk).is_stopped
