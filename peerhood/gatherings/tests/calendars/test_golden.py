"""What is sent, byte by byte, beside what Outlook, Google and Apple expect: golden/README.md says why each line is there.

After a change that is meant: ``WRITE_GOLDEN=1 pytest peerhood/gatherings/tests/calendars/test_golden.py``,
and read the difference.
"""

import os
import re
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

import icalendar
import pytest
import time_machine
import vobject
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as some

from peerhood.circles.models import Circle
from peerhood.gatherings import planning, rsvp
from peerhood.gatherings.calendars import feeds, ical, imip
from peerhood.gatherings.models import Gathering, Rsvp
from peerhood.gatherings.tests.calendars.told import calendars_in
from peerhood.gatherings.tests.test_ical import anything, hostile, made
from peerhood.gatherings.tests.unfolding import lines_of
from peerhood.notices import delivery
from peerhood.notices.models import Mail
from peerhood.people.models import Person

GOLDEN = Path(__file__).parents[1] / "golden"
STOCKHOLM = ZoneInfo("Europe/Stockholm")


def compare(name: str, sent: bytes) -> None:
    if os.environ.get("WRITE_GOLDEN"):
        (GOLDEN / name).write_bytes(sent)
    assert sent == (GOLDEN / name).read_bytes()


@pytest.fixture
def supper(makers, gathering, ada, settings, time_machine_at):
    settings.SECRET_KEY, settings.VERSION = "a key for golden files", "0"
    settings.SITE_URL, settings.SITE_NAME = "https://peers.example", "Peers"
    settings.DEFAULT_FROM_EMAIL = "Peers <hello@peers.example>"
    settings.INBOUND_ADDRESS = "reply@peers.example"
    supper = gathering(
        makers,
        pk=7,
        uid=UUID("0a2c6f3e-0000-4000-8000-00000000cafe"),
        title="Supper: beans, bread; a “pot”",
        words="Bring a case.\nWe cut it into five, and each table takes one; räksmörgås for those who ask in time.",
        starts_at=datetime(2027, 1, 21, 18, tzinfo=STOCKHOLM),
        ends_at=datetime(2027, 1, 21, 21, 30, tzinfo=STOCKHOLM),
        changed_at=datetime(2026, 12, 1, 9, tzinfo=UTC),
        place_name="Kårhuset",
        address="Storgatan 1, Norrköping",
    )
    supper.hosts.add(ada)
    return supper


@pytest.fixture
def time_machine_at():
    with time_machine.travel(datetime(2026, 12, 7, 8, 30, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def eva(person, makers):
    eva = person("Eva Ek", id=70_007)
    makers.memberships.create(person=eva)
    return eva


def told(kind: str) -> bytes:
    alternative, file = calendars_in(Mail.objects.filter(kind=f"gatherings/{kind}").latest("pk"))
    assert alternative == file
    return file


pytestmark = pytest.mark.django_db


def test_a_request(supper, eva):
    rsvp.attend(supper, eva)
    compare("request.ics", told("seated"))


def test_a_request_of_a_closed_circle(supper, eva):
    Circle.objects.update(kind=Circle.Kind.INVITATION_ONLY, language="sv")
    rsvp.attend(supper, eva)
    compare("request-discreet.ics", told("seated"))


def test_a_seat_given_up(supper, eva):
    rsvp.attend(supper, eva)
    rsvp.withdraw(supper, eva)
    compare("cancel-seat.ics", told("withdrawn"))


def test_a_gathering_called_off(supper, eva, ada):
    rsvp.attend(supper, eva)
    planning.cancel(supper, by=ada)
    compare("cancel-gathering.ics", told("cancelled"))


def test_a_feed(supper, eva, client):
    rsvp.attend(supper, eva)
    compare("feed.ics", client.get(f"/gatherings/mine/{feeds.make(eva)}.ics").content)


def test_the_mail_around_a_request(supper, eva):
    rsvp.attend(supper, eva)
    mail = Mail.objects.get()
    # Its words are read elsewhere; here it is how the parts lie in each other.
    mail.uid, mail.subject, mail.text = UUID(int=7), "Your seat at Räksmörgås", "You have a seat.\n"
    sent = delivery._message(mail).message().as_bytes(linesep="\r\n")
    marks = list(dict.fromkeys(re.findall(rb'boundary="(=+\d+==)"', sent)))
    # What the page looks like is the design's affair.
    sent = re.sub(rb"<!doctype html>.*</html>", b"<p>You have a seat.</p>", sent, flags=re.DOTALL)
    for number, mark in enumerate(marks):
        sent = sent.replace(mark, b"boundary-%d" % number)
    compare("request.eml", sent)


def test_every_line_has_its_reason():
    reasons = (GOLDEN / "README.md").read_text(encoding="utf-8")
    told = b"".join(path.read_bytes() for path in GOLDEN.glob("*.ics")).replace(b"\r\n ", b"").decode()
    names = set(re.findall(r"(?m)^([A-Z-]+)[;:]", told)) - {"BEGIN", "END"}
    parameters = set(re.findall(r"[;]([A-Z-]+)=", told))
    assert len(names) > 20
    assert {name for name in names | parameters if f"`{name}`" not in reasons} == set()


# Whatever is written, two readers that know nothing of each other read the same


@hypothesis_settings(
    deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
@given(anything | hostile, anything | hostile, anything | hostile, some.sampled_from(["REQUEST", "CANCEL"]))
def test_two_readers_read_the_same_of_any_text(db, title, words, name, method):
    gathering: Gathering = made(title=title, words=words, place_name=title)
    gathering.circle.name = name
    rsvp = Rsvp(gathering=gathering, person=Person(pk=8, email="eva@example.org", name=name))
    part = imip._part(rsvp, method)
    body = calendars_in(Mail(calendar=part.text, calendar_method=method))[1]
    assert all(len(line) <= 75 for line in lines_of(body))
    (ours,) = icalendar.Calendar.from_ical(body).walk("VEVENT")
    theirs = vobject.readOne(body.decode()).vevent
    label = imip.label(name)
    assert ours["attendee"].params["CN"] == (label or "eva@example.org")
    assert theirs.attendee.params["CN"] == [label or "eva@example.org"]
    for key, text in (("summary", title), ("location", title)):
        expected = ical.plain(text)
        assert str(ours.get(key, "")) == expected
        assert (getattr(theirs, key).value if hasattr(theirs, key) else "") == expected
    assert ical.plain(words) in theirs.description.value
    assert len(re.findall(rb"(?m)^ATTENDEE", body)) == 1


def test_a_title_of_ten_thousand_letters_comes_out_whole(db):
    gathering = made(title="å🫖;,\\" * 2_000)
    rsvp = Rsvp(gathering=gathering, person=Person(pk=8, email="eva@example.org", name="Eva"))
    mail = Mail(calendar=imip._part(rsvp, "REQUEST").text, calendar_method="REQUEST")
    body = calendars_in(mail)[1]
    assert vobject.readOne(body.decode()).vevent.summary.value == gathering.title
    for line in lines_of(body):
        assert len(line) <= 75
        line.decode()
