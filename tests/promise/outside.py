"""For each surface of the table of levels: where to look, and whether the canary got out there.

Each looker gets a gathering in whose agenda one item is at some level, and looks through a real door: a page,
a feed, a mail, an export, a sheet. True: it is out.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from itertools import count

from django.test import Client
from django.utils.timezone import now

from peerhood.circles.models import Circle
from peerhood.gatherings import agenda, door, rsvp, searching
from peerhood.gatherings.calendars import feeds
from peerhood.gatherings.coming import first_time, greeting, preparing
from peerhood.gatherings.confidentiality import Surface
from peerhood.gatherings.models import Gathering, Rsvp
from peerhood.gatherings.printing import letter, sheets
from peerhood.gatherings.tests.reading_paper import pages_of
from peerhood.journal.models import Entry
from peerhood.mixing.models import Encounter
from peerhood.notices.models import Mail
from peerhood.people.models import Affiliation, Employer, Person
from peerhood.people.own_data.rules import told_in
from peerhood.platform.refusals import Refusal
from peerhood.rooms import running
from peerhood.rooms.models import Pot
from peerhood.rooms.pot import opening
from peerhood.stories.comments import commenting
from peerhood.stories.models import Recording, Story
from peerhood.stories.recordings import attaching

TITLE, ITEM, SPEAKER, WORDS, HALL = "Titlecanary", "Itemcanary", "Speakercanary", "Wordscanary", "Hallcanary"
SURNAME, EMPLOYER = "Namecanary", "Employercanary"
again = count(1)


@dataclass
class World:
    """Ada hosts and greets; Eve comes for the first time and is read by everybody; Chi is a member who does not come."""

    gathering: Gathering
    ada: Person
    chi: Person
    eve: Person

    def seat(self) -> Rsvp:
        return self.gathering.rsvps.get(person=self.eve)


def world_at(
    level: str, makers: Circle, gathering: Callable, ada: Person, chi: Person, person: Callable
) -> World:
    """Tomorrow's gathering of a public circle, with one item at this level; Ada has been to one before."""
    earlier = gathering(makers, starts_at=now() - timedelta(days=90))
    earlier.rsvps.create(person=ada, status=Rsvp.Status.GOING, checked_in_at=earlier.starts_at)
    hall = gathering(makers, title=TITLE, starts_at=now() + timedelta(hours=25), words=WORDS, place_name=HALL)
    hall.hosts.add(ada)
    line = agenda.Line("story", ITEM, 240, SPEAKER, level)
    agenda.set_agenda(hall, [line], by=ada)
    eve = person(f"Eve {SURNAME}")
    Affiliation.objects.create(person=eve, employer=Employer.objects.create(name=EMPLOYER), title="Lead")
    makers.memberships.create(person=eve)
    hall = Gathering.objects.select_related("circle").get(pk=hall.pk)
    rsvp.attend(hall, ada)
    rsvp.attend(hall, eve)
    hall.rsvps.filter(person=eve).update(shown_to=Rsvp.ShownTo.EVERYBODY)
    hall.refresh_from_db()
    return World(hall, ada, chi, eve)


def page_for(person: Person | None, path: str) -> str:
    """A page as somebody reads it, and never one that is kept."""
    browser = Client()
    if person:
        browser.force_login(person)
    answer = browser.get(f"{path}{'&' if '?' in path else '?'}again={next(again)}")
    return answer.text if answer.status_code == 200 else ""


def of_gathering(world: World, person: Person | None = None, more: str = "") -> str:
    return page_for(person, f"{world.gathering.get_absolute_url()}{more}")


def mails_of(kind: str) -> str:
    return "\n".join(
        f"{mail.subject}\n{mail.text}" for mail in Mail.objects.filter(kind=f"gatherings/{kind}")
    )


def attendees_public(world: World) -> bool:
    browser = Client()
    answer = browser.get(f"{world.gathering.get_absolute_url()}?again={next(again)}")
    # What a template hides is loaded all the same: nobody is to be at hand who may not be read.
    return SURNAME in answer.text or world.eve in answer.context["guests"]


def attendees_members(world: World) -> bool:
    return SURNAME in of_gathering(world, world.chi, "guests/")


def speaker_public(world: World) -> bool:
    return SPEAKER in of_gathering(world)


def share(world: World) -> bool:
    return any(way in of_gathering(world) for way in ("linkedin.com", "mailto:"))


def structured_data(world: World) -> bool:
    card = Client().get(f"{world.gathering.get_absolute_url()}card.png?again={next(again)}")
    page = of_gathering(world)
    return card.status_code == 200 or any(
        mark in page for mark in ("ld+json", "og:title", 'name="description"')
    )


def index(world: World) -> bool:
    listed = world.gathering.get_absolute_url() in page_for(None, "/sitemap.xml")
    return listed or 'name="robots" content="noindex"' not in of_gathering(world)


def feed(world: World) -> bool:
    read = [page_for(None, path) for path in ("/gatherings/feed.ics", "/gatherings/feed/makers.ics")]
    return any(canary in each for canary in (TITLE, WORDS, HALL) for each in read)


def calendar_details(world: World) -> bool:
    own = page_for(None, f"/gatherings/mine/{feeds.make(world.eve)}.ics")
    one = of_gathering(world, world.eve, "calendar.ics")
    by_mail = "\n".join(Mail.objects.filter(person=world.eve).values_list("calendar", flat=True))
    assert "BEGIN:VEVENT" in own
    assert "BEGIN:VEVENT" in one
    return any(canary in each for canary in (TITLE, WORDS, HALL) for each in (own, one, by_mail))


def mail_subject(world: World) -> bool:
    return any(TITLE in mail.subject for mail in Mail.objects.filter(kind="gatherings/seated"))


def mail_details(world: World) -> bool:
    first_time.write_all_due()
    preparing.write(
        world.gathering, by=world.ada, first_question="Which number?", second_question="", reading=""
    )
    preparing.tell(world.gathering, by=world.ada)
    expected, prepared = mails_of("what_to_expect"), mails_of("prepare")
    assert ("This is how it goes" in expected, "Which number?" in prepared) == (True, True)
    written = letter.written(world.gathering, world.eve, language="en")
    said = "\n".join([expected, prepared, *written.happens])
    return ITEM in said or SPEAKER in said


def notice_names(world: World) -> bool:
    greeting.name_for(world.gathering)
    told = mails_of("to_meet")
    # No newcomer stands alone: whoever meets them has a name, at every level.
    assert "Eve" in told
    return SURNAME in told or EMPLOYER in told


def search(world: World) -> bool:
    searching.write(world.gathering)
    title = page_for(None, f"/search/?q={TITLE}")
    assert world.gathering.get_absolute_url() in title
    return any(
        world.gathering.get_absolute_url() in page_for(None, f"/search/?q={word}") for word in (WORDS, HALL)
    )


def export_names(world: World) -> bool:
    door.check_in(world.seat(), by=world.ada)
    Encounter.objects.create(
        circle=world.gathering.circle, gathering=world.gathering, round_number=1, one=world.ada, other=world.eve
    )  # fmt: skip
    rows = [told_in(table, world.ada)[0] for table in ("whom_i_checked_in", "whom_i_sat_with")]
    assert [row["gathering"] for row in rows] == [TITLE, TITLE]
    return SURNAME in str(rows)


def paper_names(world: World) -> bool:
    printed = []
    for slug in ("sign-in", "reception"):
        with suppress(Refusal):
            order = sheets.Order(Gathering.objects.select_related("circle").get(pk=world.gathering.pk))
            printed += pages_of(sheets.put_on_paper(order, sheets.SHEETS[slug], by=world.ada))
    return SURNAME in str(printed)


def audit_person(world: World) -> bool:
    seat = world.seat()
    door.check_in(seat, by=world.ada)
    door.undo(seat, by=world.ada)
    entries = Entry.objects.filter(name__in=["person.checked_in", "person.checked_out"])
    # The act is written down at every level.
    assert entries.count() == 2
    return any(
        (entry.subject_type, entry.subject_id) == ("gatherings.rsvp", str(seat.pk)) for entry in entries
    )


def recording(world: World) -> bool:
    item, words = (
        world.gathering.agenda.get(),
        {"title": "Voicecanary", "url": "https://vimeo.com/1", "language": "en"},
    )
    with suppress(Refusal):
        attaching.attach(item, by=world.ada, has_agreed=True, chapters="", transcript="", **words)
    # And one from before the item had its rule.
    Recording.objects.get_or_create(item=item, **words, defaults={"agreed_at": now()})
    listed = page_for(None, f"/stories/recordings/of/{world.gathering.pk}/")
    assert "Recordings" in listed
    return "Voicecanary" in listed


def comments(world: World) -> bool:
    story = Story.objects.create(
        circle=world.gathering.circle,
        gathering=world.gathering,
        author=world.ada,
        title="What stayed",
        slug="what-stayed",
        text="Ideas.",
        language="en",
        published_at=now(),
    )
    with suppress(Refusal):
        commenting.write(story, "Commentcanary", by=world.chi)
    # And one from before its gathering had its rule.
    story.comments.get_or_create(text="Commentcanary", defaults={"author": world.chi, "language": "en"})
    # Of a confidential gathering only whoever may take the story back still reads it.
    return any("Commentcanary" in page_for(who, story.get_absolute_url()) for who in (None, world.ada))


def pot_of(world: World) -> Pot:
    room = running.open_room(world.gathering, by=world.ada)
    room = running.start(room, by=world.ada)
    return opening.open_pot(room, by=world.ada)


LOOKS = {
    Surface.ATTENDEES_PUBLIC: attendees_public,
    Surface.ATTENDEES_MEMBERS: attendees_members,
    Surface.SPEAKER_PUBLIC: speaker_public,
    Surface.SHARE: share,
    Surface.STRUCTURED_DATA: structured_data,
    Surface.INDEX: index,
    Surface.FEED: feed,
    Surface.CALENDAR_DETAILS: calendar_details,
    Surface.MAIL_SUBJECT: mail_subject,
    Surface.MAIL_DETAILS: mail_details,
    Surface.NOTICE_NAMES: notice_names,
    Surface.SEARCH: search,
    Surface.EXPORT_NAMES: export_names,
    Surface.PAPER_NAMES: paper_names,
    Surface.AUDIT_PERSON: audit_person,
    Surface.RECORDING: recording,
    Surface.COMMENTS: comments,
}
