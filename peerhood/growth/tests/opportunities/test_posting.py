from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from peerhood.growth.models import Opportunity
from peerhood.growth.models.opportunity import today_in
from peerhood.growth.opportunities import posting, queries
from peerhood.journal.models import Entry
from peerhood.notices import choices
from peerhood.notices.models import Mail
from peerhood.people import silence
from peerhood.platform.refusals import Refusal


def listed(circle, reader, **said):
    return list(queries.listed_in(circle, reader, **said))


def test_members_see_it_and_nobody_else_may_tell(desk, makers, ada, dot, tell):
    assert listed(makers, ada) == [desk]
    assert listed(makers, dot) == []
    with pytest.raises(PermissionDenied):
        tell(dot)
    assert list(Entry.objects.filter(name="opportunity.posted").values_list("by", flat=True)) == [
        desk.author_id
    ]


@pytest.mark.parametrize(("days", "is_taken"), [(-1, False), (0, True), (90, True), (91, False)])
def test_the_last_day_is_today_at_the_earliest_and_in_ninety_days_at_most(tell, ben, days, is_taken):
    if is_taken:
        assert tell(ben, days=days).is_standing()
    else:
        with pytest.raises(Refusal):
            tell(ben, days=days)


def test_it_stands_until_its_last_day_is_over_and_then_for_its_author_alone(
    desk, makers, ada, ben, days_pass, as_
):
    days_pass(9)
    assert listed(makers, ada) == [desk]
    days_pass(10)
    assert listed(makers, ada) == listed(makers, ben) == []
    assert list(queries.not_shown_of(makers, ben)) == [desk]
    assert not queries.not_shown_of(makers, ada).exists()
    for reader, status in ((ada, 404), (ben, 200)):
        assert as_(reader).get(desk.get_absolute_url()).status_code == status


def test_the_day_is_the_circles(desk, makers, monkeypatch):
    # Half past eleven in the evening in London is half past midnight in Stockholm.
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 1, 5, 23, 30, tzinfo=UTC))
    assert today_in(makers) == date(2026, 1, 6)
    makers.time_zone = "Europe/London"
    assert today_in(makers) == date(2026, 1, 5)


def test_its_author_renews_what_is_over(desk, makers, ada, ben, days_pass):
    days_pass(10)
    renewed = posting.renew(desk, by=ben)
    assert renewed.last_day == today_in(makers) + timedelta(days=40)
    assert listed(makers, ada) == [desk]


def test_renewing_shortens_nothing(tell, ben):
    far = tell(ben, days=80)
    assert posting.renew(far, by=ben).last_day == far.last_day


def test_it_is_closed_early_and_opened_again_until_it_is_over(desk, makers, ada, ben, days_pass):
    posting.close(desk, by=ben)
    posting.close(desk, by=ben)
    assert listed(makers, ada) == []
    assert Entry.objects.filter(name="opportunity.closed").count() == 1
    posting.reopen(desk, by=ben)
    assert listed(makers, ada) == [desk]
    posting.close(desk, by=ben)
    days_pass(10)
    with pytest.raises(Refusal):
        posting.reopen(desk, by=ben)


def test_nobody_else_changes_closes_renews_or_removes(desk, ada):
    for act in (posting.close, posting.reopen, posting.renew, posting.remove):
        with pytest.raises(PermissionDenied):
            act(desk, by=ada)
    with pytest.raises(PermissionDenied):
        posting.change(desk, by=ada, last_day=desk.last_day, title="Mine")


def test_whoever_left_the_circle_removes_what_is_theirs_and_does_nothing_else(desk, makers, ben):
    makers.memberships.filter(person=ben).update(state="left")
    with pytest.raises(PermissionDenied):
        posting.renew(desk, by=ben)
    posting.remove(desk, by=ben)
    assert not Opportunity.objects.exists()


def test_a_change_without_another_day_is_taken_when_it_is_over(desk, ben, days_pass):
    days_pass(10)
    assert posting.change(desk, by=ben, last_day=desk.last_day, title="Gone").title == "Gone"
    with pytest.raises(Refusal):
        posting.change(desk, by=ben, last_day=desk.last_day - timedelta(days=1), title="Gone")


def test_whoever_is_blocked_finds_nothing_of_the_other(desk, makers, ada, ben, as_):
    silence.block(ben, ada)
    assert listed(makers, ada) == []
    assert as_(ada).get(desk.get_absolute_url()).status_code == 404
    silence.let_go(ben, ada)
    silence.keep_apart(ben, ada)
    assert listed(makers, ada) == [desk]


def mails():
    return list(Mail.objects.filter(kind="growth/opportunity_ends").values_list("person", flat=True))


def test_three_days_before_its_author_gets_one_mail(desk, ben, days_pass):
    days_pass(5)
    posting.remind_all_due()
    assert mails() == []
    days_pass(6)
    posting.remind_all_due()
    posting.remind_all_due()
    days_pass(7)
    posting.remind_all_due()
    assert mails() == [ben.pk]


@pytest.mark.parametrize("how", ["closed", "over", "left", "turned off"])
def test_no_mail_when_nobody_waits_for_it(desk, makers, ben, days_pass, how):
    if how == "closed":
        posting.close(desk, by=ben)
    elif how == "left":
        makers.memberships.filter(person=ben).update(state="left")
    elif how == "turned off":
        choices.choose(ben, set(choices.Group.values) - {choices.Group.OPPORTUNITIES})
    days_pass(10 if how == "over" else 7)
    posting.remind_all_due()
    assert mails() == []


def test_whoever_has_just_chosen_a_near_day_is_not_reminded_of_it(tell, ben):
    tell(ben, days=2)
    posting.remind_all_due()
    assert mails() == []


def test_what_is_renewed_is_told_of_again(desk, ben, days_pass):
    days_pass(7)
    posting.remind_all_due()
    posting.renew(desk, by=ben)
    posting.remind_all_due()
    assert mails() == [ben.pk]
    days_pass(35)
    posting.remind_all_due()
    assert mails() == [ben.pk, ben.pk]
