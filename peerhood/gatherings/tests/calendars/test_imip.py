"""Which mails put a gathering into a calendar and take it out, what they say, and in which order they count."""

from datetime import timedelta

import pytest
import time_machine
from django.utils.timezone import now

from peerhood.gatherings import agenda, co_hosting, planning, rsvp
from peerhood.gatherings.coming import line
from peerhood.gatherings.models import CoHosting, Gathering
from peerhood.gatherings.tests.calendars.told import all_told_to, told_to
from peerhood.notices import delivery
from peerhood.notices.models import Mail
from peerhood.people.own_data import erasing

pytestmark = pytest.mark.django_db


def moved(gathering, by, **fields):
    gathering.refresh_from_db()
    fields = fields or {"starts_at": gathering.starts_at + timedelta(days=1)}
    return planning.edit(gathering, by=by, version=gathering.version, **fields)


# Which mails carry it


def test_a_seat_comes_with_a_request_that_says_yes_already(dinner, ben):
    rsvp.attend(dinner, ben)
    told = told_to(ben, "seated")
    assert told.method == "REQUEST"
    attendee = told.event["attendee"]
    assert (str(attendee), attendee.params["PARTSTAT"]) == ("mailto:ben@example.org", "ACCEPTED")
    assert told.event["status"] == "CONFIRMED"


def test_whoever_moves_up_is_sent_one_and_whoever_waits_is_not(supper, ada, ben):
    rsvp.attend(supper, ada)
    supper.rsvps.create(person=ben, status="waitlisted")
    Gathering.objects.filter(pk=supper.pk).update(waiting_count=1)
    assert all_told_to(ben) == []
    rsvp.resize(supper, 5, by=ada)
    assert told_to(ben, "moved_up").method == "REQUEST"


def test_a_waiting_list_mail_carries_nothing(dinner, ben):
    waits = dinner.rsvps.create(person=ben, status="waitlisted")
    line.write(waits, "gatherings/waitlisted")
    planning.cancel(dinner, by=dinner.hosts.get())
    assert set(Mail.objects.filter(person=ben).values_list("kind", "calendar")) == {
        ("gatherings/waitlisted", ""),
        ("gatherings/cancelled", ""),
    }


def test_another_time_is_a_request_with_the_same_uid_and_a_higher_sequence(dinner, ada, ben):
    rsvp.attend(dinner, ben)
    moved(dinner, ada)
    before, after = all_told_to(ben)
    assert (before.method, after.method) == ("REQUEST", "REQUEST")
    assert before.event["uid"] == after.event["uid"] == f"{dinner.uid}@peerhood"
    assert after.sequence == before.sequence + 1
    assert after.event.start == before.event.start + timedelta(days=1)


def test_a_cancelled_gathering_is_taken_out_of_calendars(dinner, ada, ben):
    rsvp.attend(dinner, ben)
    planning.cancel(dinner, by=ada)
    request, cancel = all_told_to(ben)
    assert (cancel.method, cancel.event["status"]) == ("CANCEL", "CANCELLED")
    assert cancel.event["uid"] == request.event["uid"]
    assert cancel.sequence > request.sequence


def test_whoever_gives_up_a_seat_hears_it_and_their_calendar_does(dinner, ben):
    rsvp.attend(dinner, ben)
    rsvp.withdraw(dinner, ben)
    cancel = told_to(ben, "withdrawn")
    assert cancel.method == "CANCEL"
    # It takes place, without Ben.
    assert "status" not in cancel.event
    assert "partstat" not in {name.lower() for name in cancel.event["attendee"].params}


def test_whoever_gives_up_a_place_in_line_gets_no_mail(dinner, ben):
    dinner.rsvps.create(person=ben, status="waitlisted")
    Gathering.objects.filter(pk=dinner.pk).update(waiting_count=1)
    rsvp.withdraw(dinner, ben)
    assert list(Mail.objects.all()) == []


def test_what_was_never_put_into_a_calendar_is_not_taken_out(dinner, ada, ben):
    dinner.rsvps.create(person=ben, status="going")  # at the door, or before mails carried calendars
    Gathering.objects.filter(pk=dinner.pk).update(going_count=1)
    rsvp.withdraw(dinner, ben)
    assert Mail.objects.get(kind="gatherings/withdrawn").calendar == ""


def test_whoever_came_with_another_circle_is_told_once_when_they_part(dinner, makers, forum, ada, ben, dot):
    forum.memberships.create(person=dot)
    standing = CoHosting.objects.create(gathering=dinner, circle=forum, state="agreed", asked_by=ada)
    rsvp.attend(dinner, dot)
    co_hosting.withdraw(standing, by=ada)
    kinds = Mail.objects.filter(person=dot).order_by("pk").values_list("kind", "calendar_method")
    assert list(kinds) == [("gatherings/seated", "REQUEST"), ("gatherings/together_no_more", "CANCEL")]


def test_somebody_without_an_address_takes_a_seat_all_the_same(dinner, makers, person):
    ida = person("Ida", email=None)
    makers.memberships.create(person=ida)
    assert rsvp.attend(dinner, ida).is_going()


# SEQUENCE


def test_an_edit_of_the_words_does_not_raise_the_sequence(dinner, ada):
    moved(dinner, ada, title="Supper", words="Bring two.", directions="Left at the church.", capacity=4)
    dinner.refresh_from_db()
    assert (dinner.sequence, dinner.version > 0) == (0, True)


@pytest.mark.parametrize("field", ["place_name", "address", "mode", "online_url", "starts_at"])
def test_another_time_place_or_mode_raises_it_once(dinner, ada, field):
    values = {
        "mode": "hybrid",
        "online_url": "https://example.org/room",
        "starts_at": now() + timedelta(days=9),
    }
    moved(dinner, ada, **{field: values.get(field, "Elsewhere")})
    dinner.refresh_from_db()
    assert dinner.sequence == 1


def test_an_agenda_that_ends_later_raises_it_and_other_words_in_it_do_not(dinner, ada, lines):
    agenda.set_agenda(dinner, lines, by=ada)
    dinner.refresh_from_db()
    assert dinner.sequence == 1
    agenda.set_agenda(dinner, [agenda.Line(lines[0].kind, "Coffee", 20), *lines[1:]], by=ada)
    dinner.refresh_from_db()
    assert dinner.sequence == 1


def test_cancelling_raises_it_and_publishing_does_not(dinner, ada):
    planning.cancel(dinner, by=ada)
    dinner.refresh_from_db()
    assert dinner.sequence == 1


def test_whoever_goes_and_comes_back_has_a_higher_sequence_each_time(dinner, ada, ben):
    """Equal ones would leave it to DTSTAMP, and to programs that do not look at it."""
    for act in (rsvp.attend, rsvp.withdraw, rsvp.attend):
        act(dinner, ben)
    moved(dinner, ada)
    for act in (rsvp.withdraw, rsvp.attend):
        act(dinner, ben)
    planning.cancel(dinner, by=ada)
    told = all_told_to(ben)
    assert [each.method for each in told] == [
        *("REQUEST", "CANCEL", "REQUEST", "REQUEST", "CANCEL", "REQUEST", "CANCEL"),
    ]
    sequences = [each.sequence for each in told]
    assert sequences == sorted(set(sequences))
    assert len({str(each.event["uid"]) for each in told}) == 1


def test_what_one_does_leaves_the_sequence_of_others_alone(dinner, ben, chi):
    rsvp.attend(dinner, ben)
    rsvp.withdraw(dinner, ben)
    rsvp.attend(dinner, chi)
    assert told_to(chi, "seated").sequence == 0


def test_it_counts_on_after_the_texts_of_the_mails_were_forgotten(dinner, ben):
    from peerhood.notices import forgetting

    rsvp.attend(dinner, ben)
    rsvp.withdraw(dinner, ben)
    last = told_to(ben, "withdrawn").sequence
    Mail.objects.update(created_at=now() - timedelta(days=31), state=Mail.State.SENT)
    forgetting.forget_old()
    rsvp.attend(dinner, ben)
    assert told_to(ben, "seated").sequence > last


def test_its_time_stamp_is_when_the_mail_was_written(dinner, ben):
    with time_machine.travel(now() + timedelta(hours=1), tick=False):
        rsvp.attend(dinner, ben)
        assert told_to(ben, "seated").event.decoded("dtstamp") == now().replace(microsecond=0)


# What it says


def test_nobody_learns_from_it_who_else_comes(dinner, ben, chi):
    rsvp.attend(dinner, chi)
    rsvp.attend(dinner, ben)
    mail = Mail.objects.get(person=ben)
    assert "Chi" not in mail.calendar
    assert "Ada" not in mail.calendar
    assert mail.calendar.count("ATTENDEE") == 1


def test_the_organiser_is_the_site_under_the_circles_name(dinner, ben, settings):
    settings.DEFAULT_FROM_EMAIL = "Network <hello@peers.example>"
    rsvp.attend(dinner, ben)
    organiser = told_to(ben, "seated").event["organizer"]
    assert (str(organiser), organiser.params["CN"]) == ("mailto:hello@peers.example", "Makers")


def test_an_answer_is_asked_for_only_where_somebody_reads_it(dinner, ben, chi, settings):
    rsvp.attend(dinner, ben)
    settings.INBOUND_ADDRESS = "reply@peers.example"
    rsvp.attend(dinner, chi)
    asked = [told_to(each, "seated").event["attendee"].params["RSVP"] for each in (ben, chi)]
    assert asked == ["FALSE", "TRUE"]


@pytest.mark.parametrize("language", ["en", "sv"])
def test_a_closed_circle_says_a_network_meeting_and_nothing_else(
    forum, gathering, ada, ben, language, settings
):
    settings.INBOUND_ADDRESS = "reply@peers.example"
    ben.language = language
    ben.save()
    dawn = gathering(
        forum, title="Canary title", words="Canary words", place_name="Canary Quay", address="Canary 7"
    )
    dawn.hosts.add(ada)
    rsvp.attend(dawn, ben)
    moved(dawn, ada, place_name="Canary Dock")
    rsvp.withdraw(dawn, ben)
    rsvp.attend(dawn, ben)
    planning.cancel(dawn, by=ada)
    told = all_told_to(ben)
    assert len(told) == 5
    for each in told:
        # In the circle's language: colleagues of its members read the calendar.
        assert (str(each.event["summary"]), each.event["class"]) == ("Network meeting", "PRIVATE")
        assert each.event["organizer"].params["CN"] == settings.SITE_NAME
        said = each.event.to_ical().decode()
        assert not any(word in said for word in ("Canary", "Gryningsforum", "LOCATION", "DESCRIPTION"))


def test_a_confidential_item_makes_it_discreet_as_well(dinner, ada, ben, lines):
    agenda.set_agenda(dinner, [*lines, agenda.Line("talk", "Canary", 30, "", "confidential")], by=ada)
    rsvp.attend(dinner, ben)
    told = told_to(ben, "seated")
    assert (str(told.event["summary"]), told.event["organizer"].params["CN"]) == (
        "Network meeting",
        "Peerhood",
    )


def test_control_an_open_circle_says_what_it_is(dinner, ben):
    rsvp.attend(dinner, ben)
    told = told_to(ben, "seated")
    assert (str(told.event["summary"]), told.other.summary.value) == ("Dinner", "Dinner")
    assert told.other.location.value == "Coffee on us, third floor, Storgatan 1; yard"
    assert told.other.description.value.startswith("Makers\n\nBring a case.")


# X5: a name does not become a line of its own

NASTY = 'Ada "A" ^n\r\nATTENDEE:mailto:all@example.org;X=1,\\ '


def test_no_name_and_no_title_breaks_out(makers, gathering, person):
    makers.name = NASTY[:80]
    makers.save()
    eve = person(NASTY, email="eve@example.org")
    makers.memberships.create(person=eve)
    dinner = gathering(makers, title=NASTY, words=NASTY)
    rsvp.attend(dinner, eve)
    mail = Mail.objects.get()
    told = told_to(eve, "seated")
    assert mail.calendar.count("\r\nATTENDEE") == 1
    assert told.event["attendee"].params["CN"] == "Ada ”A” n ATTENDEE:mailto:all@example.org;X=1,/"
    assert told.other.attendee.params["CN"] == ["Ada ”A” n ATTENDEE:mailto:all@example.org;X=1,/"]
    assert str(told.event["summary"]) == told.other.summary.value == NASTY.replace("\r\n", "\n")
    message = delivery._message(mail).message()
    assert message.get_all("Bcc", []) == []
    assert len(message.get_all("To")) == 1


# Order, and erasure


def test_a_cancel_waits_for_its_request_in_the_outbox(dinner, ben):
    rsvp.attend(dinner, ben)
    Mail.objects.update(next_try_at=now() + timedelta(minutes=5))  # the provider was busy
    rsvp.withdraw(dinner, ben)
    cancel = Mail.objects.get(kind="gatherings/withdrawn")
    assert delivery.deliver(cancel) is False
    Mail.objects.update(next_try_at=now())
    assert [delivery.deliver_due(), delivery.deliver_due()] == [1, 1]


def test_whoever_is_erased_is_told_nothing_any_more(dinner, ben, chi):
    rsvp.attend(dinner, ben)
    rsvp.attend(dinner, chi)
    erasing.erase(ben)
    assert {mail.person for mail in Mail.objects.exclude(calendar="")} == {chi}
    assert not Mail.objects.filter(calendar__contains="ben@example.org").exists()
