import pytest
from django.core.exceptions import PermissionDenied
from django.utils import translation
from django.utils.translation import gettext

from peerhood.gatherings.models import AgendaItem
from peerhood.journal.models import Entry
from peerhood.rooms import presence, running
from peerhood.rooms.formats import stepping
from peerhood.rooms.forum import acknowledging, holding
from peerhood.rooms.models import Participant, Room
from peerhood.rooms.turns import Stale


def fresh(room):
    return Room.objects.get(pk=room.pk)


def test_the_clock_waits_until_all_have_acknowledged(waiting, phones):
    assert waiting.is_paused()
    for phone in phones[:2]:
        assert acknowledging.acknowledge(waiting, phone).is_paused()
    opened = acknowledging.acknowledge(waiting, phones[2])
    assert not opened.is_paused()
    assert opened.went_on_without == 0
    assert (opened.item_ends_at - opened.item_started_at).total_seconds() >= 20 * 60


def test_control_an_item_of_another_level_waits_for_nobody(room, phones, ada):
    room.gathering.agenda.update(confidentiality="confidential")
    started = running.start(room, by=ada)
    assert not started.is_paused()
    assert acknowledging.acknowledge(started, phones[0]).version == started.version
    assert not Participant.objects.filter(has_acknowledged=True).exists()


def test_acknowledging_twice_counts_once_and_tells_nobody_again(waiting, phones):
    version = acknowledging.acknowledge(waiting, phones[0]).version
    assert acknowledging.acknowledge(waiting, phones[0]).version == version
    assert acknowledging.missing_count(waiting) == 2


def test_it_is_kept_without_a_time_and_without_a_person_in_the_journal(waiting, phones):
    for phone in phones:
        acknowledging.acknowledge(waiting, phone)
    times = [field.name for field in Participant._meta.fields if "Time" in type(field).__name__]
    assert times == []
    entry = Entry.objects.get(name="room.reminded")
    assert (entry.by, entry.facts) == (None, {"without": 0})


def test_the_facilitator_goes_on_without_and_how_many_is_written_down(waiting, phones, ada):
    acknowledging.acknowledge(waiting, phones[0])
    room = acknowledging.go_on_without(waiting, by=ada, version=waiting.version)
    assert (room.went_on_without, room.is_paused()) == (2, False)
    with pytest.raises(Stale):
        acknowledging.go_on_without(room, by=ada)


def test_only_who_facilitates_goes_on_without(waiting, ben):
    with pytest.raises(PermissionDenied):
        acknowledging.go_on_without(waiting, by=ben)


def test_undo_of_going_on_waits_again(waiting, phones, ada):
    room = running.undo(acknowledging.go_on_without(waiting, by=ada), by=ada)
    assert holding.is_waiting(room)
    assert room.is_paused()


def test_a_room_that_nobody_is_in_waits_too(room, ada):
    started = running.start(room, by=ada)
    assert started.is_paused()
    assert acknowledging.go_on_without(started, by=ada).went_on_without == 0


def test_resume_is_no_way_round_the_reminder(waiting, ada):
    with pytest.raises(Stale):
        running.resume(waiting, by=ada)


def test_control_resume_works_where_nothing_waits(opened, ada):
    assert not running.resume(running.pause(opened, by=ada), by=ada).is_paused()


def test_the_next_topic_does_not_ask_again(opened, ada):
    room = running.next_item(opened, by=ada)
    assert holding.in_forum(room)
    assert not room.is_paused()


def test_who_comes_late_is_asked_and_nobody_waits_for_them(opened, client, dot):
    client.force_login(dot)
    page = client.get(f"/r/{opened.code}/").text
    assert "I have read this and keep to it" in page
    assert "Risk registers" not in page
    assert not fresh(opened).is_paused()
    client.post(f"/r/{opened.code}/acknowledge/")
    assert "Risk registers" in client.get(f"/r/{opened.code}/").text


def test_a_step_is_no_way_round_the_reminder(waiting, ada, evening):
    from peerhood.rooms.formats.recipe import Part, Recipe, Step
    from peerhood.rooms.models import Format

    running.undo(waiting, by=ada)
    item = evening.agenda.first()
    AgendaItem.objects.filter(pk=item.pk).update(kind="format")
    two = Recipe("tried", "Tried", parts=(Part((Step("First", seconds=60), Step("Second", seconds=60))),))
    Format.objects.create(item=item, key="tried", recipe=two.as_data())
    started = running.start(fresh(waiting), by=ada)
    with pytest.raises(Stale):
        stepping.next_step(started, by=ada)
    opened = acknowledging.go_on_without(started, by=ada)
    assert stepping.next_step(opened, by=ada).place == "0.1.1"


def test_a_phone_that_has_not_acknowledged_shows_the_reminder_alone_in_english_and_swedish(
    waiting, client, ben
):
    client.force_login(ben)
    page = client.get(f"/r/{waiting.code}/").text
    assert page.count("<form") == 1
    assert "prices, discounts, costs or margins;" in page
    assert "Risk registers" not in page
    ben.language = "sv"
    ben.save()
    swedish = client.get(f"/r/{waiting.code}/").text
    assert '<html lang="sv"' in swedish
    with translation.override("sv"):
        assert gettext("I have read this and keep to it") in swedish


def test_the_screens_count_and_name_nobody(waiting, phones, client, ada):
    acknowledging.acknowledge(waiting, phones[0])
    client.force_login(ada)
    run = client.get(f"/gatherings/{waiting.gathering_id}/room/").text
    assert "<strong>1</strong> has acknowledged the reminder." in run
    assert "<strong>2</strong> have not." in run
    assert "Go on without the rest" in run
    assert "+ 1 minute" not in run
    assert "Ben" not in run
    assert "Chi" not in run
    assert "We begin when everybody has read it." in client.get(f"/r/{waiting.code}/screen/").text


def test_in_a_room_without_such_an_item_nothing_changes(room, phones, client, ada, ben):
    room.gathering.agenda.update(confidentiality="chatham")
    running.start(room, by=ada)
    client.force_login(ben)
    page = client.get(f"/r/{room.code}/").text
    assert "Risk registers" in page
    assert "object" not in page
    client.force_login(ada)
    run = client.get(f"/gatherings/{room.gathering_id}/room/").text
    assert "+ 1 minute" in run
    assert "The minutes" not in run


def test_a_new_phone_starts_out_as_one_that_has_not(opened):
    phone = presence.recognise(opened, token=presence.enter(opened))
    assert not phone.has_acknowledged
