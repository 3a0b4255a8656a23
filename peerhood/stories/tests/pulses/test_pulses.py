"""Who else has this problem? Asked and answered without names, and told as totals from five on."""

import shutil
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.timezone import now

from peerhood.circles.models import Membership
from peerhood.journal.models import Entry
from peerhood.notices import choices
from peerhood.notices.models import Mail
from peerhood.platform.refusals import Refusal
from peerhood.rooms.pot import hat, pouring, spool
from peerhood.rooms.pot.drawing import SEALED_SIZE, Late
from peerhood.stories.models import Pulse
from peerhood.stories.pulses import answering, asking, telling
from peerhood.stories.tests.pulses.conftest import PROBLEM, told

pytestmark = pytest.mark.django_db


def mails(kind):
    return list(Mail.objects.filter(kind=f"stories/{kind}").order_by("pk"))


# Asking


def test_every_other_member_is_asked_and_nobody_reads_who_asks(as_, pulse, others, ada, ben):
    assert {mail.person for mail in mails("pulse")} == set(others)
    assert PROBLEM in mails("pulse")[0].text
    assert "Ada" not in mails("pulse")[0].text + mails("pulse")[0].subject
    main = as_(ben).get(pulse.get_absolute_url()).text.split("<main")[1].split("</main>")[0]
    assert (PROBLEM in main, "Ada" in main) == (True, False)
    assert Entry.objects.get(name="pulse.asked").by_id is None


def test_whoever_wants_no_questions_is_asked_on_the_page_alone(makers, ada, others, spool_folder, commit):
    choices.turn_off(others[0], choices.Group.QUESTIONS)
    pulse = commit(asking.ask, makers, PROBLEM, by=ada)
    assert others[0] not in {mail.person for mail in mails("pulse")}
    assert answering.draw(pulse, others[0])


def test_one_at_a_time_in_a_circle(pulse, makers, ben):
    with pytest.raises(Refusal, match="already"):
        asking.ask(makers, "Another", by=ben)


def test_with_too_few_members_to_hide_among_nothing_is_asked(makers, ada, others):
    makers.memberships.exclude(person__in=[ada, *others[:4]]).delete()
    with pytest.raises(Refusal, match="too few"):
        asking.ask(makers, PROBLEM, by=ada)
    assert Pulse.objects.count() == 0


def test_only_members_ask_answer_and_see_it(as_, client, pulse, makers, dot):
    with pytest.raises(PermissionDenied):
        asking.ask(makers, PROBLEM, by=dot)
    with pytest.raises(Late):
        answering.draw(pulse, dot)
    assert as_(dot).get(pulse.get_absolute_url()).status_code == 404
    assert as_(dot).post(f"{pulse.get_absolute_url()}draw/").status_code == 404


def test_whoever_asked_may_take_it_back_and_organisers_may(pulse, as_, ben, ada, settings, commit):
    assert as_(ben).post(f"{pulse.get_absolute_url()}remove/").status_code == 403
    commit(asking.take_back, pulse, by=ada)
    assert Pulse.objects.count() == 0
    assert not spool.is_there(settings.POT_SPOOL, pulse.key)


# Answering


def test_each_answers_once(pulse, answer, ben):
    assert answer(ben, "yes") == 200
    with pytest.raises(hat.Drawn):
        answering.draw(pulse, ben)


def test_what_is_no_answer_and_two_answers_are_refused_at_the_door(answer, ben, chi):
    assert answer(ben, "perhaps") == 400
    assert answer(chi, "yes no") == 400


def test_whoever_asked_has_no_answer_and_whoever_came_later_has_none(pulse, makers, ada, dot):
    makers.memberships.create(person=dot)
    for person in (ada, dot):
        with pytest.raises(Late):
            answering.draw(pulse, person)


def test_the_answer_to_a_draw_is_of_one_size_whatever_it_says(as_, pulse, ada, ben):
    path = f"{pulse.get_absolute_url()}draw/"
    first, second, none = as_(ben).post(path), as_(ben).post(path), as_(ada).post(path)
    assert {len(each.content) for each in (first, second, none)} == {SEALED_SIZE}
    assert (set(told(first)), told(second), told(none)) == ({"ticket"}, {"said": "drawn"}, {"said": "late"})


def test_nobody_reads_how_many_have_answered_before_it_is_over(as_, pulse, answer, others, chi):
    before = as_(chi).get(pulse.get_absolute_url()).text
    answer(others[0], "yes")
    after = as_(chi).get(pulse.get_absolute_url()).text
    main = [page.split("<main")[1].split('name="csrfmiddlewaretoken"')[0] for page in (before, after)]
    assert main[0] == main[1]


# Telling


def test_when_the_week_is_over_all_read_the_totals(as_, pulse, answer, others, week_over, chi, ada):
    for person, words in zip(others, ["yes", "yes", "yes", "solved", "no", "yes"], strict=True):
        answer(person, words)
    week_over()
    pulse.refresh_from_db()
    assert pulse.totals == {"yes": 4, "solved": 1, "no": 1}
    page = as_(chi).get(pulse.get_absolute_url()).text
    assert ("6 members answered." in page, "I had it, and it got better" in page) == (True, True)
    assert (mails("pulse_over")[0].person, "I have it, too: 4" in mails("pulse_over")[0].text) == (ada, True)


def test_four_answers_are_told_to_nobody(as_, pulse, answer, others, week_over, chi):
    for person in others[:4]:
        answer(person, "yes")
    week_over()
    pulse.refresh_from_db()
    assert (pulse.state, pulse.totals) == (Pulse.State.TOO_FEW, None)
    page = as_(chi).get(pulse.get_absolute_url()).text
    assert ("Fewer than 5 answered" in page, "I have it, too" in page) == (True, False)
    assert "I have it" not in mails("pulse_over")[0].text


def test_control_the_fifth_answer_is_what_it_takes(pulse, answer, others, week_over):
    for person in others[:5]:
        answer(person, "no")
    week_over()
    pulse.refresh_from_db()
    assert pulse.totals == {"yes": 0, "solved": 0, "no": 5}


def test_before_the_week_is_over_nothing_is_told_and_afterwards_once(pulse, answer, others, week_over):
    for person in others:
        answer(person, "yes")
    week_over(timedelta(days=6))
    assert Pulse.objects.get().state == Pulse.State.OPEN
    week_over()
    week_over()
    assert [len(mails("pulse_over")), Entry.objects.filter(name="pulse.told").count()] == [1, 1]


def test_who_asked_is_forgotten_when_it_is_over_and_the_answers_are_gone(pulse, week_over, settings):
    week_over()
    assert Pulse.objects.get().asked_by is None
    assert spool.folders(settings.POT_SPOOL) == []


def test_no_table_says_who_answered_or_what(pulse, answer, others, week_over, ben):
    kept = {mail.pk for mail in Mail.objects.all()}
    for person in others:
        answer(person, "yes")
    assert Pulse.objects.get().totals is None
    assert {mail.pk for mail in Mail.objects.all()} == kept
    assert Entry.objects.exclude(by_id=None).count() == 0


# What may come in between


def test_the_rooms_sweeping_leaves_it(pulse, answer, others, week_over):
    answer(others[0], "yes")
    pouring.pour_due()
    for person in others[1:]:
        answer(person, "yes")
    week_over()
    assert Pulse.objects.get().totals == {"yes": 6, "solved": 0, "no": 0}


def test_control_without_a_day_on_it_the_sweeping_takes_it(pulse, settings, monkeypatch):
    monkeypatch.setattr(spool, "_stands", lambda folder: False)
    pouring.pour_due()
    assert not spool.is_there(settings.POT_SPOOL, pulse.key)


def test_what_was_swept_long_ago_may_go(pulse, settings):
    Pulse.objects.update(closes_at=now() - timedelta(days=8))
    old = Pulse.objects.get()
    spool.forget(settings.POT_SPOOL, old.key)
    asking.stand(old)
    pouring.pour_due()
    assert spool.folders(settings.POT_SPOOL) == []


def test_after_a_power_cut_all_can_answer_again(pulse, answer, others, week_over, settings):
    answer(others[0], "yes")
    shutil.rmtree(settings.POT_SPOOL)
    settings.POT_SPOOL.mkdir(mode=0o700)
    for person in others:
        assert answer(person, "no") == 200
    week_over()
    assert Pulse.objects.get().totals == {"yes": 0, "solved": 0, "no": 6}


def test_a_crash_between_the_counting_and_the_commit_tells_nothing_by_half(
    pulse, answer, others, week_over, monkeypatch
):
    for person in others:
        answer(person, "yes")

    def dies(*_of, **_with):
        raise RuntimeError

    with monkeypatch.context() as patch:
        patch.setattr(telling.journal, "record", dies)
        with pytest.raises(RuntimeError):
            week_over()
    assert Pulse.objects.get().state == Pulse.State.OPEN
    week_over()
    assert Pulse.objects.get().totals == {"yes": 6, "solved": 0, "no": 0}


def test_whoever_leaves_the_circle_answers_no_more(pulse, makers, ben):
    makers.memberships.filter(person=ben).update(state=Membership.State.LEFT)
    with pytest.raises(Late):
        answering.draw(pulse, ben)


def test_erasing_whoever_asked_leaves_the_question(pulse, ada):
    ada.delete()
    assert Pulse.objects.get().asked_by is None


# Pages


def test_a_member_asks_and_is_led_on(as_, ada, others, spool_folder, commit):
    browser = as_(ada)
    form = browser.get("/stories/threads/makers/pulses/ask/")
    assert "at least 5 have answered" in form.text
    assert browser.post("/stories/threads/makers/pulses/ask/", {"ask": "  "}).status_code == 422
    answer = commit(browser.post, "/stories/threads/makers/pulses/ask/", {"ask": PROBLEM}, follow=True)
    assert (answer.status_code, "6 members are asked." in answer.text) == (200, True)
    assert PROBLEM in browser.get("/stories/threads/makers/").text


def test_what_is_told_can_be_proposed_as_a_theme(as_, pulse, answer, others, week_over, chi, makers):
    for person in others:
        answer(person, "yes")
    week_over()
    page = as_(chi).get(pulse.get_absolute_url()).text
    assert f'name="title" value="{PROBLEM}"' in page
    as_(chi).post("/circles/makers/themes/propose/", {"title": PROBLEM, "question": ""})
    assert makers.themes.get().title == PROBLEM
