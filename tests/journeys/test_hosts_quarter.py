"""A host's whole quarter, from the theme to the next theme: what they press and type is counted and printed.

Ada's circle of twelve meets four times a year. The clock goes from the day after one afternoon to the day
after the next; in between others answer, come and vote, and Ada looks in five times.
"""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from playwright.sync_api import expect

from peerhood.gatherings import looking_back, planning, rsvp
from peerhood.gatherings.coming import links, still_coming
from peerhood.gatherings.models import Gathering
from peerhood.gatherings.series import scheduling
from peerhood.notices.models import Mail
from peerhood.themes import ballots, deciding, proposing
from peerhood.themes.models import Ballot

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

STOCKHOLM = ZoneInfo("Europe/Stockholm")
MOST_CLICKS, MOST_FIELDS, MOST_MINUTES = 40, 8, 10


@pytest.fixture
def circle(makers, person):
    for number in range(9):
        makers.memberships.create(person=person(f"Member{number} Berg"))
    return makers


@pytest.fixture
def last_time(circle, ada, ben):
    """The afternoon before, held in January, in a circle with themes in its list."""
    with time_machine.travel(datetime(2026, 11, 2, 9, tzinfo=STOCKHOLM), tick=False):
        series = scheduling.schedule(
            circle, by=ada, template="norrkoping-afternoon", cadence="quarterly", weekday=3, week_of_month=3,
            starts_at_time=time(13), capacity=20, place_name="Coffee on us, third floor",
        )  # fmt: skip
        gathering = scheduling.draft(series, by=ada, starts_at=datetime(2027, 1, 21, 13, tzinfo=STOCKHOLM))
        for title in ("One page for the board", "Risks we really talk about", "Agile and the office"):
            proposing.propose(circle, ben, title, "How do you do it?")
        planning.publish(gathering, by=ada, anyway=True, purpose="So that nobody decides alone.")
        for membership in circle.memberships.all():
            rsvp.attend(gathering, membership.person)
        gathering.rsvps.update(checked_in_at=gathering.starts_at)
    return gathering


def invited(kind: str, gathering: Gathering) -> list[str]:
    return sorted(
        Mail.objects.filter(kind=kind, key__contains=f"/{gathering.pk}/").values_list("address", flat=True)
    )


def test_a_whole_quarter_takes_a_host_less_than_ten_minutes(phone, circle, last_time, ada, ben, chi, capsys):
    with time_machine.travel(last_time.ends_at + timedelta(days=1)) as clock:
        host = phone(ada)
        gathering = take_up(host, last_time)
        invite(host, gathering)

        clock.move_to(gathering.starts_at - timedelta(weeks=5))
        answers(phone, gathering, ben)
        for membership in circle.memberships.exclude(person=ben)[:9]:
            rsvp.attend(gathering, membership.person)

        clock.move_to(gathering.starts_at - timedelta(days=6))
        prepare_and_remind(host, gathering)
        clock.move_to(still_coming.due_at(gathering) + timedelta(minutes=5))
        still_coming.ask_all_due()
        assert len(invited("gatherings/still_coming", gathering)) == 10

        clock.move_to(gathering.starts_at - timedelta(minutes=45))
        run(host, gathering)
        following = Ballot.objects.get(gathering=gathering).next_gathering

        clock.move_to(gathering.ends_at + timedelta(minutes=30))
        thank(host, gathering)
        clock.move_to(gathering.ends_at + timedelta(hours=5))
        looking_back.thank_all_due()
        thanked = invited("gatherings/thanks", gathering)
        assert len(thanked) == len(set(thanked)) == 10
        see_the_next(host, gathering, following)

    with capsys.disabled():
        print(f"\nA host's whole quarter:\n{host.table()}")
    assert sum(host.clicks.values()) <= MOST_CLICKS
    assert sum(host.fields.values()) <= MOST_FIELDS
    assert host.minutes() < MOST_MINUTES


def take_up(host, last_time) -> Gathering:
    """Today asks for the next theme: the next afternoon is drafted, and takes one from the list."""
    host.step = "theme, date"
    host.signs_in()
    host.opens("/")
    host.sees("Next for you: Next theme")
    host.presses(host.link("To its time line"))
    host.presses(host.button("Draft the next gathering"))
    gathering = Gathering.objects.latest("pk")
    host.presses(host.link("Choose a theme"))
    host.presses(host.button("One page for the board"))
    gathering.refresh_from_db()
    assert gathering.title == "One page for the board"
    assert gathering.starts_at.astimezone(STOCKHOLM).hour == 13
    expect(host.page.locator("#theme")).to_have_attribute("data-state", "done")
    say_who_speaks(host, gathering)
    return gathering


def say_who_speaks(host, gathering) -> None:
    """The programme comes from the series; what is this time's own is the talk, and whose story it is."""
    host.step = "programme"
    host.presses(host.link("Change", within="#date"))
    host.fills(
        host.page.locator("[name=purpose]"), "So that everybody goes home with a page for their board."
    )
    host.fills(host.page.locator("[name=line-1-title]"), "One page, drawn together")
    host.fills(host.page.locator("[name=line-3-speaker]"), "Ben Berg")
    host.presses(host.button("Save the draft"))
    assert gathering.agenda.get(kind="story").speaker == "Ben Berg"
    host.opens(f"/gatherings/{gathering.pk}/timeline/")


def invite(host, gathering) -> None:
    """Read it through, and tell the circle."""
    host.step = "invite"
    host.presses(host.link("Read it through and send"))
    host.sees("To 12 members who have not answered.")
    host.fills(host.page.locator("[name=words]"), "Bring the page you have, however bad it is.")
    if (anyway := host.page.locator("[name=anyway]")).count():
        host.ticks(anyway)
    assert not Mail.objects.filter(kind="gatherings/invited").exists()
    host.presses(host.button("Publish and invite"))
    host.sees("Sent to 12 people.")
    assert len(invited("gatherings/invited", gathering)) == 12


def answers(phone, gathering, person) -> None:
    """Ben says yes from his mail: the link, and one button."""
    mail = Mail.objects.get(kind="gatherings/invited", person=person)
    assert "Bring the page you have" in mail.text
    member = phone()
    member.opens(links.link_for(person, gathering))
    member.presses(member.button("I’ll be there"))
    member.sees("You have a seat.")
    assert sum(member.clicks.values()) == 2
    assert gathering.rsvps.get(person=person).is_going()


def prepare_and_remind(host, gathering) -> None:
    host.step = "remind"
    host.signs_in()
    host.opens("/gatherings/")
    host.presses(host.link("One page for the board"))
    host.presses(host.link("Time line"))
    host.presses(host.link("Read it through and send", within="#remind"))
    host.sees("To 10 people who come and have not been asked.")
    host.presses(host.button("Send to 10 people"))
    host.step = "prepare"
    host.presses(host.link("Write it"))
    host.fills(host.page.locator("[name=first_question]"), "What does your board ask for first?")
    host.fills(host.page.locator("[name=second_question]"), "What do you leave out?")
    host.presses(host.button("Write it down"))
    host.opens(f"/gatherings/{gathering.pk}/timeline/")
    host.presses(host.link("Read it through and send", within="#prepare"))
    mail = host.page.frame_locator(".mail-preview iframe").locator("body")
    expect(mail).to_contain_text("What does your board ask for first?")
    host.presses(host.button("Send to 10 people"))
    assert len(invited("gatherings/prepare", gathering)) == 10


def run(host, gathering) -> None:
    """Open the room from Today, go through the day, count the vote. Somebody else does the door."""
    host.step = "run"
    host.signs_in()
    host.opens(f"/gatherings/{gathering.pk}/timeline/")
    host.presses(host.button("Open the room"))
    gathering.rsvps.going().update(checked_in_at=gathering.starts_at)
    host.presses(host.page.locator("form[action$='/room/start/'] button"))
    for _item in range(gathering.agenda.count()):
        if host.page.locator("form[action$='/ballot/close/']").count():
            break
        host.presses(host.page.locator("form[action$='/room/next/'] button"))
    ballot = Ballot.objects.get(gathering=gathering)
    ballots.vote(ballot, "a phone", [ballot.choices.get(theme__title="Agile and the office").pk])
    host.presses(host.page.locator("form[action$='/ballot/close/'] button"))
    host.presses(host.page.locator("form[action$='/room/close/'] button"))


def thank(host, gathering) -> None:
    host.step = "thank"
    host.opens(f"/gatherings/{gathering.pk}/timeline/")
    host.presses(host.link("Read it through and send", within="#thank"))
    host.fills(host.page.locator("[name=words]"), "The four pages on the wall are in the materials.")
    host.presses(host.button("Send to 10 people"))
    host.sees("Sent to 10 people.")
    assert "The four pages on the wall" in Mail.objects.filter(kind="gatherings/thanks").latest("pk").text


def see_the_next(host, gathering, following) -> None:
    """The winner stands on the draft of the next afternoon, and the quarter is done."""
    host.step = "next theme"
    host.opens(f"/gatherings/{gathering.pk}/timeline/")
    for step in ("theme", "date", "invite", "remind", "prepare", "run", "thank", "next"):
        expect(host.page.locator(f"#{step}")).to_have_attribute("data-state", "done")
    host.presses(host.link("Its time line"))
    host.sees("Agile and the office")
    assert deciding.series_of(following) == gathering.series
    assert following.starts_at > gathering.starts_at + timedelta(days=60)
