"""Change one gathering of a series, or that one and all that follow."""

from datetime import time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied

from peerhood.gatherings import agenda, planning, rsvp
from peerhood.gatherings.agenda import Line
from peerhood.gatherings.models import Gathering
from peerhood.gatherings.series import following, scheduling
from peerhood.gatherings.tests.test_organising import filled
from peerhood.journal.models import Entry
from peerhood.notices.models import Mail

pytestmark = pytest.mark.django_db
STOCKHOLM = ZoneInfo("Europe/Stockholm")


@pytest.fixture
def three(afternoons, ada):
    """Three dates of a series: the first and the second announced, the third a draft."""
    drafted = [scheduling.draft(afternoons, by=ada) for _ in range(3)]
    return [*(planning.publish(one, by=ada, purpose="To meet.") for one in drafted[:2]), drafted[2]]


def seen(gatherings):
    return {one.pk: one.version for one in gatherings}


def again(gatherings):
    return [Gathering.objects.get(pk=one.pk) for one in gatherings]


def local(gathering):
    return gathering.starts_at.astimezone(STOCKHOLM)


def test_all_that_follow_get_what_was_changed_and_keep_their_days(three, afternoons, ada):
    first, second, third = three
    planning.edit(second, by=ada, version=second.version, words="Its own words", directions="Its own way")
    first, second, third = again(three)
    earlier = local(first).replace(hour=9, minute=30) + timedelta(days=1)
    outcome = following.edit_all(
        first,
        by=ada,
        version=first.version,
        seen=seen([second, third]),
        place_name="The mill",
        starts_at=earlier,
        words="Only mine",
    )
    now_first, now_second, now_third = again(three)
    assert outcome.changed == [second, third]
    assert [one.place_name for one in (now_first, now_second, now_third)] == ["The mill"] * 3
    # The clock is passed on, the day is not.
    assert local(now_first).date() == earlier.date()
    for before, after in ((second, now_second), (third, now_third)):
        assert local(after).date() == local(before).date()
        assert local(after).time() == time(9, 30)
        assert after.wall_clock == time(9, 30)
    # What was not changed stays everybody's own.
    assert (now_second.words, now_second.directions) == ("Its own words", "Its own way")
    afternoons.refresh_from_db()
    assert (afternoons.place_name, afternoons.starts_at_time) == ("The mill", time(9, 30))
    edited = Entry.objects.filter(name="gathering.edited", facts__changed=["place_name", "starts_at"])
    assert [int(entry.subject_id) for entry in edited] == [second.pk, third.pk]


def test_only_this_one_changes_this_one(three, ada):
    first, second, _third = three
    planning.edit(first, by=ada, version=first.version, place_name="The mill")
    assert Gathering.objects.get(pk=second.pk).place_name == second.place_name


def test_what_has_begun_was_cancelled_or_comes_before_stays(three, afternoons, ada, gathering, makers):
    first, second, third = three
    planning.cancel(third, by=ada)
    elsewhere = gathering(makers, title="Of no series")
    outcome = following.edit_all(
        second, by=ada, version=second.version, seen=seen(three), place_name="The mill"
    )
    assert (outcome.changed, outcome.left) == ([], [])
    assert [one.place_name for one in again([first, third, elsewhere])] == ["Coffee on us, third floor"] * 3


def test_one_that_somebody_changed_meanwhile_is_left_and_it_is_said_who(three, makers, ada, chi):
    first, second, _third = three
    makers.memberships.filter(person=chi).update(role="organiser")
    planning.edit(second, by=chi, version=second.version, place_name="Chi’s kitchen")
    outcome = following.edit_all(
        first, by=ada, version=first.version, seen=seen(three), place_name="The mill"
    )
    assert [(one.pk, why) for one, why in outcome.left] == [(second.pk, "Chi Chen changed it meanwhile.")]
    assert [one.place_name for one in again(three)] == ["The mill", "Chi’s kitchen", "The mill"]


def test_those_with_a_seat_hear_once_for_each_gathering(three, ada, ben):
    first, second, third = three
    for one in (first, second):
        rsvp.attend(one, ben)
    Mail.objects.all().delete()
    following.edit_all(
        first, by=ada, version=first.version, seen=seen([second, third]), place_name="The mill"
    )
    assert [(mail.kind, mail.address) for mail in Mail.objects.all()] == [
        ("gatherings/changed", ben.email)
    ] * 2


def test_the_run_of_the_day_is_passed_on_and_speakers_stay(three, afternoons, ada):
    first, second, third = three
    lines = agenda.lines_of(second)
    lines[3] = Line(
        "story", lines[3].title, 50, "Ben Berg", materials="Bring a chart", item_pk=lines[3].item_pk
    )
    second = planning.edit(second, by=ada, version=second.version, lines=lines)
    keys = {item.title: item.pk for item in second.agenda.all()}
    run = agenda.lines_of(first)
    story = Line("story", "What went wrong", 40, "Chi Chen", item_pk=run[3].item_pk)
    following.edit_all(
        first,
        by=ada,
        version=first.version,
        seen=seen([second, third]),
        lines=[*run[:3], story, *run[4:], Line("closing", "Goodbye", 5)],
    )
    written = agenda.lines_of(Gathering.objects.get(pk=second.pk))
    assert [line.title for line in written][3:] == [
        *("What went wrong", "What is moving at yours", "Choose the next theme together", "Goodbye"),
    ]
    # The renamed line is the item it was, with its own speaker; Chi speaks on the first day only.
    assert (written[3].speaker, written[3].materials) == ("Ben Berg", "Bring a chart")
    assert written[3].item_pk == keys["A member’s own story"]
    assert (agenda.lines_of(third)[3].title, agenda.lines_of(third)[3].speaker) == ("What went wrong", "")
    # What is drafted from now on is like them.
    afternoons.refresh_from_db()
    assert [line.title for line in scheduling.lines_for(afternoons)][-1] == "Goodbye"
    assert len(agenda.lines_of(scheduling.draft(afternoons, by=ada))) == 7


def test_somebody_who_saved_first_is_not_overwritten_and_nothing_else_is_changed(three, ada):
    first, second, _third = three
    planning.edit(first, by=ada, version=first.version, title="Theirs")
    with pytest.raises(planning.Conflict):
        following.edit_all(first, by=ada, version=first.version, seen=seen(three), place_name="The mill")
    assert Gathering.objects.get(pk=second.pk).place_name == second.place_name


def test_only_organisers_change_all_that_follow(three, ben):
    first = three[0]
    first.hosts.add(ben)
    with pytest.raises(PermissionDenied):
        following.edit_all(first, by=ben, version=first.version, seen={}, place_name="The mill")


def test_the_page_asks_and_answers_which_were_changed(client, three, makers, ada, ben, chi):
    first, _second, third = three
    client.force_login(ada)
    path = f"/gatherings/{first.pk}/edit/"
    page = client.get(path)
    assert "This one and all that follow" in page.text
    read = page.context["reach"]["seen"].value()
    planning.edit(third, by=ada, version=third.version, title="Changed meanwhile")
    one = filled(first, place_name="The mill", seen=read, reach="one")
    client.post(path, one)
    assert [each.place_name for each in again(three)] == ["The mill", *["Coffee on us, third floor"] * 2]
    (first,) = again([first])
    answer = client.post(path, filled(first, place_name="The barn", seen=read, reach="all"), follow=True)
    said = [str(message) for message in answer.context["messages"]]
    assert len(said) == 2
    assert said[0].startswith("Changed as well: ")
    assert said[1].endswith("Ada Andersson changed it meanwhile.")
    assert [each.place_name for each in again(three)] == ["The barn", "The barn", "Coffee on us, third floor"]
    # A host who organises nothing is not asked.
    first.hosts.add(ben)
    client.force_login(ben)
    assert "This one and all that follow" not in client.get(path).text
