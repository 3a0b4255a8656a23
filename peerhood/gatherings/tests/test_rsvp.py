from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.timezone import now

from peerhood.circles.models import Circle
from peerhood.gatherings import door, planning, rsvp
from peerhood.gatherings.models import Gathering, Rsvp
from peerhood.journal.models import Entry
from peerhood.notices.models import Mail
from peerhood.platform import stamps
from peerhood.platform.refusals import Refusal

pytestmark = pytest.mark.django_db


def going(gathering):
    return [held.person for held in gathering.rsvps.going().order_by("answered_at", "pk")]


def waiting(gathering):
    return [held.person for held in gathering.rsvps.waiting()]


def counters(gathering):
    gathering = Gathering.objects.get(pk=gathering.pk)
    return gathering.going_count, gathering.waiting_count


def mails():
    return list(Mail.objects.order_by("pk").values_list("kind", "address"))


def test_a_freed_seat_goes_to_the_longest_wait(supper, ada, ben, chi):  # supper has one seat
    for person in (ada, ben, chi, ben):  # Ben asks twice; he keeps his place in line
        rsvp.attend(supper, person)
    rsvp.withdraw(supper, ada)
    assert going(supper) == [ben]
    assert waiting(supper) == [chi]
    assert counters(supper) == (1, 1)


def test_an_answer_written_by_hand_reads_as_it_was_given(supper, ada, ben):
    for person in (ada, ben):
        given = rsvp.attend(supper, person)
        read = Rsvp.objects.get(pk=given.pk)
        for field in Rsvp._meta.concrete_fields:
            assert getattr(read, field.attname) == getattr(given, field.attname), field
        entry = Entry.objects.get(subject_id=str(given.pk))
        assert (entry.subject_type, entry.by, entry.facts) == ("gatherings.rsvp", person, {})


def test_answering_twice_writes_one_mail_and_one_entry(supper, ada):
    rsvp.attend(supper, ada)
    rsvp.attend(supper, ada)
    assert mails() == [("gatherings/seated", ada.email)]
    assert Entry.objects.filter(name="rsvp.seated").count() == 1


def test_whoever_comes_back_stands_at_the_end_of_the_line(supper, ada, ben, chi):
    for person in (ada, ben, chi):
        rsvp.attend(supper, person)
    rsvp.withdraw(supper, ben)
    rsvp.attend(supper, ben)
    assert waiting(supper) == [chi, ben]
    assert [held.place_in_line() for held in supper.rsvps.waiting()] == [1, 2]


def test_equal_times_are_ordered_by_key(supper, ada, ben, chi):
    moment = now()
    for person in (ada, ben, chi):
        Rsvp.objects.create(gathering=supper, person=person, status="waitlisted", answered_at=moment)
    assert waiting(supper) == [ada, ben, chi]
    assert [held.place_in_line() for held in supper.rsvps.waiting()] == [1, 2, 3]


def test_everybody_hears_once_how_it_stands(supper, ada, ben):
    rsvp.attend(supper, ada)
    rsvp.attend(supper, ben)
    rsvp.withdraw(supper, ada)
    assert mails() == [
        ("gatherings/seated", ada.email),
        ("gatherings/waitlisted", ben.email),
        ("gatherings/withdrawn", ada.email),
        ("gatherings/moved_up", ben.email),
    ]


def test_a_mail_in_line_says_the_place_and_carries_no_calendar(supper, ada, ben, chi):
    for person in (ada, ben, chi):
        rsvp.attend(supper, person)
    seated, _ben, third = Mail.objects.order_by("pk")
    assert "You are 2nd in line" in third.text
    assert "calendar.ics" in seated.text
    assert "calendar.ics" not in third.text


def test_the_journal_tells_who_did_what(supper, ada, ben):
    rsvp.attend(supper, ada)
    rsvp.attend(supper, ben)
    rsvp.withdraw(supper, ada)
    assert list(Entry.objects.values_list("name", "by")) == [
        ("rsvp.seated", ada.pk),
        ("rsvp.waitlisted", ben.pk),
        ("rsvp.withdrawn", ada.pk),
        ("rsvp.seated", None),
    ]


def test_withdrawing_without_an_answer_is_a_quiet_no_op(supper, ben):
    rsvp.withdraw(supper, ben)
    assert list(supper.rsvps.all()) == []
    assert list(Entry.objects.all()) == []


def test_dot_cannot_take_a_seat(supper, dot):
    with pytest.raises(PermissionDenied):
        rsvp.attend(supper, dot)


def test_anybody_signed_in_can_come_to_an_open_circle(supper, makers, dot):
    makers.kind = Circle.Kind.OPEN
    makers.save()
    rsvp.attend(supper, dot)
    assert going(supper) == [dot]


def test_a_member_of_a_sister_chapter_can_come(supper, makers, dot):
    network = Circle.objects.create(
        name="Network", slug="network", language="en", time_zone="Europe/Stockholm"
    )
    sister = Circle.objects.create(
        name="Sister", slug="sister", parent=network, language="en", time_zone="Europe/Stockholm"
    )
    makers.parent = network
    makers.save()
    sister.memberships.create(person=dot)
    rsvp.attend(Gathering.objects.get(pk=supper.pk), dot)
    assert going(supper) == [dot]


def test_once_it_has_begun_answers_are_closed(supper, ada, ben):
    rsvp.attend(supper, ben)
    Gathering.objects.filter(pk=supper.pk).update(starts_at=now())
    with pytest.raises(Refusal, match="has begun"):
        rsvp.attend(supper, ada)
    assert going(supper) == [ben]


def test_a_seat_given_up_after_the_start_is_free_for_the_door_and_passes_to_nobody(supper, ada, ben, chi):
    rsvp.attend(supper, ben)
    rsvp.attend(supper, chi)
    Gathering.objects.filter(pk=supper.pk).update(starts_at=now())
    rsvp.withdraw(supper, ben)
    assert (going(supper), waiting(supper), Gathering.objects.get(pk=supper.pk).free_seats()) == (
        [],
        [chi],
        1,
    )
    assert door.walk_in(supper, "", email=ada.email, by=ada).person == ada


def test_whoever_has_arrived_does_not_give_up_their_seat(supper, ada, ben):
    door.check_in(rsvp.attend(supper, ben), by=ada)
    Gathering.objects.filter(pk=supper.pk).update(starts_at=now())
    with pytest.raises(Refusal, match="arrived already"):
        rsvp.withdraw(supper, ben)


def test_when_it_is_over_nothing_is_given_up(supper, ada, ben):
    rsvp.attend(supper, ben)
    Gathering.objects.filter(pk=supper.pk).update(starts_at=now() - timedelta(hours=3), ends_at=now())
    with pytest.raises(Refusal, match="has taken place"):
        rsvp.withdraw(supper, ben)


@pytest.mark.parametrize(("state", "reason"), [("cancelled", "was cancelled"), ("draft", "still a draft")])
def test_only_a_published_gathering_takes_answers(supper, ben, state, reason):
    Gathering.objects.filter(pk=supper.pk).update(state=state)
    with pytest.raises(Refusal, match=reason):
        rsvp.attend(supper, ben)


def test_more_places_seat_the_line_in_order(gathering, makers, ada, seated):  # R8
    hall = gathering(makers, capacity=2)
    first = seated(hall, 2)
    line = seated(hall, 8, status="waitlisted")
    rsvp.resize(hall, 7, by=ada)
    assert set(going(hall)) == {*first, *line[:5]}
    assert waiting(hall) == line[5:]
    assert counters(hall) == (7, 3)
    assert mails() == [("gatherings/moved_up", person.email) for person in line[:5]]


def test_fewer_places_drop_nobody_and_nobody_moves_up_until_there_is_room(  # R7
    gathering, makers, ada, ben, seated
):
    hall = gathering(makers, capacity=3)
    first, second, third = seated(hall, 3)
    (waits,) = seated(hall, 1, status="waitlisted")
    makers.memberships.create(person=first)
    hall = rsvp.resize(hall, 1, by=ada)
    assert (hall.over_capacity(), hall.free_seats(), counters(hall)) == (2, 0, (3, 1))
    rsvp.withdraw(hall, first)
    rsvp.withdraw(hall, second)
    assert (going(hall), waiting(hall)) == ([third], [waits])
    rsvp.withdraw(hall, third)
    assert (going(hall), waiting(hall)) == ([waits], [])


def test_ben_cannot_change_how_many_places_there_are(supper, ben):
    with pytest.raises(PermissionDenied):
        rsvp.resize(supper, 9, by=ben)


def test_a_companion_is_remembered_and_nobody_accompanies_themselves(supper, ada, ben):
    assert rsvp.attend(supper, ada, companion=ada).companion is None
    assert rsvp.attend(supper, ada, companion=ben).companion == ben
    assert rsvp.attend(supper, ada).companion == ben


def test_what_was_kept_for_visitors_is_out_of_date_after_an_answer(supper, ada):
    before = stamps.current("gatherings"), stamps.current(f"gatherings/{supper.pk}")
    rsvp.attend(supper, ada)
    after = stamps.current("gatherings"), stamps.current(f"gatherings/{supper.pk}")
    assert after == (before[0] + 1, before[1] + 1)


def test_answers_do_not_count_as_edits(supper, ada):
    rsvp.attend(supper, ada)
    assert Gathering.objects.get(pk=supper.pk).version == supper.version


def test_the_database_keeps_one_answer_each(supper, ada):
    Rsvp.objects.create(gathering=supper, person=ada, status="going")
    with pytest.raises(IntegrityError), transaction.atomic():
        Rsvp.objects.create(gathering=supper, person=ada, status="declined")


def test_what_fails_leaves_no_trace(supper, ada, ben, monkeypatch):
    """A crash between giving up a seat and moving the line up (R6): both happened, or neither did."""
    rsvp.attend(supper, ada)
    rsvp.attend(supper, ben)
    with pytest.raises(RuntimeError), transaction.atomic():
        rsvp.withdraw(supper, ada)
        raise RuntimeError("the process died")
    assert (going(supper), waiting(supper)) == ([ada], [ben])
    rsvp.withdraw(supper, ada)
    assert [kind for kind, _address in mails()].count("gatherings/moved_up") == 1


def test_after_a_cancellation_nobody_holds_a_place(supper, ada, ben):
    rsvp.attend(supper, ada)
    rsvp.attend(supper, ben)
    planning.cancel(supper, by=ada)
    assert counters(supper) == (0, 0)
    assert set(supper.rsvps.values_list("status", flat=True)) == {"cancelled"}


# Through the browser's door


def test_a_seat_that_somebody_waits_for_is_given_up_on_purpose_only(client, supper, ada, ben):
    rsvp.attend(supper, ada)
    rsvp.attend(supper, ben)
    client.force_login(ada)
    path = f"/gatherings/{supper.pk}/rsvp/withdraw/"
    for asked in (client.post(path), client.post(path, headers={"HX-Request": "true"})):
        assert "1 person waits for a seat." in asked.text
        assert 'name="sure"' in asked.text
    assert going(supper) == [ada]
    client.post(path, {"sure": "yes"})
    assert going(supper) == [ben]


def test_a_slip_of_the_finger_is_undone_where_nobody_waits(client, supper, ada):
    rsvp.attend(supper, ada)
    client.force_login(ada)
    page = client.post(f"/gatherings/{supper.pk}/rsvp/withdraw/", follow=True).text
    assert "You said that you cannot come." in page
    client.post(f"/gatherings/{supper.pk}/rsvp/")
    assert going(supper) == [ada]


def test_the_button_swaps_only_the_form_and_the_bar(client, supper, ada):
    client.force_login(ada)
    response = client.post(f"/gatherings/{supper.pk}/rsvp/", headers={"HX-Request": "true"})
    assert "You have a seat." in response.text
    assert 'hx-swap-oob="innerHTML:.bar"' in response.text
    assert "<h1" not in response.text


def test_without_javascript_the_button_leads_back_to_the_page(client, supper, ada):
    client.force_login(ada)
    response = client.post(f"/gatherings/{supper.pk}/rsvp/", follow=True)
    assert response.redirect_chain == [(f"/gatherings/{supper.pk}/", 302)]
    assert "You have a seat." in response.text


def test_reading_the_buttons_address_changes_nothing(client, supper, ada):
    client.force_login(ada)
    for act in ("rsvp/", "rsvp/withdraw/"):
        assert client.get(f"/gatherings/{supper.pk}/{act}").status_code == 405
    assert list(supper.rsvps.all()) == []


def test_a_refusal_is_a_page_or_a_fragment(client, supper, ada):
    client.force_login(ada)
    Gathering.objects.filter(pk=supper.pk).update(starts_at=now())
    page = client.post(f"/gatherings/{supper.pk}/rsvp/")
    fragment = client.post(f"/gatherings/{supper.pk}/rsvp/", headers={"HX-Request": "true"})
    assert (page.status_code, fragment.status_code) == (409, 409)
    assert "answers are closed" in page.text
    assert "answers are closed" in fragment.text
    assert "<h1" in page.text
    assert "<h1" not in fragment.text


def test_dots_button_is_refused_and_a_visitor_is_asked_in(client, supper, dot):
    assert client.post(f"/gatherings/{supper.pk}/rsvp/").status_code == 302
    client.force_login(dot)
    assert client.post(f"/gatherings/{supper.pk}/rsvp/").status_code == 403
    assert list(supper.rsvps.all()) == []


def test_dot_does_not_find_the_forum(client, breakfast, dot):
    client.force_login(dot)
    assert client.post(f"/gatherings/{breakfast.pk}/rsvp/").status_code == 404
