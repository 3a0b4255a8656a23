"""Threads: a question to the circle until a day, and a corner that forgets after a week."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate, now

from peerhood.circles.models import Circle, Membership
from peerhood.journal.models import Entry
from peerhood.notices import choices
from peerhood.notices.models import Mail
from peerhood.people import silence
from peerhood.people.own_data import rules
from peerhood.platform.refusals import Refusal
from peerhood.stories.models import Reply, Thread
from peerhood.stories.threads import asking, ending, replying

pytestmark = pytest.mark.django_db
CORNER = "my boss reads no reports"


def in_days(days):
    return localdate() + timedelta(days=days)


@pytest.fixture
def question(makers, ada):
    return asking.ask(makers, by=ada, title="Who has done this?", text="Really?", reply_by=in_days(5))


@pytest.fixture
def moan(makers, ada, ben):
    thread = asking.moan(makers, by=ada, title=CORNER, text="")
    replying.reply(thread, f"Mine neither: {CORNER}", by=ben)
    return thread


def mails(kind):
    return list(Mail.objects.filter(kind=f"stories/{kind}").order_by("pk"))


# A question.


def test_every_member_hears_of_a_question_and_whoever_asked_does_not(question, ben, chi):
    assert {mail.person for mail in mails("question")} == {ben, chi}
    assert "Who has done this?" in mails("question")[0].text


def test_whoever_wants_no_questions_or_is_hidden_from_whoever_asks_hears_of_none(makers, ada, ben, chi):
    choices.turn_off(ben, choices.Group.QUESTIONS)
    silence.block(chi, ada)
    asking.ask(makers, by=ada, title="Who?", text="", reply_by=in_days(5))
    assert mails("question") == []


def test_somebody_outside_cannot_ask_or_reply(makers, question, dot):
    for act in (
        lambda: asking.ask(makers, by=dot, title="Who?", text="", reply_by=in_days(5)),
        lambda: asking.moan(makers, by=dot, title="Oh", text=""),
        lambda: replying.reply(question, "I", by=dot),
    ):
        with pytest.raises(PermissionDenied):
            act()


@pytest.mark.parametrize("days", [-1, 91])
def test_a_day_to_reply_by_is_within_three_months(makers, ada, days):
    with pytest.raises(Refusal):
        asking.ask(makers, by=ada, title="Who?", text="", reply_by=in_days(days))


def test_three_questions_wait_at_most(makers, ada):
    for number in range(3):
        asking.ask(makers, by=ada, title=f"Who {number}?", text="", reply_by=in_days(5))
    with pytest.raises(Refusal):
        asking.ask(makers, by=ada, title="Who?", text="", reply_by=in_days(5))


def test_replies_come_until_the_end_of_the_day_and_not_after(question, ben):
    with time_machine.travel(now() + timedelta(days=5), tick=False):
        replying.reply(question, "I have.", by=ben)
    with time_machine.travel(now() + timedelta(days=6), tick=False), pytest.raises(Refusal):
        replying.reply(question, "I have, too.", by=ben)


def test_a_form_sent_twice_says_it_once(question, ben):
    assert replying.reply(question, "I have.", by=ben) == replying.reply(question, "I have. ", by=ben)


def test_whoever_asked_reads_once_what_came_of_it(question, ada, ben):
    replying.reply(question, "I have.", by=ben)
    ending.tell_all_due()
    assert mails("replies") == []
    with time_machine.travel(now() + timedelta(days=6), tick=False):
        ending.tell_all_due()
        ending.tell_all_due()
    (mail,) = mails("replies")
    assert (mail.person, "One reply has come" in mail.text) == (ada, True)


def test_a_question_that_gets_another_day_takes_replies_until_then_and_is_told_again(question, ada, ben):
    with time_machine.travel(now() + timedelta(days=6), tick=False):
        ending.tell_all_due()
        asking.wait_until(question, in_days(7), by=ada)
        replying.reply(question, "I have.", by=ben)
    with time_machine.travel(now() + timedelta(days=14), tick=False):
        ending.tell_all_due()
    assert len(mails("replies")) == 2


def test_only_whoever_asked_chooses_another_day(question, moan, ada, ben):
    for thread, by in ((question, ben), (moan, ada)):
        with pytest.raises(PermissionDenied):
            asking.wait_until(thread, in_days(9), by=by)


def test_one_takes_back_ones_own_words_and_an_organiser_anybodys(question, ada, ben, chi):
    mine, theirs = replying.reply(question, "I.", by=ben), replying.reply(question, "You.", by=chi)
    with pytest.raises(PermissionDenied):
        replying.take_back(theirs, by=ben)
    replying.take_back(mine, by=ben)
    replying.take_back(theirs, by=ada)
    assert not question.replies.exists()


# The moan corner.


def test_the_corner_is_gone_after_seven_days_whether_the_worker_came_by_or_not(moan, as_, ben):
    address = moan.get_absolute_url()
    with time_machine.travel(now() + timedelta(days=6, hours=23), tick=False):
        assert as_(ben).get(address).status_code == 200
        assert ending.forget_old_moans() == 0
    with time_machine.travel(now() + timedelta(days=7), tick=False):
        assert as_(ben).get(address).status_code == 404
        with pytest.raises(PermissionDenied):
            replying.reply(moan, "Still here?", by=ben)
        assert ending.forget_old_moans() == 1
    assert (Thread.objects.count(), Reply.objects.count()) == (0, 0)


def test_control_a_question_is_not_forgotten(question):
    with time_machine.travel(now() + timedelta(days=80), tick=False):
        assert ending.forget_old_moans() == 0


def test_nothing_of_the_corner_is_mailed_or_in_the_journal(makers, moan):
    assert not Mail.objects.filter(text__contains=CORNER).exists()
    assert not Entry.objects.filter(subject_type__contains="thread").exists()
    assert not Entry.objects.filter(facts__icontains="boss").exists()


def test_the_corner_is_in_no_export_but_of_ones_own_words(moan, ada, ben, chi):
    said = {
        person: str([rules.told_in(table, person) for table in rules.tables()]) for person in (ada, ben, chi)
    }
    assert [said[person].count(CORNER) for person in (ada, ben, chi)] == [1, 1, 0]
    assert "Mine neither" not in said[ada]


def test_the_corner_is_found_by_no_search(moan, as_, ben):
    assert CORNER not in as_(ben).get("/search/?q=boss").text


def test_whoever_left_or_never_belonged_sees_no_thread(moan, question, as_, ben, dot):
    Membership.objects.filter(person=ben).update(state=Membership.State.LEFT)
    for person in (ben, dot):
        for thread in (moan, question):
            assert as_(person).get(thread.get_absolute_url()).status_code == 404


def test_a_thread_is_of_its_own_circle_only(moan, as_, ben, makers):
    other = Circle.objects.create(name="Studio", slug="studio", kind="open", language="en", time_zone="UTC")
    other.memberships.create(person=ben)
    assert as_(ben).get(f"/stories/threads/studio/{moan.pk}/").status_code == 404


def test_who_is_hidden_from_somebody_says_nothing_to_them(moan, as_, ada, ben, chi):
    silence.block(chi, ben)
    assert "Mine neither" not in as_(chi).get(moan.get_absolute_url()).text
    silence.block(chi, ada)
    assert as_(chi).get(moan.get_absolute_url()).status_code == 404


def test_no_number_tells_of_a_reply_by_somebody_hidden(question, makers, as_, ada, ben, chi):
    replying.reply(question, "I have.", by=ben)
    replying.reply(question, "I, too.", by=chi)
    address = f"/stories/threads/{makers.slug}/"
    assert "2 replies" in as_(ada).get(address).text
    silence.block(ada, ben)
    assert "1 reply" in as_(ada).get(address).text
    with time_machine.travel(now() + timedelta(days=6), tick=False):
        ending.tell_all_due()
    assert "One reply has come" in mails("replies")[0].text


def test_a_reply_of_a_former_member_is_counted(question, makers, as_, ada, ben):
    replying.reply(question, "I have.", by=ben)
    Reply.objects.update(author=None)
    assert "1 reply" in as_(ada).get(f"/stories/threads/{makers.slug}/").text


# The doors.


def test_the_pages_from_asking_to_removing(makers, as_, ada, ben):
    address = f"/stories/threads/{makers.slug}/"
    empty = as_(ada).get(address)
    assert "Nobody has asked one yet" in empty.text
    asked = as_(ada).post(
        f"{address}ask/", {"title": "Who?", "text": "**Really**", "reply_by": in_days(3)}, follow=True
    )
    assert "<strong>Really</strong>" in asked.text
    thread = Thread.objects.get()
    replied = as_(ben).post(thread.get_absolute_url(), {"text": "I."}, follow=True)
    assert "I.</p>" in replied.text
    assert "1 reply" in as_(ada).get(address).text
    as_(ben).post(f"{thread.get_absolute_url()}{Reply.objects.get().pk}/remove/")
    as_(ada).post(f"{thread.get_absolute_url()}day/", {"reply_by": in_days(8)})
    thread.refresh_from_db()
    assert thread.reply_by == in_days(8)
    as_(ada).post(f"{thread.get_absolute_url()}remove/")
    assert not Thread.objects.exists()


def test_a_wrong_day_changes_nothing_and_says_so(question, as_, ada):
    answered = as_(ada).post(f"{question.get_absolute_url()}day/", {"reply_by": "someday"}, follow=True)
    assert "Nothing was changed" in answered.text


def test_something_said_in_the_corner_from_the_page(makers, as_, ada):
    address = f"/stories/threads/{makers.slug}/"
    said = as_(ada).post(f"{address}moan/", {"title": "Reports", "text": ""}, follow=True)
    assert "What is said here stays here" in said.text
    assert as_(ada).post(f"{address}moan/", {"title": ""}).status_code == 422


def test_the_list_asks_the_same_number_of_questions_however_many_there_are(makers, as_, ada, ben):
    def asked():
        with CaptureQueriesContext(connection) as found:
            as_(ben).get(f"/stories/threads/{makers.slug}/")
        return len(found)

    asking.ask(makers, by=ada, title="Who?", text="", reply_by=in_days(3))
    asked()
    few = asked()
    for number in range(2):
        asking.ask(makers, by=ada, title=f"Who {number}?", text="", reply_by=in_days(3))
        asking.moan(makers, by=ben, title=f"Oh {number}", text="")
    assert asked() == few
