"""Whoever has not answered a poll for a date is reminded: once by itself, and when a host asks for it."""

from datetime import time, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.utils.timezone import now

from peerhood.circles import pausing
from peerhood.gatherings import polling
from peerhood.gatherings.series import scheduling
from peerhood.notices import choices
from peerhood.notices.models import Mail
from peerhood.platform.refusals import Refusal

pytestmark = pytest.mark.django_db


@pytest.fixture
def poll(afternoons, ada):
    """Asked today about dates from 20 days ahead on."""
    starts = [now() + timedelta(days=days) for days in (20, 27)]
    return polling.open_poll(afternoons, starts, by=ada, title="Benefits")


def reminded():
    mails = Mail.objects.filter(kind="gatherings/poll_reminder").order_by("pk")
    return list(mails.values_list("address", flat=True))


def at(moment):
    return time_machine.travel(moment, tick=False)


def say(poll, person, word="no"):
    polling.answer(poll, person, {poll.slots.first().pk: word})


def test_those_who_said_nothing_are_reminded_once_after_three_days(poll, ada, ben):
    say(poll, ben)
    with at(poll.opened_at + timedelta(days=2, hours=23)):
        polling.remind_all_due()
    assert reminded() == []
    with at(poll.opened_at + timedelta(days=3, minutes=1)):
        polling.remind_all_due()
        polling.remind_all_due()
    with at(poll.opened_at + timedelta(days=9)):
        polling.remind_all_due()
    # Anybody who said anything has answered, also with a no.
    assert reminded() == ["ada@example.org", "chi@example.org"]


def test_two_days_before_the_first_date_comes_sooner(afternoons, ada):
    opened_at = now()
    starts = [opened_at + timedelta(days=days) for days in (4, 9)]
    polling.open_poll(afternoons, starts, by=ada)
    with at(opened_at + timedelta(days=1, hours=23)):
        polling.remind_all_due()
    assert reminded() == []
    with at(opened_at + timedelta(days=2, minutes=1)):
        polling.remind_all_due()
    assert len(reminded()) == 3


def test_nobody_is_reminded_on_the_day_they_were_asked(afternoons, ada):
    opened_at = now()
    polling.open_poll(afternoons, [opened_at + timedelta(days=days) for days in (1, 3)], by=ada)
    polling.remind_all_due()
    assert reminded() == []
    with at(opened_at + timedelta(days=1, minutes=1)):
        polling.remind_all_due()
    assert len(reminded()) == 3


def test_no_poll_is_reminded_of_that_is_closed_or_whose_dates_are_over(poll, afternoons, ada):
    with at(poll.opened_at + timedelta(days=40)):
        polling.remind_all_due()
    polling.close(poll, by=ada)
    with at(poll.opened_at + timedelta(days=5)):
        polling.remind_all_due()
        with pytest.raises(Refusal, match="closed"):
            polling.remind(poll, by=ada)
    assert reminded() == []


def test_a_host_reminds_once_a_day_and_the_worker_then_no_more(poll, ada, ben):
    say(poll, ben, "yes")
    assert polling.remind(poll, by=ada) == 2
    with pytest.raises(Refusal, match="within the last day"):
        polling.remind(poll, by=ada)
    with at(poll.opened_at + timedelta(days=4)):
        polling.remind_all_due()
        assert len(reminded()) == 2
        polling.remind(poll, by=ada)
    assert reminded() == ["ada@example.org", "chi@example.org"] * 2


def test_who_pauses_or_wants_no_such_mail_is_left_in_peace(poll, makers, ada, ben, chi):
    pausing.pause(makers.memberships.get(person=chi), by=chi)
    choices.turn_off(ben, choices.Group.ASKED)
    polling.remind(poll, by=ada)
    assert reminded() == ["ada@example.org"]


def test_ben_reminds_nobody(poll, ben):
    with pytest.raises(PermissionDenied):
        polling.remind(poll, by=ben)


def test_the_page_says_how_many_and_writes_to_them(client, poll, ada, ben, chi):
    say(poll, ben)
    client.force_login(ada)
    page = f"/gatherings/polls/{poll.pk}/"
    assert "Remind the 2 who have not answered" in client.get(page).text
    said = client.post(f"{page}reminder/", follow=True).text
    assert "2 people get a mail." in said
    assert "they were reminded within the last day" in said
    client.force_login(chi)
    assert "have not answered" not in client.get(page).text
    text = Mail.objects.filter(kind="gatherings/poll_reminder").first().text
    assert page in text


def test_the_envelope_of_a_closed_circle_names_nothing(forum, ada):
    series = scheduling.schedule(forum, by=ada, template="executive-breakfast", starts_at_time=time(7, 30))
    poll = polling.open_poll(series, polling.proposed_starts(series), by=ada)
    polling.remind(poll, by=ada)
    assert "Gryningsforum" not in Mail.objects.filter(kind="gatherings/poll_reminder").first().subject
