"""A date is looked for: members say what suits them, a host picks one, and a draft comes of it."""

from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.timezone import localdate, now

from peerhood import journal
from peerhood.circles import pausing
from peerhood.circles.entering import joining
from peerhood.circles.models import Circle
from peerhood.circles.seeding import answering
from peerhood.circles.tests.seeds import planted
from peerhood.gatherings import planning, polling, queries
from peerhood.gatherings.models import DatePoll, Gathering, SlotAnswer
from peerhood.gatherings.series import scheduling
from peerhood.journal.models import Entry
from peerhood.notices.models import Mail
from peerhood.platform.refusals import Refusal

pytestmark = pytest.mark.django_db


@pytest.fixture
def poll(afternoons, ada):
    return polling.open_poll(afternoons, polling.proposed_starts(afternoons), by=ada, title="Benefits")


def mails(kind):
    return sorted(Mail.objects.filter(kind=f"gatherings/{kind}").values_list("address", flat=True))


def say(poll, person, *words):
    slots = poll.slots.values_list("pk", flat=True)
    polling.answer(poll, person, dict(zip(slots, words, strict=False)))


def told(name):
    """Let the listeners hear what the journal holds: in a test that is rolled back nothing commits."""
    for entry in Entry.objects.filter(name=name, heard_at=None):
        journal.tell(entry)


def test_a_poll_asks_every_active_member_with_one_mail_and_one_link(poll, makers, chi):
    assert mails("poll_opened") == ["ada@example.org", "ben@example.org", "chi@example.org"]
    text = Mail.objects.filter(kind="gatherings/poll_opened").first().text
    assert text.count(f"/gatherings/polls/{poll.pk}/") == 1
    assert text.count("/gatherings/polls/") == 1


def test_who_pauses_is_not_asked(afternoons, ada, chi):
    pausing.pause(afternoons.circle.memberships.get(person=chi), by=chi)
    polling.open_poll(afternoons, polling.proposed_starts(afternoons), by=ada)
    assert mails("poll_opened") == ["ada@example.org", "ben@example.org"]


def test_dates_are_proposed_a_week_apart_on_the_clock_of_the_circle(afternoons):
    starts = polling.proposed_starts(afternoons)
    zone = ZoneInfo("Europe/Stockholm")
    assert [start.astimezone(zone).time() for start in starts] == [time(13)] * 4
    days = [start.astimezone(zone).date() for start in starts]
    assert {day.weekday() for day in days} == {3}
    assert {(later - day).days for day, later in pairwise(days)} == {7}


def test_only_who_may_draft_asks_picks_and_closes(afternoons, poll, ben, dot):
    slot = poll.slots.first()
    for person in (ben, dot):
        for act in (
            lambda person=person: polling.open_poll(afternoons, [], by=person),
            lambda person=person: polling.choose(poll, slot, by=person),
            lambda person=person: polling.close(poll, by=person),
            lambda person=person: polling.reopen(poll, by=person),
        ):
            with pytest.raises(PermissionDenied):
                act()


def test_only_members_answer_and_see_it(poll, ben, dot):
    with pytest.raises(PermissionDenied):
        say(poll, dot, "yes")
    say(poll, ben, "yes")
    assert [person for person in (ben, dot) if DatePoll.objects.visible_to(person)] == [ben]


def test_the_last_word_counts_and_what_is_not_said_is_open(poll, ben):
    say(poll, ben, "yes", "no", "if-needed")
    say(poll, ben, "no", "yes")
    assert list(SlotAnswer.objects.order_by("slot__starts_at").values_list("said", flat=True)) == [
        "no",
        "yes",
    ]


def test_to_somebody_on_a_list_answering_is_their_own_yes(poll, makers, ada, ben):
    makers.memberships.get(person=ben).invitations.create(by=ada, name="B. Berg")
    assert makers.memberships.put_on_a_list().get().person == ben
    say(poll, ben, "yes")
    assert not makers.memberships.put_on_a_list().exists()


def test_a_date_of_another_poll_is_not_answered(poll, makers, ada, ben):
    other = scheduling.schedule(makers, by=ada, template="flashmob-evening", starts_at_time=time(18))
    another = polling.open_poll(other, polling.proposed_starts(other), by=ada)
    polling.answer(poll, ben, {another.slots.first().pk: "yes"})
    assert SlotAnswer.objects.count() == 0


def test_the_date_most_can_come_to_suits_most_and_gladness_breaks_ties(poll, ada, ben, chi):
    say(poll, ada, "yes", "if-needed", "yes", "no")
    say(poll, ben, "if-needed", "if-needed", "yes", "yes")
    say(poll, chi, "no", "if-needed", "if-needed", "yes")
    dates = queries.dates_of(poll, ben)
    assert [date.suits_most for date in dates] == [False, False, True, False]
    assert [date.mine for date in dates] == ["if-needed", "if-needed", "yes", "yes"]
    assert [(label, [one.first_name for one in people]) for label, people in dates[2].said] == [
        ("Yes", ["Ada", "Ben"]),
        ("If needed", ["Chi"]),
        ("No", []),
    ]


def test_before_anybody_answered_no_date_suits_most(poll, ben):
    assert not any(date.suits_most for date in queries.dates_of(poll, ben))


def test_a_picked_date_is_a_draft_and_nobody_is_told_before_it_is_published(poll, ada, ben, chi):
    say(poll, ben, "yes", "yes")
    slot = poll.slots.all()[1]
    Mail.objects.all().delete()
    draft = polling.choose(poll, slot, by=ada)
    assert (draft.state, draft.title, draft.starts_at) == ("draft", "Benefits", slot.starts_at)
    assert Mail.objects.count() == 0
    assert polling.choose(poll, poll.slots.first(), by=ada) == draft
    planning.publish(draft, by=ada, purpose="To meet.")
    told("gathering.published")
    # Chi did not answer, and hears of it as of any gathering.
    assert mails("poll_settled") == ["ben@example.org"]


def test_publishing_any_other_gathering_writes_to_nobody(poll, ada, ben, afternoons):
    say(poll, ben, "yes")
    Mail.objects.all().delete()
    planning.publish(scheduling.draft(afternoons, by=ada), by=ada, purpose="To meet.")
    told("gathering.published")
    assert Mail.objects.count() == 0


def test_a_closed_poll_takes_no_answers_and_can_be_opened_again(poll, ada, ben):
    say(poll, ben, "yes")
    polling.close(poll, by=ada)
    with pytest.raises(Refusal, match="closed"):
        say(poll, ben, "no")
    with pytest.raises(Refusal, match="closed"):
        polling.choose(poll, poll.slots.first(), by=ada)
    polling.reopen(poll, by=ada)
    say(poll, ben, "no")
    assert SlotAnswer.objects.get().said == "no"


def test_asking_again_throws_the_draft_away_and_leaves_what_is_announced(poll, ada):
    draft = polling.choose(poll, poll.slots.first(), by=ada)
    polling.reopen(poll, by=ada)
    draft.refresh_from_db()
    assert (draft.state, DatePoll.objects.get().is_open()) == ("cancelled", True)
    planning.publish(polling.choose(poll, poll.slots.last(), by=ada), by=ada, purpose="To meet.")
    with pytest.raises(Refusal, match="announced"):
        polling.reopen(poll, by=ada)


def test_a_date_that_has_passed_is_not_picked(poll, ada):
    slot = poll.slots.first()
    poll.slots.filter(pk=slot.pk).update(
        starts_at=now() - timedelta(hours=2), ends_at=now() - timedelta(hours=1)
    )
    with pytest.raises(Refusal, match="passed"):
        polling.choose(poll, poll.slots.first(), by=ada)
    assert Gathering.objects.count() == 0


@pytest.mark.parametrize("count", [0, 1, 9])
def test_a_poll_asks_about_two_to_eight_dates(afternoons, ada, count):
    starts = [now() + timedelta(days=number) for number in range(1, count + 1)]
    with pytest.raises(Refusal, match="2 to 8"):
        polling.open_poll(afternoons, starts, by=ada)


def test_a_series_is_asked_about_once_at_a_time(poll, afternoons, ada):
    assert polling.open_poll(afternoons, polling.proposed_starts(afternoons), by=ada) == poll
    assert Mail.objects.filter(kind="gatherings/poll_opened").count() == 3


def test_who_leaves_the_circle_is_taken_off_what_is_still_asked(poll, makers, ben, chi):
    say(poll, ben, "yes")
    say(poll, chi, "yes")
    joining.leave(makers, ben)
    told("membership.left")
    assert SlotAnswer.objects.get().person == chi


def test_a_circle_that_opens_from_a_seed_is_asked_for_its_first_date(ada, ben, chi):
    seed, _token = planted(ada, weekday=1, starts_at_time=time(17, 30), cadence="monthly", size=9)
    answering.say_yes(seed, ben)
    answering.say_yes(seed, chi)
    told("seed.sprouted")
    poll = DatePoll.objects.get()
    assert (poll.circle, poll.title, poll.opened_by) == (Circle.objects.get(), "Surviving as a lone PMO", ada)
    series = poll.series
    assert (series.cadence, series.template, series.capacity) == ("monthly", "flashmob-evening", 9)
    days = [slot.starts_at.astimezone(poll.zone) for slot in poll.slots.all()]
    assert {(day.weekday(), day.time()) for day in days} == {(1, time(17, 30))}
    assert days[0].date() >= localdate() + timedelta(days=13)
    assert mails("poll_opened") == ["ada@example.org", "ben@example.org", "chi@example.org"]
    draft = polling.choose(poll, poll.slots.all()[2], by=ada)
    assert draft.title == "Surviving as a lone PMO"
    series.refresh_from_db()
    assert series.week_of_month == (days[2].day - 1) // 7 + 1
    assert scheduling.next_start(series).astimezone(poll.zone).weekday() == 1


def test_hearing_twice_of_the_opening_asks_once(ada, ben, chi):
    seed, _token = planted(ada)
    answering.say_yes(seed, ben)
    answering.say_yes(seed, chi)
    seed.refresh_from_db()
    polling.open_first(seed)
    polling.open_first(seed)
    assert DatePoll.objects.count() == 1


def test_a_date_ends_as_long_after_its_start_as_the_run_of_the_day_takes(afternoons, ada):
    start = datetime.now(UTC).replace(minute=0, second=0, microsecond=0) + timedelta(days=20)
    poll = polling.open_poll(afternoons, [start, start + timedelta(days=1)], by=ada)
    assert {slot.ends_at - slot.starts_at for slot in poll.slots.all()} == {timedelta(minutes=220)}
