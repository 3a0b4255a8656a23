from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.utils.timezone import now

from peerhood.circles.models import Membership
from peerhood.gatherings import agenda, planning, rsvp
from peerhood.gatherings.models import Gathering, Rsvp
from peerhood.gatherings.series import scheduling
from peerhood.journal.models import Entry
from peerhood.notices.models import Mail
from peerhood.platform import stamps
from peerhood.platform.refusals import Refusal

pytestmark = pytest.mark.django_db

WHY = "So that nobody decides alone."
STOCKHOLM = ZoneInfo("Europe/Stockholm")


def told():
    return list(Mail.objects.order_by("pk").values_list("kind", "address"))


# Series and drafts


def test_a_series_is_named_after_its_template_in_the_circles_language(makers, ada):
    makers.language = "sv"
    rule = {"cadence": "quarterly", "weekday": 3, "week_of_month": 3, "starts_at_time": time(13)}
    series = scheduling.schedule(makers, by=ada, template="norrkoping-afternoon", **rule)
    assert series.name == "Norrköpingseftermiddag"


def test_ben_cannot_set_up_a_series(makers, ben):
    with pytest.raises(PermissionDenied):
        scheduling.schedule(makers, by=ben, template="norrkoping-afternoon", starts_at_time=time(13))


@time_machine.travel(datetime(2026, 9, 1, tzinfo=UTC))
def test_a_draft_has_the_next_date_and_the_agenda_of_its_template(afternoons, ada):
    drafted = scheduling.draft(afternoons, by=ada)
    assert drafted.starts_at == datetime(2026, 9, 17, 13, tzinfo=STOCKHOLM)
    assert drafted.ends_at == datetime(2026, 9, 17, 16, 40, tzinfo=STOCKHOLM)
    assert [line.title for line in agenda.lines_of(drafted)][2:4] == ["Fika", "A member’s own story"]
    assert (drafted.title, drafted.capacity, drafted.state) == ("Norrköping afternoon", 20, "draft")
    assert list(drafted.hosts.all()) == [ada]
    assert [entry.name for entry in Entry.objects.all()][-1] == "gathering.drafted"


@time_machine.travel(datetime(2026, 9, 1, tzinfo=UTC))
def test_each_draft_follows_the_one_before_across_summer_time(afternoons, ada):  # F9
    starts = [scheduling.draft(afternoons, by=ada).starts_at.astimezone(STOCKHOLM) for _ in range(4)]
    assert [start.date() for start in starts] == [
        *(date(2026, 9, 17), date(2026, 12, 17), date(2027, 3, 18), date(2027, 6, 17)),
    ]
    assert {start.hour for start in starts} == {13}
    assert [start.utcoffset() for start in starts] == [timedelta(hours=hours) for hours in (2, 1, 1, 2)]


def test_a_series_that_slept_wakes_up_in_the_future(afternoons, ada, gathering, makers):
    gathering(makers, series=afternoons, starts_at=datetime(2024, 1, 18, 13, tzinfo=STOCKHOLM))
    assert scheduling.draft(afternoons, by=ada).starts_at > now()


def test_a_cancelled_gathering_gives_its_date_back(afternoons, ada):
    first = scheduling.draft(afternoons, by=ada)
    planning.cancel(first, by=ada)
    assert scheduling.draft(afternoons, by=ada).starts_at == first.starts_at


def test_a_draft_is_written_in_the_circles_language(afternoons, makers, ada):
    makers.language = "sv"
    makers.save()
    assert agenda.lines_of(scheduling.draft(afternoons, by=ada))[5].title == "Välj nästa tema tillsammans"


def test_the_hosts_of_the_last_gathering_host_the_next(afternoons, ada, ben, gathering, makers):
    gathering(makers, series=afternoons).hosts.add(ben)
    assert list(scheduling.draft(afternoons, by=ada).hosts.all()) == [ben]


def test_whoever_may_draft_can_work_on_the_draft(afternoons, makers, ben, chi, gathering):
    gathering(makers, series=afternoons).hosts.add(chi)
    with pytest.raises(PermissionDenied):
        scheduling.draft(afternoons, by=ben)
    makers.memberships.filter(person=ben).update(role=Membership.Role.FACILITATOR)
    assert set(scheduling.draft(afternoons, by=ben).hosts.all()) == {ben, chi}


# Editing


def test_a_new_start_moves_the_end_along(supper, ada):
    later = supper.starts_at + timedelta(days=1)
    planning.edit(supper, by=ada, version=0, starts_at=later)
    supper.refresh_from_db()
    assert (supper.starts_at, supper.length, supper.version) == (later, timedelta(hours=4), 1)


def test_whoever_saves_second_is_refused_and_nothing_is_lost(supper, ada):  # R10
    planning.edit(supper, by=ada, version=0, title="Dinner", words="Bring a story.")
    with pytest.raises(planning.Conflict) as conflict:
        planning.edit(supper, by=ada, version=0, title="Lunch")
    assert conflict.value.gathering.title == "Dinner"
    supper.refresh_from_db()
    assert (supper.title, supper.words, supper.version) == ("Dinner", "Bring a story.", 1)


def test_those_with_a_seat_hear_of_another_time_or_place_and_of_nothing_else(supper, ada, ben, chi):
    for person in (ben, chi):
        rsvp.attend(supper, person)
    Mail.objects.all().delete()
    edited = planning.edit(supper, by=ada, version=0, words="Bring a story.")
    assert told() == []
    planning.edit(edited, by=ada, version=1, place_name="The kitchen")
    assert told() == [("gatherings/changed", ben.email)]


def test_a_new_capacity_seats_the_line(supper, ada, ben, chi):
    for person in (ben, chi):
        rsvp.attend(supper, person)
    edited = planning.edit(supper, by=ada, version=0, capacity=2, title="Dinner")
    assert (edited.title, edited.capacity, edited.going_count, edited.waiting_count) == ("Dinner", 2, 2, 0)


def test_ben_cannot_edit_and_only_known_fields_are_editable(supper, ada, ben):
    with pytest.raises(PermissionDenied):
        planning.edit(supper, by=ben, version=0, title="Bens")
    with pytest.raises(TypeError):
        planning.edit(supper, by=ada, version=0, going_count=0)


# Publishing and cancelling


def test_publishing_announces_a_draft_once(afternoons, ada, ben):
    drafted = scheduling.draft(afternoons, by=ada)
    assert list(Gathering.objects.visible_to(ben)) == []
    before = stamps.current("gatherings")
    for _twice in range(2):
        drafted = planning.publish(drafted, by=ada, purpose=WHY)
    assert list(Gathering.objects.visible_to(ben)) == [drafted]
    assert (drafted.state, stamps.current("gatherings")) == ("published", before + 1)
    assert Entry.objects.filter(name="gathering.published").count() == 1


def test_an_agenda_with_a_warning_is_published_only_on_purpose(afternoons, ada, lines):
    drafted = scheduling.draft(afternoons, by=ada)
    agenda.set_agenda(drafted, [line for line in lines if line.kind != "story"], by=ada)
    with pytest.raises(Refusal, match="No member tells a story"):
        planning.publish(drafted, by=ada, purpose=WHY)
    assert Gathering.objects.get(pk=drafted.pk).is_draft()
    assert planning.publish(drafted, by=ada, anyway=True, purpose=WHY).is_announced()


def test_a_draft_whose_day_has_passed_is_not_published(gathering, makers, ada):
    late = gathering(makers, state="draft", starts_at=now() - timedelta(days=2))
    with pytest.raises(Refusal, match="day has passed"):
        planning.publish(late, by=ada, purpose=WHY)


def test_ben_cannot_publish_or_cancel(supper, ben):
    for act in (planning.publish, planning.cancel):
        with pytest.raises(PermissionDenied):
            act(supper, by=ben)


def test_everybody_who_held_a_place_hears_that_it_is_cancelled(supper, ada, ben, chi, seated):
    rsvp.attend(supper, ben)
    rsvp.attend(supper, chi)
    rsvp.attend(supper, ada)
    rsvp.withdraw(supper, ada)
    Mail.objects.all().delete()
    for _twice in range(2):
        planning.cancel(supper, by=ada)
    assert told() == [("gatherings/cancelled", ben.email), ("gatherings/cancelled", chi.email)]
    assert [held.status for held in Rsvp.objects.order_by("person__name")] == [
        "declined",
        "cancelled",
        "cancelled",
    ]


def test_a_draft_that_is_thrown_away_is_never_heard_of(afternoons, ada, ben):
    drafted = planning.cancel(scheduling.draft(afternoons, by=ada), by=ada)
    assert list(Gathering.objects.visible_to(ben)) == []
    assert list(Gathering.objects.announced()) == []
    assert list(Gathering.objects.visible_to(ada)) == [drafted]


def test_what_took_place_cannot_be_cancelled(gathering, makers, ada):
    past = gathering(makers, starts_at=now() - timedelta(days=2))
    with pytest.raises(Refusal, match="has taken place"):
        planning.cancel(past, by=ada)
