"""Mail me my list: one mail to oneself, with what stands on the page, and never where somebody was under a rule."""

from datetime import timedelta
from email import message_from_bytes, policy
from threading import Barrier
from uuid import uuid4

import pytest
import time_machine
from django.utils.timezone import now

from peerhood.connections import connecting, mailing, noting
from peerhood.gatherings.models import AgendaItem
from peerhood.notices import delivery
from peerhood.notices.models import Mail
from peerhood.people import affiliations
from peerhood.platform import presence
from peerhood.platform.refusals import Refusal
from tests.threads import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def keep(after_supper):
    def both(one, other, gathering=after_supper):
        connecting.say_met(one, other, gathering)
        connecting.say_met(other, one, gathering)

    return both


@pytest.fixture
def lunch(supper, ada, chi, keep, share_a_table):
    """Another gathering, at which Ada sat with Chi, whom she keeps from there."""
    gathering = type(supper).objects.get(pk=supper.pk)
    gathering.pk, gathering.title, gathering.uid = None, "Lunch", uuid4()
    gathering.save()
    share_a_table(gathering, ada, chi)
    keep(ada, chi, gathering)
    return gathering


def parsed(mail):
    """As sent on the wire, and read back: its subject and its text."""
    wire = delivery._message(mail).message().as_bytes(linesep="\r\n")
    read = message_from_bytes(wire, policy=policy.default)
    return read["Subject"], read["To"], read.get_body(("plain",)).get_content()


def test_it_says_what_the_page_says_and_what_is_ones_own(ada, ben, keep, after_supper):
    affiliations.add(ben, "Norrköping Hospital", title="Head of Kilns")
    ben.ask_me_about = "glazes; clay"
    ben.save()
    keep(ada, ben)
    noting.note(ada, ben, "Lent me\na book")
    noting.talked_about(ada, ben, after_supper, "The big kiln")
    noting.note(ben, ada, "Owes me a coffee")
    subject, to, text = parsed(mailing.mail_list(ada, after_supper))
    assert (subject, to) == ("Your people from “Supper”", "ada@example.org")
    entry = text[text.index("Ben Berg") : text.index("As contact cards")].strip().splitlines()
    day = after_supper.starts_at.astimezone(after_supper.zone).date().isoformat()
    assert entry == [
        "Ben Berg",
        "Head of Kilns, Norrköping Hospital",
        "ben@example.org",
        "Happy to be called about: glazes; clay",
        f"Met at Supper, {day}: The big kiln",
        "Your note: Lent me",
        "a book",
    ]
    assert "Owes me" not in text


def test_what_they_show_to_nobody_is_not_in_it(ada, ben, keep):
    affiliations.add(ben, "Norrköping Hospital", title="Head of Kilns")
    ben.ask_me_about, ben.visibility = "glazes", {"job": "me", "ask_me_about": "me"}
    ben.save()
    keep(ada, ben)
    text = mailing.mail_list(ada).text
    assert "Ben Berg" in text
    assert [words for words in ("Hospital", "Kilns", "glazes") if words in text] == []


def test_in_it_are_those_kept_from_that_gathering_and_nobody_else(ada, ben, chi, keep, lunch, after_supper):
    keep(ada, ben)
    names = {"Ben Berg", "Chi Chen"}
    for gathering, found in ((lunch, {"Chi Chen"}), (after_supper, names), (None, names)):
        text = mailing.mail_list(ada, gathering).text
        assert {name for name in names if name in text} == found


def test_a_word_that_only_one_has_said_is_in_no_mail(ada, ben, chi, keep, after_supper):
    connecting.say_met(ada, ben, after_supper)
    connecting.say_met(chi, ada, after_supper)
    with pytest.raises(Refusal, match="nobody on this list"):
        mailing.mail_list(ada, after_supper)
    assert not Mail.objects.exists()


@pytest.mark.parametrize("level", ["chatham", "confidential", "agenda-only"])
def test_under_a_rule_it_does_not_say_where(ada, ben, keep, after_supper, level):
    keep(ada, ben)
    noting.talked_about(ada, ben, after_supper, "The big kiln")
    AgendaItem.objects.create(
        gathering=after_supper, position=0, kind="talk", title="T", length_minutes=20, confidentiality=level
    )
    for gathering in (after_supper, None):
        subject, _to, text = parsed(mailing.mail_list(ada, gathering))
        assert subject == "Your people"
        assert "Supper" not in text
        assert "ben@example.org" in text
        assert "The big kiln" in text


def test_it_is_in_the_language_of_who_reads_it(ada, ben, keep):
    keep(ada, ben)
    ben.ask_me_about = "glasyr"
    ben.save()
    ada.language = "sv"
    ada.save()
    mail = mailing.mail_list(ada)
    assert mail.language == "sv"
    assert "Träffades på Supper" in mail.text
    assert "Ring gärna om: glasyr" in mail.text


def test_a_former_member_is_not_in_it(ada, ben, chi, keep):
    keep(ada, ben)
    keep(ada, chi)
    type(chi).objects.filter(pk=chi.pk).update(name="", email=None, work="", erased_at=now(), is_active=False)
    text = mailing.mail_list(ada).text
    assert "Ben Berg" in text
    assert "former member" not in text


def test_one_press_is_one_mail_and_there_are_three_a_day(ada, ben, keep):
    keep(ada, ben)
    with time_machine.travel(now(), tick=False) as clock:
        assert mailing.mail_list(ada) == mailing.mail_list(ada)
        for _time in range(2):
            clock.shift(timedelta(minutes=1))
            mailing.mail_list(ada)
        clock.shift(timedelta(minutes=1))
        with pytest.raises(Refusal, match="tomorrow"):
            mailing.mail_list(ada)
        assert Mail.objects.filter(kind=mailing.KIND).count() == 3
        mailing.mail_list(ben)  # his are his own
        clock.shift(timedelta(days=1))
        mailing.mail_list(ada)
    assert Mail.objects.filter(kind=mailing.KIND, person=ada).count() == 4


def test_whoever_has_no_address_is_told_so(ada, ben, keep):
    keep(ada, ben)
    type(ada).objects.filter(pk=ada.pk).update(email=None)
    ada.refresh_from_db()
    with pytest.raises(Refusal, match="no e-mail address"):
        mailing.mail_list(ada)


def test_whoever_is_erased_gets_none(ada, ben, keep):
    keep(ada, ben)
    type(ada).objects.filter(pk=ada.pk).update(name="", email=None, erased_at=now(), is_active=False)
    with pytest.raises(presence.Gone):
        mailing.mail_list(ada)


def test_there_is_a_button_where_somebody_is_kept(as_, ada, ben, keep, after_supper):
    met = f"/connections/met/{after_supper.pk}/"
    assert "Mail me my list" not in as_(ada).get(met).text
    assert "Mail me my list" not in as_(ada).get("/connections/").text
    keep(ada, ben)
    for page, button in ((met, f"{met}mail/"), ("/connections/", "/connections/mail/")):
        assert f'action="{button}"' in as_(ada).get(page).text
        answer = as_(ada).post(button, follow=True)
        assert answer.redirect_chain == [(page, 302)]
        assert "Your list is on its way to ada@example.org." in answer.text
    assert Mail.objects.filter(kind=mailing.KIND).count() == 2


def test_of_a_gathering_one_may_not_see_there_is_no_list(as_, ada, dot, ben, keep, after_supper, makers):
    keep(ada, ben)
    type(after_supper).objects.filter(pk=after_supper.pk).update(state="draft")
    assert as_(dot).post(f"/connections/met/{after_supper.pk}/mail/").status_code == 404


def test_it_costs_the_same_whatever_its_length(ada, ben, chi, keep, django_assert_max_num_queries):
    keep(ada, ben)
    counts = []
    for _more in range(2):
        with django_assert_max_num_queries(40) as taken:
            mailing.mail_list(ada)
        counts.append(len(taken))
        Mail.objects.all().delete()
        keep(ada, chi)
    assert counts == [15, 15]


@pytest.mark.django_db(transaction=True)
def test_four_presses_at_once_are_one_mail(ada, ben, keep):
    keep(ada, ben)
    said = at_once(*[lambda: mailing.mail_list(ada)] * 4)
    assert {type(each) for each in said} == {Mail}
    assert Mail.objects.filter(kind=mailing.KIND).count() == 1


@pytest.mark.django_db(transaction=True)
def test_control_outside_a_transaction_and_without_the_hold_they_are_more(ada, ben, keep, monkeypatch):
    keep(ada, ben)
    all_four, kept = Barrier(4, timeout=20), mailing._kept

    def beside_the_others(*args):
        all_four.wait()
        return kept(*args)

    monkeypatch.setattr(mailing, "_kept", beside_the_others)
    monkeypatch.setattr(mailing, "_hold", lambda person: None)
    at_once(*[lambda: mailing.mail_list.__wrapped__(ada)] * 4)
    assert Mail.objects.filter(kind=mailing.KIND).count() == 4
