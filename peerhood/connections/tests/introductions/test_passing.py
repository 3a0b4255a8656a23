"""Passing on, or quietly not: to whom, and what reaches whom."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.utils.timezone import now

from peerhood.connections.introductions import answering, asking, passing, queries
from peerhood.connections.models import Introduction
from peerhood.connections.tests.introductions.conftest import REASON
from peerhood.notices.models import Mail
from peerhood.people import silence
from peerhood.platform.refusals import Refusal

pytestmark = pytest.mark.django_db
# Each pair of whom one would rather not, and which way round.
APART = [("ada", "ben"), ("ben", "ada"), ("ada", "chi"), ("chi", "ada"), ("ben", "chi"), ("chi", "ben")]


def mails(kind):
    return Mail.objects.filter(kind=f"connections/{kind}").order_by("pk")


def test_it_reaches_whom_it_names_with_the_reason_and_the_line(wish, ben, chi):
    passed = passing.pass_on(wish, ben, chi, line="You two count the same beans.")
    assert (passed.state, passed.target) == ("passed", chi)
    mail = mails("introduction_passed").get()
    assert mail.person == chi
    assert "Ada Andersson would like to meet you, and Ben Berg passed it on." in mail.text
    assert REASON in mail.text
    assert "You two count the same beans." in mail.text
    assert "@" not in mail.text


def test_passing_on_twice_passes_on_once_and_to_another_is_refused(free_wish, ben, chi, dot, keep):
    keep(ben, dot)
    passing.pass_on(free_wish, ben, chi)
    passing.pass_on(free_wish, ben, chi)
    assert mails("introduction_passed").count() == 1
    with pytest.raises(Refusal):
        passing.pass_on(free_wish, ben, dot)


def test_only_to_the_one_it_names_and_only_if_they_are_kept(circle, ada, ben, chi, dot, person, keep):
    eve = person("Eve Ek")
    circle.memberships.create(person=eve)
    keep(ben, dot)
    wish = asking.ask(ada, ben, wanted=eve, reason=REASON)
    for other in (eve, dot, ada, chi):
        with pytest.raises(PermissionDenied):
            passing.pass_on(wish, ben, other)
    keep(ben, eve)
    assert passing.pass_on(wish, ben, eve).target == eve  # control


def test_in_free_words_to_any_of_ones_own_and_not_to_the_asker(free_wish, ada, ben, chi, dot, keep):
    keep(ben, dot)
    assert set(queries.may_be_passed_to(free_wish)) == {chi, dot}
    with pytest.raises(PermissionDenied):
        passing.pass_on(free_wish, ben, ada)
    assert passing.pass_on(free_wish, ben, dot).target == dot


def test_nobody_but_the_one_who_was_asked_passes_on_or_leaves(wish, ada, chi):
    for person in (ada, chi):
        with pytest.raises(PermissionDenied):
            passing.pass_on(wish, person, chi)
        with pytest.raises(PermissionDenied):
            passing.leave(wish, person)


def test_quietly_not_writes_no_mail_and_stays_so(wish, ben, chi):
    before = mails("introduction_asked").count()
    passing.leave(wish, ben)
    passing.leave(wish, ben)
    assert Mail.objects.count() <= before
    with pytest.raises(Refusal):
        passing.pass_on(wish, ben, chi)


def test_after_thirty_days_it_is_passed_on_no_more(wish, ben, chi):
    with time_machine.travel(now() + timedelta(days=29, hours=23)):
        assert queries.introductions_of(ben).exists()  # control
    with time_machine.travel(now() + timedelta(days=30, hours=1)):
        assert not queries.introductions_of(ben).exists()
        with pytest.raises(Refusal):
            passing.pass_on(wish, ben, chi)


@pytest.mark.parametrize(("owner", "about"), [pair for pair in APART if set(pair) != {"ada", "ben"}])
def test_a_silence_holds_it_back_and_whoever_passed_it_on_cannot_tell(
    owner, about, circle, ada, ben, chi, request
):
    wish = asking.ask(ada, ben, wish="knows risk", reason=REASON)
    people = {"ada": ada, "ben": ben, "chi": chi}
    silence.keep_apart(people[owner], people[about])
    if (owner, about) == ("ben", "chi"):
        # Whom one would rather not be with oneself is not there to be chosen.
        assert list(queries.may_be_passed_to(wish)) == []
        return
    assert list(queries.may_be_passed_to(wish)) == [chi]
    passed = passing.pass_on(wish, ben, chi)
    assert (passed.state, passed.target, passed.is_passed_on()) == ("held", None, True)
    assert not mails("introduction_passed").exists()
    assert not queries.introductions_of(chi).exists()
    with pytest.raises(PermissionDenied):
        answering.accept(passed, chi)


def test_a_wish_between_two_of_whom_one_would_rather_not_reaches_nobody(circle, ada, ben, chi):
    silence.keep_apart(ben, ada)
    assert list(queries.kept_by(ada)) == [ben]  # to be absent would tell
    wish = asking.ask(ada, ben, wanted=chi, reason=REASON)
    assert not Mail.objects.exists()
    assert not queries.introductions_of(ben).exists()
    with pytest.raises(Refusal):
        passing.pass_on(wish, ben, chi)
    assert queries.introductions_of(ada).get().is_going_on()


def test_whom_one_would_rather_not_be_with_is_not_offered_to_oneself(circle, ada, ben, chi):
    silence.keep_apart(ada, ben)
    silence.keep_apart(ada, chi)
    assert list(queries.kept_by(ada)) == []
    assert list(queries.may_be_named_by(ada)) == []


@pytest.mark.parametrize("act", [silence.keep_apart, silence.block])
@pytest.mark.parametrize(("owner", "about"), APART)
def test_a_silence_that_comes_later_takes_it_out_of_sight(
    act, owner, about, wish, ada, ben, chi, django_capture_on_commit_callbacks
):
    passing.pass_on(wish, ben, chi)
    assert queries.introductions_of(chi).exists()  # control
    people = {"ada": ada, "ben": ben, "chi": chi}
    with django_capture_on_commit_callbacks(execute=True):
        act(people[owner], people[about])
    wish.refresh_from_db()
    assert wish.state == "held"
    assert not mails("introduction_passed").exists()  # it had not left yet
    assert not queries.introductions_of(chi).exists()
    assert queries.introductions_of(ada).get().is_going_on()
    with pytest.raises(Refusal):
        answering.accept(wish, chi)


def test_two_who_keep_each_other_already_are_not_told_to_whoever_passes_on(free_wish, ada, ben, chi, keep):
    keep(ada, chi)
    passed = passing.pass_on(free_wish, ben, chi)
    assert (passed.state, passed.is_passed_on()) == ("held", True)
    assert not queries.introductions_of(chi).exists()


def test_nobody_is_reached_twice_by_one_asker_within_ninety_days(circle, ada, ben, chi, dot, keep):
    first = passing.pass_on(asking.ask(ada, ben, wanted=chi, reason=REASON), ben, chi)
    answering.decline(first, chi)
    keep(ada, dot)
    keep(dot, chi)
    second = asking.ask(ada, dot, wish="counts beans", reason=REASON)
    assert passing.pass_on(second, dot, chi).state == "held"
    with time_machine.travel(now() + timedelta(days=121)):
        answering.lapse_all_due()
        third = asking.ask(ada, dot, wish="counts beans", reason=REASON)
        assert passing.pass_on(third, dot, chi).state == "passed"  # control


def test_whom_it_names_is_read_by_the_one_who_was_asked_only_if_they_may_read_it_anyway(
    circle, forum, ada, ben, chi, dot, keep
):
    """A circle that nobody may know of does not become known by a wish."""
    keep(ada, dot)
    wish = asking.ask(ada, dot, wanted=chi, reason=REASON)
    assert queries.wanted_as_read_by_go_between(wish) is None
    keep(dot, chi)
    assert queries.wanted_as_read_by_go_between(wish) == chi


def test_what_was_passed_on_and_what_was_held_back_are_one_to_whoever_passed_it_on(
    circle, ada, ben, chi, dot, keep
):
    keep(ben, dot)
    one = asking.ask(ada, ben, wish="counts beans", reason=REASON)
    other = asking.ask(ada, ben, wish="counts peas", reason=REASON)
    silence.keep_apart(dot, ada)
    passing.pass_on(one, ben, chi)
    passing.pass_on(other, ben, dot)
    assert [each.state for each in Introduction.objects.order_by("pk")] == ["passed", "held"]
    assert [each.is_passed_on() for each in queries.introductions_of(ben)] == [True, True]
