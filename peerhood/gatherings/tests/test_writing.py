"""A host's own words to everybody: looked at first, to many only with their number, and never the same twice."""

import re
import threading
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils.timezone import now

from peerhood.gatherings.models import Rsvp
from peerhood.gatherings.writing import to_everybody
from peerhood.gatherings.writing.to_everybody import KIND
from peerhood.journal.models import Entry
from peerhood.notices import choices, mass_mail
from peerhood.notices.models import FailingAddress, Mail
from peerhood.people.models import Person
from peerhood.platform.refusals import Refusal

pytestmark = pytest.mark.django_db
WORDS = "Bring a picture of your board.\n\n- or two"


def crowd(gathering, count, status="going"):
    begin = Person.objects.count()
    for number in range(begin, begin + count):
        person = Person.objects.create_user(f"p{number}@example.org", name=f"Person {number:03}")
        gathering.rsvps.create(person=person, status=status)


@pytest.fixture
def evening(makers, ada, gathering):
    evening = gathering(makers, title="Supper", capacity=60)
    evening.hosts.add(ada)
    return evening


def written():
    return Mail.objects.filter(kind=KIND)


def test_those_who_come_get_the_words_and_those_in_line_if_they_are_meant(evening, ada):
    crowd(evening, 3)
    crowd(evening, 2, "waitlisted")
    assert to_everybody.write(evening, WORDS, to="coming", typed=None, by=ada) == 3
    assert to_everybody.write(evening, "Sorry.", to="line", typed=None, by=ada) == 2
    assert to_everybody.write(evening, "All.", to="both", typed=None, by=ada) == 5
    mail = written().first()
    assert mail.subject == "Ada Andersson writes to you: Supper"
    assert "Bring a picture of your board." in mail.text
    assert "<li>or two</li>" in mail.html.replace("\n", "")
    facts = Entry.objects.filter(name="gathering.written_to").first().facts
    assert facts == {"to": "coming", "readers_count": 3}


def test_a_closed_circle_keeps_its_title_off_the_envelope(forum, ada, gathering):
    dawn = gathering(forum, title="Merger talk")
    crowd(dawn, 1)
    to_everybody.write(dawn, WORDS, to="coming", typed=None, by=ada)
    assert written().get().subject == "Ada Andersson writes to you: Network meeting"


def test_only_a_host_writes(evening, ben, dot):
    for somebody in (ben, dot):
        with pytest.raises(PermissionDenied):
            to_everybody.write(evening, WORDS, to="coming", typed=None, by=somebody)


def test_to_many_the_number_is_typed_in_or_nothing_is_sent(evening, ada):
    crowd(evening, 21)
    for typed in (None, 20):
        with pytest.raises(mass_mail.NotConfirmed):
            to_everybody.write(evening, WORDS, to="coming", typed=typed, by=ada)
    assert (written().count(), Entry.objects.filter(name="gathering.written_to").count()) == (0, 0)
    assert to_everybody.write(evening, WORDS, to="coming", typed=21, by=ada) == 21


def test_the_same_words_reach_nobody_twice_and_cost_nothing(evening, ada):
    crowd(evening, 21)
    to_everybody.write(evening, WORDS, to="coming", typed=21, by=ada)
    assert to_everybody.write(evening, WORDS, to="coming", typed=21, by=ada) == 0
    crowd(evening, 2)
    assert to_everybody.write(evening, WORDS, to="both", typed=None, by=ada) == 2
    assert (written().count(), mass_mail.left_today(to_everybody.sender_of(evening)).mails) == (23, 1)


def test_a_day_has_its_cap(evening, ada):
    crowd(evening, 21)
    for words in ("one", "two"):
        to_everybody.write(evening, words, to="coming", typed=21, by=ada)
    with pytest.raises(Refusal, match="that is enough for one day"):
        to_everybody.write(evening, "three", to="coming", typed=21, by=ada)
    assert written().count() == 42


def at_once(evening, ada, words_of):
    """What became of four tries at the same moment."""
    barrier, outcomes = threading.Barrier(4), []

    def act(number):
        try:
            barrier.wait()
            outcomes.append(to_everybody.write(evening, words_of(number), to="coming", typed=21, by=ada))
        except Refusal:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=act, args=(number,)) for number in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    return sorted(map(str, outcomes))


@pytest.mark.django_db(transaction=True)
def test_four_taps_at_once_send_one(evening, ada):
    crowd(evening, 21)
    assert at_once(evening, ada, lambda number: WORDS) == ["0", "0", "0", "21"]
    assert written().count() == 21


@pytest.mark.django_db(transaction=True)
def test_four_mails_at_once_stay_within_the_day(evening, ada):
    crowd(evening, 21)
    assert at_once(evening, ada, str) == ["21", "21", "refused", "refused"]


@pytest.mark.django_db(transaction=True)
def test_control_without_the_cap_all_four_go_out(evening, ada, monkeypatch):
    monkeypatch.setattr(to_everybody.mass_mail, "spend", lambda *args, **more: None)
    crowd(evening, 21)
    assert at_once(evening, ada, str) == ["21"] * 4


def test_whoever_turned_it_off_is_not_counted_and_gets_none(evening, ada):
    crowd(evening, 2)
    choices.turn_off(Rsvp.objects.first().person, choices.Group.HOSTS)
    assert to_everybody.write(evening, WORDS, to="coming", typed=None, by=ada) == 1


@pytest.mark.parametrize("words", ["", "  \n", "x" * 4001])
def test_words_that_cannot_be(evening, ada, words):
    crowd(evening, 1)
    with pytest.raises(Refusal):
        to_everybody.write(evening, words, to="coming", typed=None, by=ada)


def test_before_it_is_announced_and_afterwards_nobody_is_written_to(makers, ada, gathering):
    draft = gathering(makers, state="draft")
    past = gathering(makers, starts_at=now() - timedelta(days=1))
    for each in (draft, past):
        with pytest.raises(Refusal):
            to_everybody.write(each, WORDS, to="coming", typed=None, by=ada)


# The page


@pytest.fixture
def page(evening, ada, client):
    client.force_login(ada)
    return f"/gatherings/{evening.pk}/words/"


def test_the_page_says_how_many_and_what_is_left(page, evening, client):
    crowd(evening, 3)
    seen = client.get(page).text
    assert "Those who come: 3" in seen
    assert "Left for this circle today: 2 mails to more than twenty people, and 500 readers in all." in seen


def test_looking_sends_nothing_and_shows_the_mail_itself_in_a_frame(page, evening, client):
    crowd(evening, 21)
    looked = client.post(page, {"to": "coming", "words": WORDS.replace("\n", "\r\n"), "look": "1"})
    assert (looked.status_code, written().count()) == (200, 0)
    assert "To 21 people (those who come)." in looked.text
    frame = re.search(r'<iframe sandbox [^>]*src="([^"]+)"', looked.text)[1]
    inside = client.get(frame)
    assert "<li>or two</li>" in inside.text.replace("\n", "")
    assert "script-src 'none'" in inside.headers["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in inside.headers["Content-Security-Policy"]
    assert "frame-src 'self'" in looked.headers["Content-Security-Policy"]


def test_the_frame_shows_nobody_else_what_was_written(page, evening, client, chi):
    crowd(evening, 1)
    looked = client.post(page, {"to": "coming", "words": WORDS, "look": "1"})
    frame = re.search(r'<iframe sandbox [^>]*src="([^"]+)"', looked.text)[1]
    evening.hosts.add(chi)
    client.force_login(chi)
    assert client.get(frame).status_code == 404


def test_a_wrong_number_keeps_the_words_and_sends_nothing(page, evening, client):
    crowd(evening, 21)
    for typed in ("", "20", "many"):
        answer = client.post(page, {"to": "coming", "words": WORDS, "typed": typed, "send": "1"})
        assert answer.status_code in (409, 422)
        assert "Bring a picture of your board." in answer.text
    assert written().count() == 0
    assert (
        "nothing has been sent"
        in client.post(page, {"to": "coming", "words": WORDS, "typed": "20", "send": "1"}).text
    )


def test_the_right_number_sends_it(page, evening, client):
    crowd(evening, 21)
    sent = client.post(page, {"to": "coming", "words": WORDS, "typed": "21", "send": "1"}, follow=True)
    assert "Your words go to 21 people." in sent.text
    assert written().count() == 21
    assert "Write to everybody" in sent.text


def test_words_are_kept_until_they_are_sent(page, evening, client):
    client.post(page, {"to": "line", "words": WORDS, "look": "1"})
    assert "Bring a picture of your board." in client.get(page).text
    again = client.post(page, {"to": "line", "words": "Changed.", "again": "1"})
    assert "Changed." in again.text


def test_the_host_reads_whom_no_mail_reaches_and_not_why(page, evening, client):
    crowd(evening, 2)
    lost = Rsvp.objects.order_by("pk").last().person
    FailingAddress.objects.create(address=lost.email, dead_at=now(), failures_count=2)
    looked = client.post(page, {"to": "coming", "words": WORDS, "look": "1"}).text
    assert f"No mail reaches {lost.name}." in looked
    assert lost.email not in looked
    assert "To 1 person" in looked


@pytest.mark.parametrize(
    "sent", [{}, {"to": "everybody", "words": "x"}, {"to": "coming", "words": "\x00"}, {"send": "1"}]
)
def test_bad_input_is_told_and_loses_nothing(page, client, sent):
    assert client.post(page, sent).status_code == 422
