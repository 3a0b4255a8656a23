"""Every kind of mail there is, in both languages, as it goes over the wire and is read back.

Each is written with a whole circle in the middle of its evening, with names and words as long, and as hostile,
as people can write them: pictures in Markdown and in HTML, and a calendar part beside them.
"""

import re
from datetime import timedelta
from email import message_from_bytes, policy
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import urlsplit

import pytest
from django.urls import resolve, reverse
from django.utils.timezone import now

import peerhood
from peerhood.circles.models import Report, Seed
from peerhood.connections import mailing
from peerhood.gatherings.calendars import imip
from peerhood.gatherings.models import CoHosting, MemberStory
from peerhood.growth.models import MentoringAsk, MentoringPair, Opportunity, Pitch, PitchCard
from peerhood.notices import choices, delivery, sending
from peerhood.people.models import Person
from peerhood.stories import month
from peerhood.stories.models import Pulse, Story, Thread
from tests.access import world

pytestmark = pytest.mark.django_db
ROOT = Path(peerhood.__file__).parent
KINDS = sorted(f"{path.parent.parent.name}/{path.stem}" for path in ROOT.glob("*/templates/*/mail/*.txt"))
MOST_BYTES = 60 * 1024
OURS = "http://127.0.0.1:8000"
RECEIPTS = ("Disposition-Notification-To", "Return-Receipt-To", "X-Confirm-Reading-To")
SPY = "https://evil.example/pixel.png?reader=7"
HOSTILE = f'Eve ![]({SPY}) <img src="{SPY}">'
# Where a link in a mail may hold something that only its reader was given (docs/running).
SIGNED = {"pages:leave_mails", "stories:comments_off", "gatherings:answer_by_mail", "circles:seed_link"}
# What a mail program would fetch when the mail is only opened.
FETCHED = {
    "img",
    "picture",
    "video",
    "audio",
    "iframe",
    "object",
    "embed",
    "link",
    "script",
    "form",
    "input",
    "svg",
}
FETCHING = {"src", "srcset", "background", "data", "poster"}
FETCHED_BY_STYLE = re.compile(r"url\(|@import", re.IGNORECASE)


@pytest.fixture
def told(makers, ada, ben, chi, dot):
    """All that any mail may speak of."""
    built = world.build(makers, organiser=ada, host=chi, member=ben, newcomer=dot)
    eve = Person.objects.create_user("eve@example.org", name=HOSTILE[:120], welcomed_at=now())
    gathering = built.gathering
    gathering.title = ("Supper " + HOSTILE)[:120].ljust(120, "x")
    gathering.place_name, gathering.address = "The mill", HOSTILE[:200]
    gathering.save()
    rsvp = gathering.rsvps.get(person=ben)
    rsvp.greeter, rsvp.offer_ends_at = eve, now() + timedelta(hours=2)
    item = gathering.agenda.first()
    seed = Seed.objects.filter(planter=ada).first()
    words = (HOSTILE + "\n\n") * 55
    link = f"http://127.0.0.1:8000/gatherings/{gathering.pk}/answer/abc-signed-abc/"
    return {
        **dict.fromkeys(("by", "newcomer", "applicant", "leaver", "greeter", "other", "buddy"), eve),
        **dict.fromkeys(("reason", "word", "words"), words[:4000]),
        "gathering": gathering,
        "next": gathering,
        "circle": makers,
        "rsvp": rsvp,
        "hold": SimpleNamespace(takes_place=True, ends_at=now()),
        "membership": makers.memberships.get(person=dot),
        "application": makers.memberships.get(person=dot).applications.first(),
        "report": Report.objects.first(),
        "seed": seed,
        "poll": makers.date_polls.first(),
        "story": MemberStory.objects.first(),
        "article": Story.objects.first(),
        "told": Story(title=HOSTILE[:120], slug="what-we-learned"),
        "co_hosting": CoHosting.objects.first(),
        "newcomers": [eve] * 40,
        "programme": [(item, now())] * 40,
        "yes_count": 3,
        "afterwards": "leave",
        "link": link,
        "code": "QWER-1234",
        **dict.fromkeys(("email", "deleted_email", "from_email", "to_email"), "ada@example.org"),
        "thread": Thread.objects.first(),
        "pulse": Pulse(
            circle=makers,
            pk=7,
            ask=HOSTILE[:120],
            state=Pulse.State.TOLD,
            totals={"yes": 4, "solved": 0, "no": 1},
        ),
        "things": [
            month.Item("gathering", gathering),
            month.Item("story", Story.objects.first()),
            month.Item("theme", makers.themes.first()),
            month.Item("years", makers, 1),
        ],
        "coffee": SimpleNamespace(
            pk=7, first_at=now(), second_at=now(), chosen_at=now(), place=HOSTILE[:160], words=HOSTILE[:400]
        ),
        "introduction": SimpleNamespace(
            pk=8, asker=eve, go_between=eve, target=eve, reason=HOSTILE[:400], line=HOSTILE[:400]
        ),
        "round": SimpleNamespace(pairs_at=now()),
        "ask": MentoringAsk(pk=7, why=HOSTILE * 8, goals=HOSTILE[:160], ends_on=now().date()),
        "pair": MentoringPair(pk=7, ends_on=now().date(), prolong_to=now().date()),
        "pitch": Pitch(pk=7, title=HOSTILE[:80]),
        "card": PitchCard(pk=7),
        "opportunity": Opportunity(
            pk=7, circle=makers, title=HOSTILE[:120], last_day=now().date(), dated_on=now().date()
        ),
        "others": [eve, eve],
        "opener": f"Ask Eve about: {HOSTILE}.",
        "entries": [mailing.Entry(HOSTILE[:120], [HOSTILE[:160], "ada@example.org", HOSTILE[:200]])] * 20,
        "items": [{"subject": HOSTILE[:200], "link": link}] * 5,
        "count": 7,
        "more": 2,
        "all_of_them": "http://127.0.0.1:8000/me/mails/",
    }


@pytest.fixture(autouse=True)
def what_is_missing_is_said(settings):
    """A name that a template asks for and does not get is nothing in a mail; here it is a word."""
    options = settings.TEMPLATES[0]["OPTIONS"] | {"string_if_invalid": "MISSING"}
    settings.TEMPLATES = [settings.TEMPLATES[0] | {"OPTIONS": options}]


def write(kind, told, reader):
    """As sent on the wire, and read back."""
    context = dict(told)
    if kind == "circles/seed_invitation":
        context["link"] = reverse("circles:seed_link", args=["x" * 22])
    part = imip.request_if_seated(told["rsvp"]) if kind.startswith("gatherings/") else None
    # A thread of its own for each; what is in line beside it is the threads' tests'.
    mail = sending.send(reader, kind, calendar=part, **context)
    wire = delivery._message(mail).message().as_bytes(linesep="\r\n")
    return mail, wire, message_from_bytes(wire, policy=policy.default)


class Reading(HTMLParser):
    """The links with what they say, and all that would be fetched by itself."""

    def __init__(self):
        super().__init__()
        self.links, self.fetched, self.inside, self.is_style = [], [], None, False

    def handle_starttag(self, tag, attributes):
        names = dict(attributes)
        if tag in FETCHED or FETCHING & set(names) or FETCHED_BY_STYLE.search(names.get("style") or ""):
            self.fetched.append(self.get_starttag_text())
        self.is_style = tag == "style"
        if tag == "a":
            self.inside = [names.get("href", ""), ""]

    def handle_data(self, data):
        if self.is_style and FETCHED_BY_STYLE.search(data):
            self.fetched.append(data)
        if self.inside:
            self.inside[1] += data

    def handle_endtag(self, tag):
        self.is_style = False
        if tag == "a" and self.inside:
            self.links.append(tuple(self.inside))
            self.inside = None


def read(html):
    reading = Reading()
    reading.feed(html)
    return reading


def follows_the_reader(link):
    """Does a link of ours hold something about its reader that is not written down as signed?"""
    if urlsplit(link).query or urlsplit(link).fragment:
        return True
    match = resolve(urlsplit(link).path)
    opaque = [
        value
        for value in match.kwargs.values()
        if not re.fullmatch(r"\d{1,9}|[a-z]+(-[a-z0-9]+)*", str(value))
    ]
    return bool(opaque) and match.view_name not in SIGNED


def wrong_with(kind, told, reader):
    """What is not as it should be with a mail of this kind, in words."""
    mail, wire, message = write(kind, told, reader)
    text = message.get_body(("plain",)).get_content()
    html = message.get_body(("html",)).get_content()
    links = read(html).links
    is_optional = bool(choices.list_of(kind))
    one_click = (f"<{mail.leave}>", "List-Unsubscribe=One-Click") if is_optional else (None, None)

    def said_in(name):
        # A long address stands on a line of its own.
        return message[name].strip() if name in message else None

    found = {
        "too large": len(wire) > MOST_BYTES,
        "no text": not text.strip(),
        "another language": f'<html lang="{reader.language}">' not in html,
        "a word is missing": "MISSING" in message["Subject"] + text + html,
        "calls home": read(html).fetched,
        # What somebody wrote leads where it says; and only what leads to us can tell us anything.
        "a link hides where it leads": [each for each in links if each[0] != each[1]],
        "a link follows its reader": [
            at for at, _ in links if at.startswith(OURS) and follows_the_reader(at)
        ],
        "one-click": (said_in("List-Unsubscribe"), said_in("List-Unsubscribe-Post")) != one_click,
        "no name of its own": message["Message-ID"] != f"<{mail.uid}@localhost>",
        "asks for a receipt": any(message[name] for name in RECEIPTS),
    }
    return {what: said for what, said in found.items() if said}


@pytest.mark.parametrize("language", ["en", "sv"])
def test_every_kind_of_mail_is_as_it_should_be(language, told, ben):
    ben.language = language
    assert {kind: wrong for kind in KINDS if (wrong := wrong_with(kind, told, ben))} == {}


def test_both_languages_say_it_each_in_its_own(told, ben):
    for kind in KINDS:
        texts = set()
        for language in ("en", "sv"):
            ben.language = language
            texts.add(write(kind, told, ben)[0].text)
        assert len(texts) == 2, kind


# Controls: a mail that does what is not done is seen


def test_control_a_picture_from_elsewhere_is_seen():
    for html in (
        '<img src="x">',
        "<p background='x'>",
        "<style>@import 'x'</style>",
        "<p style='background:url(x)'>",
    ):
        assert read(html).fetched


def test_control_a_link_that_follows_its_reader_is_seen():
    assert follows_the_reader("http://127.0.0.1:8000/gatherings/?reader=7")
    assert follows_the_reader(OURS + reverse("circles:follow", args=["KQ3x9_zzTT0aa1bb2cc3dd"]))
    assert not follows_the_reader("http://127.0.0.1:8000/gatherings/7/")


def test_control_a_link_that_hides_where_it_leads_is_seen():
    assert read('<a href="https://evil.example">your bank</a>').links == [
        ("https://evil.example", "your bank")
    ]


def test_control_a_mail_that_is_too_large_is_seen(told, ben):
    _mail, wire, _message = write("gatherings/words", told | {"words": "x" * 40_000}, ben)
    assert len(wire) > MOST_BYTES


def test_control_a_word_that_is_missing_is_seen(told, ben):
    del told["other"]
    assert "MISSING" in write("connections/connected", told, ben)[0].text


def test_control_an_optional_mail_that_always_comes_has_no_way_out(told, ben, monkeypatch):
    monkeypatch.delitem(choices.OPTIONAL, "gatherings/thanks")
    assert write("gatherings/thanks", told, ben)[2]["List-Unsubscribe"] is None
