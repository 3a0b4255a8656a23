from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from peerhood.growth.mentoring import asking, keeping
from peerhood.growth.models import MentoringNote
from peerhood.notices.models import Mail
from peerhood.people import silence
from peerhood.people.own_data import erasing
from peerhood.platform.refusals import Refusal


def over(kind="over"):
    mails = Mail.objects.filter(kind=f"growth/mentoring_{kind}")
    return sorted(mails.values_list("person", flat=True))


def test_either_ticks_and_nobody_else(pair, ada, ben, chi):
    first, second = pair.goals.all()
    keeping.tick(first, by=ada, is_done=True)
    keeping.tick(second, by=ben, is_done=True)
    keeping.tick(second, by=ada, is_done=False)
    assert list(pair.goals.values_list("is_done", flat=True)) == [True, False]
    with pytest.raises(PermissionDenied):
        keeping.tick(first, by=chi, is_done=False)


def test_goals_that_stay_keep_their_tick(pair, ada, ben):
    keeping.tick(pair.goals.first(), by=ada, is_done=True)
    keeping.set_goals(pair, ["To ask", "To say no", "To rest"], by=ben)
    assert list(pair.goals.values_list("text", "is_done")) == [
        ("To ask", False),
        ("To say no", True),
        ("To rest", False),
    ]
    with pytest.raises(Refusal):
        keeping.set_goals(pair, ["x"] * 6, by=ben)


def test_a_note_is_its_writers_alone(pair, ada, ben, chi, as_):
    keeping.write(pair, by=ben, text="She sees through me.")
    keeping.write(pair, by=ben, gained="To say no.")
    assert MentoringNote.objects.get().text == "She sees through me."
    assert "She sees through me." in as_(ben).get(pair.get_absolute_url()).text
    assert "She sees through me." not in as_(ada).get(pair.get_absolute_url()).text
    assert as_(chi).get(pair.get_absolute_url()).status_code == 404
    with pytest.raises(PermissionDenied):
        keeping.write(pair, by=chi, text="Me, too.")


def test_it_ends_by_itself_after_its_day_and_both_are_asked_once(pair, ada, ben, days_pass, as_):
    days_pass(100)
    keeping.end_all_due()
    assert (pair.is_active(), over()) == (True, [])
    days_pass(101)
    assert not pair.is_active()
    keeping.end_all_due()
    keeping.end_all_due()
    assert over() == sorted([ada.pk, ben.pk])
    assert "for yourself alone" in Mail.objects.filter(kind="growth/mentoring_over").first().text
    as_(ben).post(f"{pair.get_absolute_url()}gained/", {"gained": "To say no."})
    assert "To say no." in as_(ben).get(pair.get_absolute_url()).text
    assert 'value="To say no."' not in as_(ada).get(pair.get_absolute_url()).text


@pytest.mark.parametrize("who", ["ada", "ben"])
def test_either_ends_it_before_without_a_reason(pair, ada, ben, who):
    keeping.end(pair, by={"ada": ada, "ben": ben}[who])
    keeping.end(pair, by=ada)
    assert over("ended") == sorted([ada.pk, ben.pk])
    keeping.end_all_due()
    assert over() == []
    pair.refresh_from_db()
    assert not pair.is_active()
    for act in (
        lambda: keeping.propose(pair, pair.ends_on + timedelta(days=1), by=ada),
        lambda: keeping.tick(pair.goals.first(), by=ada, is_done=True),
        lambda: keeping.set_goals(pair, ["x"], by=ada),
    ):
        with pytest.raises(Refusal):
            act()
    assert keeping.write(pair, by=ben, text="Still mine.").text == "Still mine."


def test_nobody_else_ends_it(pair, chi):
    with pytest.raises(PermissionDenied):
        keeping.end(pair, by=chi)


def texts(pair):
    mails = Mail.objects.filter(kind="growth/mentoring_ended").order_by("person")
    return [(mail.person_id, mail.subject, mail.text) for mail in mails]


def test_a_silence_ends_it_in_the_same_words(pair, ada, ben, django_capture_on_commit_callbacks):
    keeping.end(pair, by=ada)
    pressed = texts(pair)
    Mail.objects.all().delete()
    type(pair).objects.update(ended_at=None)
    with django_capture_on_commit_callbacks(execute=True):
        silence.keep_apart(ada, ben)
    assert texts(pair) == pressed
    pair.refresh_from_db()
    assert not pair.is_active()


def test_whoever_blocks_finds_nothing_of_the_other(pair, ada, ben, as_):
    silence.block(ben, ada)
    for person in (ada, ben):
        assert as_(person).get(pair.get_absolute_url()).status_code == 404


def later(pair, days):
    return pair.ends_on + timedelta(days=days)


def test_it_is_prolonged_once_when_both_wish(pair, ada, ben):
    day = later(pair, 50)
    keeping.propose(pair, day, by=ada)
    assert list(Mail.objects.filter(kind="growth/mentoring_prolong").values_list("person", flat=True)) == [
        ben.pk
    ]
    with pytest.raises(PermissionDenied):
        keeping.answer(pair, by=ada, agrees=True)
    with pytest.raises(Refusal):
        keeping.propose(pair, day, by=ben)
    keeping.answer(pair, by=ben, agrees=True)
    pair.refresh_from_db()
    assert pair.ends_on == day
    with pytest.raises(Refusal):
        keeping.propose(pair, later(pair, 1), by=ben)


def test_a_no_leaves_the_day_and_another_may_be_proposed(pair, ada, ben):
    before = pair.ends_on
    keeping.propose(pair, later(pair, 50), by=ben)
    keeping.answer(pair, by=ada, agrees=False)
    pair.refresh_from_db()
    assert (pair.ends_on, pair.prolong_to) == (before, None)
    keeping.propose(pair, later(pair, 9), by=ada)
    keeping.answer(pair, by=ada, agrees=False)
    with pytest.raises(Refusal):
        keeping.answer(pair, by=ben, agrees=True)


@pytest.mark.parametrize("days", [0, -1, 266])
def test_a_new_day_is_later_and_within_twelve_months(pair, ada, days):
    with pytest.raises(Refusal):
        keeping.propose(pair, later(pair, days), by=ada)


def test_one_asks_anew_when_it_is_over(pair, ask, offer, ben):
    assert "agreed on mentoring already" in asking.why_not(offer, ben)
    keeping.end(pair, by=ben)
    assert ask(ben).is_open()


def test_an_erasure_ends_it_and_leaves_the_other_their_note(pair, ada, ben, as_):
    keeping.write(pair, by=ada, text="He was brave.")
    erasing.erase(ben)
    mail = Mail.objects.get(kind="growth/mentoring_ended", person=ada)
    assert "Ben" not in mail.text
    page = as_(ada).get(pair.get_absolute_url()).text
    assert "He was brave." in page
    assert "A former member" in page
    assert "To say no" not in page
