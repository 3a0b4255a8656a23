from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.timezone import now

from peerhood.growth.mentoring import answering, asking, queries
from peerhood.growth.models import MentoringAsk, MentoringPair
from peerhood.growth.models.opportunity import today_in
from peerhood.journal.models import Entry
from peerhood.notices import choices
from peerhood.notices.models import Mail
from peerhood.people import silence
from peerhood.people.models import Person
from peerhood.platform.refusals import Refusal


def offered(person, circle):
    return [each.person for each in asking.offers_to(person, circle)]


def mails(kind):
    return list(Mail.objects.filter(kind=f"growth/{kind}").order_by("pk").values_list("person", flat=True))


def test_members_find_who_offers_and_nobody_asks_themselves(offer, makers, ada, ben, dot, ask):
    assert offered(ben, makers) == [ada]
    assert offered(ada, makers) == []
    for person in (ada, dot):
        with pytest.raises(PermissionDenied):
            ask(person)


def test_an_offer_is_of_its_circle(offer, forum, makers, ben):
    assert offered(ben, forum) == []
    with pytest.raises(PermissionDenied):
        asking.offer(makers, by=_stranger(), about="x", cap=1)


def _stranger():
    return Person.objects.create_user("eve@example.org", name="Eve Ek")


@pytest.mark.parametrize("cap", [0, 6, -1])
def test_between_one_and_five_at_a_time(makers, ada, cap):
    with pytest.raises(Refusal):
        asking.offer(makers, by=ada, about="x", cap=cap)


def test_whoever_offers_no_more_is_not_found_but_may_still_answer(offer, ask, makers, ada, ben):
    asked = ask(ben)
    asking.stop(makers, by=ada)
    assert offered(ben, makers) == []
    assert answering.accept(asked, by=ada).mentee == ben


def test_the_mentor_reads_why_and_goals_by_mail_unless_turned_off(ask, ada, ben, chi):
    asked = ask(ben)
    mail = Mail.objects.get(kind="growth/mentoring_asked")
    assert mail.person == ada
    assert "I cannot say no." in mail.text
    assert "To say no" in mail.text
    asking.take_back(asked, by=ben)
    choices.choose(ada, set(choices.Group.values) - {choices.Group.MENTORING})
    ask(chi)
    assert mails("mentoring_asked") == []


@pytest.mark.parametrize(("days", "is_taken"), [(0, False), (1, True), (365, True), (366, False)])
def test_the_last_day_is_after_today_and_within_twelve_months(ask, ben, days, is_taken):
    if is_taken:
        assert ask(ben, days=days).is_open()
    else:
        with pytest.raises(Refusal):
            ask(ben, days=days)


@pytest.mark.parametrize("goals", [[], ["a"] * 6, ["a" * 161]])
def test_between_one_goal_and_five_each_a_line(ask, ben, goals):
    with pytest.raises(Refusal):
        ask(ben, goals=goals)


def test_one_is_open_for_a_pair_whoever_asks(ask, makers, ada, ben):
    ask(ben)
    with pytest.raises(Refusal):
        ask(ben)
    bens = asking.offer(makers, by=ben, about="x", cap=1)
    with pytest.raises(Refusal):
        ask(ada, of=bens)


def test_a_yes_makes_a_pair_with_its_goals_and_tells_both(ask, ada, ben):
    asked = ask(ben)
    pair = answering.accept(asked, by=ada)
    assert answering.accept(asked, by=ada) == pair
    assert (pair.starts_on, pair.ends_on) == (today_in(pair.circle), asked.ends_on)
    assert list(pair.goals.values_list("text", flat=True)) == ["To say no", "To ask"]
    assert sorted(mails("mentoring_agreed")) == sorted([ada.pk, ben.pk])
    assert "ada@example.org" in Mail.objects.get(kind="growth/mentoring_agreed", person=ben).text


def test_what_two_ask_and_agree_is_in_no_journal(pair):
    names = set(Entry.objects.filter(name__startswith="mentoring").values_list("name", flat=True))
    assert names == {"mentoring.offered"}


def test_only_whoever_was_asked_answers_and_only_whoever_asked_takes_back(ask, ada, ben, chi):
    asked = ask(ben)
    for person in (ben, chi):
        for act in (answering.accept, answering.decline):
            with pytest.raises(PermissionDenied):
                act(asked, by=person)
    for person in (ada, chi):
        with pytest.raises(PermissionDenied):
            asking.take_back(asked, by=person)


def test_a_no_is_kind_has_no_reason_and_leaves_them_in_peace_for_ninety_days(ask, offer, ada, ben, chi):
    asked = ask(ben)
    answering.decline(asked, by=ada)
    answering.decline(asked, by=ada)
    assert mails("mentoring_declined") == [ben.pk]
    assert "not this time" in Mail.objects.get(kind="growth/mentoring_declined").text
    with pytest.raises(Refusal):
        ask(ben)
    assert ask(chi).is_open()
    MentoringAsk.objects.filter(pk=asked.pk).update(answered_at=now() - timedelta(days=91))
    assert ask(ben).is_open()


def test_asked_and_taken_back_twice_is_asking_several_times(ask, ben):
    for _number in range(2):
        asking.take_back(ask(ben), by=ben)
    with pytest.raises(Refusal):
        ask(ben)


def test_nothing_is_agreed_on_after_it_was_taken_back(ask, ada, ben):
    asked = ask(ben)
    asking.take_back(asked, by=ben)
    with pytest.raises(Refusal):
        answering.accept(asked, by=ada)


@pytest.mark.parametrize("who", ["ada", "ben"])
def test_whoever_left_the_circle_agrees_on_nothing(ask, makers, ada, ben, who):
    asked = ask(ben)
    makers.memberships.filter(person={"ada": ada, "ben": ben}[who]).update(state="left")
    with pytest.raises(Refusal):
        answering.accept(asked, by=ada)


def test_nobody_has_more_at_a_time_than_they_said(offer, ask, makers, ada, ben, chi):
    both = [ask(ben), ask(chi)]
    answering.accept(both[0], by=ada)
    with pytest.raises(Refusal):
        answering.accept(both[1], by=ada)
    assert "as many as they wanted" in asking.why_not(offer, _stranger())
    asking.offer(makers, by=ada, about="x", cap=2)
    answering.accept(both[1], by=ada)
    assert queries.active_in(makers).count() == 2


def test_a_place_is_free_again_when_a_day_is_over(pair, offer, ask, ada, chi, days_pass):
    with pytest.raises(Refusal):
        ask(chi)
    days_pass(101)
    assert asking.has_place(offer)


def test_silences_read_as_whoever_offers_no_more(offer, ask, makers, ada, ben, chi, as_):
    address = f"/growth/mentoring/in/makers/ask/{offer.pk}/"
    assert as_(ben).get(address).status_code == 200
    silence.keep_apart(ada, ben)
    silenced = as_(ben).get("/growth/mentoring/in/makers/").text.count("Ada Andersson")
    assert as_(ben).get(address).status_code == 404
    silence.let_go(ada, ben)
    asking.stop(makers, by=ada)
    assert as_(ben).get("/growth/mentoring/in/makers/").text.count("Ada Andersson") == silenced
    assert as_(ben).get(address).status_code == 404


def test_a_silence_answers_what_waits_as_any_other_no(
    makers, ask, ada, ben, chi, django_capture_on_commit_callbacks
):
    asked, other = ask(ben), ask(chi)
    with django_capture_on_commit_callbacks(execute=True):
        silence.keep_apart(ada, ben)
    answering.decline(other, by=ada)
    for each in (asked, other):
        each.refresh_from_db()
    assert asked.state == other.state == "declined"
    bens, chis = (
        Mail.objects.get(kind="growth/mentoring_declined", person=person).text for person in (ben, chi)
    )
    assert bens.split("http")[0] == chis.split("http")[0]


def test_before_it_is_heard_of_nothing_is_agreed_on_all_the_same(ask, ada, ben):
    asked = ask(ben)
    silence.keep_apart(ben, ada)
    with pytest.raises(Refusal):
        answering.accept(asked, by=ada)


def test_a_silence_of_whoever_asked_takes_it_back(ask, ada, ben, django_capture_on_commit_callbacks):
    asked = ask(ben)
    with django_capture_on_commit_callbacks(execute=True):
        silence.keep_apart(ben, ada)
    asked.refresh_from_db()
    assert asked.state == "withdrawn"
    assert mails("mentoring_asked") == mails("mentoring_declined") == []


def test_organisers_read_numbers_from_five_on(makers, person, ada, as_):
    path, day = "/growth/mentoring/in/makers/", today_in(makers)
    for number in range(5):
        other = person(f"Other{number} One")
        MentoringPair.objects.create(
            circle=makers, mentor=ada, mentee=other, starts_on=day, ends_on=day + timedelta(days=9)
        )
        text = as_(ada).get(path).text
        assert ("Pairs now: 5." if number == 4 else "Pairs now: fewer than five.") in text
        assert "Other0" not in text
    makers.memberships.create(person=other)
    assert "Pairs now" not in as_(other).get(path).text
