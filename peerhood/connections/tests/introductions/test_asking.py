"""Asking to be introduced: whom one asks and names, how many wishes, and taking one back."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.timezone import now

from peerhood.connections import connecting
from peerhood.connections.introductions import answering, asking, passing, queries
from peerhood.connections.models import Introduction
from peerhood.connections.tests.introductions.conftest import REASON
from peerhood.journal.models import Entry
from peerhood.notices import choices
from peerhood.notices.models import Mail
from peerhood.people import silence
from peerhood.platform.refusals import Refusal

pytestmark = pytest.mark.django_db


def mails(kind):
    return Mail.objects.filter(kind=f"connections/{kind}").order_by("pk")


def test_the_one_who_is_asked_gets_a_mail_with_the_reason_and_no_name_of_a_third(wish, ben):
    mail = mails("introduction_asked").get()
    assert mail.person == ben
    assert REASON in mail.text
    assert "Chi" not in mail.subject + mail.text


def test_the_mail_can_be_turned_off_and_the_wish_is_there_all_the_same(circle, ada, ben, chi):
    choices.turn_off(ben, choices.Group.INTRODUCTIONS)
    asking.ask(ada, ben, wanted=chi, reason=REASON)
    assert not Mail.objects.exists()
    assert queries.introductions_of(ben).count() == 1


def test_one_asks_those_one_keeps_and_nobody_else(circle, ada, ben, chi, dot, keep):
    assert list(queries.kept_by(ada)) == [ben]
    for other in (chi, dot, ada):
        with pytest.raises(PermissionDenied):
            asking.ask(ada, other, wish="knows risk", reason=REASON)
    keep(ada, dot)
    assert asking.ask(ada, dot, wish="knows risk", reason=REASON)  # control


def test_a_one_sided_word_is_not_enough(circle, ada, dot):
    from peerhood.connections.models import Connection

    one, other = sorted((ada, dot), key=lambda person: person.pk)
    Connection.objects.create(one=one, other=other, one_said_at=now())
    with pytest.raises(PermissionDenied):
        asking.ask(ada, dot, wish="knows risk", reason=REASON)


def test_one_names_people_of_ones_circles_whom_one_does_not_keep(circle, ada, ben, chi, dot):
    assert list(queries.may_be_named_by(ada)) == [chi]
    for other in (ben, dot, ada):
        with pytest.raises(PermissionDenied):
            asking.ask(ada, ben, wanted=other, reason=REASON)


def test_whether_the_one_who_is_asked_knows_them_makes_no_difference(circle, ada, ben, chi, person):
    eve = person("Eve Ek")
    circle.memberships.create(person=eve)
    known = asking.ask(ada, ben, wanted=chi, reason=REASON)
    unknown = asking.ask(ada, ben, wanted=eve, reason=REASON)
    assert known.state == unknown.state == "open"
    assert mails("introduction_asked").count() == 2


def test_whom_and_why_have_to_be_said(circle, ada, ben, chi):
    for said in ({"wish": "  ", "reason": REASON}, {"wanted": chi, "reason": " "}):
        with pytest.raises(Refusal):
            asking.ask(ada, ben, **said)
    assert not Introduction.objects.exists()


def test_three_wishes_are_on_their_way_and_no_more(circle, ada, ben):
    for number in range(3):
        asking.ask(ada, ben, wish=f"knows thing {number}", reason=REASON)
    with pytest.raises(Refusal):
        asking.ask(ada, ben, wish="knows one thing more", reason=REASON)
    asking.withdraw(Introduction.objects.first(), ada)
    assert asking.ask(ada, ben, wish="knows one thing more", reason=REASON)  # control


def test_what_the_others_did_frees_no_place(circle, ada, ben, chi, dot, keep):
    """Else an asker could count out what became of a wish."""
    first, second, third = [
        asking.ask(ada, ben, wish=f"knows thing {number}", reason=REASON) for number in range(3)
    ]
    passing.leave(first, ben)
    answering.decline(passing.pass_on(second, ben, chi), chi)
    keep(ben, dot)
    silence.keep_apart(dot, ada)
    assert passing.pass_on(third, ben, dot).state == "held"
    with pytest.raises(Refusal):
        asking.ask(ada, ben, wish="knows one thing more", reason=REASON)


@pytest.mark.parametrize("what_happened", ["nothing", "left", "declined", "withdrawn"])
def test_the_same_person_is_asked_for_again_only_after_ninety_days_whatever_happened(
    what_happened, wish, ada, ben, chi
):
    if what_happened == "left":
        passing.leave(wish, ben)
    if what_happened == "declined":
        answering.decline(passing.pass_on(wish, ben, chi), chi)
    if what_happened == "withdrawn":
        asking.withdraw(wish, ada)
    # A wish ends after thirty days, and one that is taken back at once.
    over_after = timedelta(0) if what_happened == "withdrawn" else Introduction.OPEN_FOR
    for days in (0, 89):
        with time_machine.travel(now() + over_after + timedelta(days=days)):
            answering.lapse_all_due()
            answering.forget_old()
            assert asking.why_not(ada, chi) == "You asked for them not long ago. Leave it for a while."
            with pytest.raises(Refusal):
                asking.ask(ada, ben, wanted=chi, reason=REASON)
    with time_machine.travel(now() + over_after + timedelta(days=91)):
        assert asking.ask(ada, ben, wanted=chi, reason=REASON)  # control


def test_another_go_between_does_not_get_around_that(wish, ada, chi, dot, keep):
    keep(ada, dot)
    with pytest.raises(Refusal):
        asking.ask(ada, dot, wanted=chi, reason=REASON)


def test_it_is_taken_back_by_its_asker_alone_and_found_by_nobody_then(wish, ada, ben, chi):
    passed = passing.pass_on(wish, ben, chi)
    for other in (ben, chi):
        with pytest.raises(PermissionDenied):
            asking.withdraw(passed, other)
    asking.withdraw(wish, ada)
    asking.withdraw(wish, ada)
    assert not queries.introductions_of(ben).exists()
    assert not queries.introductions_of(chi).exists()
    assert queries.introductions_of(ada).get().is_withdrawn()
    with pytest.raises(Refusal):
        answering.accept(passed, chi)


def test_a_mail_that_has_not_left_goes_with_the_wish(wish, ada):
    assert mails("introduction_asked").count() == 1
    asking.withdraw(wish, ada)
    assert mails("introduction_asked").count() == 0


def test_when_the_two_keep_each_other_no_more_the_wish_is_in_nobodys_hand(wish, ada, ben, chi):
    connecting.take_back(ben, ada)
    assert not queries.introductions_of(ben).exists()
    with pytest.raises(Refusal):
        passing.pass_on(wish, ben, chi)
    assert queries.introductions_of(ada).get().is_going_on()


def test_nothing_of_a_wish_is_in_the_journal_until_two_keep_each_other(wish, ada, ben, chi):
    before = Entry.objects.count()
    passing.pass_on(wish, ben, chi)
    answering.decline(wish, chi)
    asking.withdraw(wish, ada)
    assert Entry.objects.count() == before


def test_the_database_keeps_three_people_apart_from_one_another(wish, ada, ben, chi):
    for wrong in ({"go_between": ada}, {"target": ada}, {"target": ben}, {"state": "passed"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Introduction.objects.filter(pk=wish.pk).update(**wrong)
    Introduction.objects.filter(pk=wish.pk).update(target=chi, state="passed")  # control
