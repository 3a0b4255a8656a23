"""The mail of the month: five things at most, once, in the reader's morning, and nothing from where they do not belong."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.utils.timezone import now

from peerhood.circles.models import Circle, Invitation, Membership
from peerhood.gatherings import rsvp
from peerhood.gatherings.models import Gathering
from peerhood.notices import choices
from peerhood.notices.models import Mail
from peerhood.stories import month
from peerhood.stories.models import Story
from peerhood.themes import proposing
from peerhood.themes.models import Theme

pytestmark = pytest.mark.django_db
FIRST_AT_NINE = datetime(2027, 3, 1, 8, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def the_first_of_march():
    with time_machine.travel(FIRST_AT_NINE, tick=False) as clock:
        yield clock


@pytest.fixture
def gathering(makers):
    """Of the Makers, this many days from now: ``gathering("Supper", 9)``."""

    def plan(title, days, circle=makers):
        starts_at = now() + timedelta(days=days)
        return Gathering.objects.create(
            circle=circle,
            title=title,
            state=Gathering.State.PUBLISHED,
            published_at=now(),
            starts_at=starts_at,
            ends_at=starts_at + timedelta(hours=3),
            time_zone="Europe/Stockholm",
            capacity=9,
        )

    return plan


def tell(circle, author, title, day):
    return Story.objects.create(
        circle=circle,
        author=author,
        title=title,
        slug=title.lower(),
        text="…",
        language="en",
        published_at=day,
    )


def mails(person=None):
    found = Mail.objects.filter(kind=month.KIND).order_by("pk")
    return list(found.filter(person=person) if person else found)


def propose(circle, person, *titles):
    for title in titles:
        proposing.propose(circle, person, title=title)
    Theme.objects.filter(circle=circle).update(proposed_at=FIRST_AT_NINE - timedelta(days=10))


def test_it_says_what_comes_what_came_of_it_and_what_to_talk_about(gathering, makers, ada, ben):
    supper = gathering("Supper", 9)
    story = tell(makers, ada, "Soup", FIRST_AT_NINE - timedelta(days=20))
    propose(makers, ada, "Alone at work")
    month.send_all_due()
    (mail,) = mails(ben)
    assert mail.subject == "The month in your circles"
    for words in ("Supper", supper.get_absolute_url(), "Soup", story.get_absolute_url(), "Alone at work"):
        assert words in mail.text
    assert mail.leave


def test_five_things_at_most_and_each_kind_has_a_turn_before_any_has_a_second(gathering, makers, ada, ben):
    for number in range(6):
        gathering(f"Supper {number}", 9 + number)
        tell(makers, ada, f"Soup {number}", FIRST_AT_NINE - timedelta(days=2 + number))
    propose(makers, ada, "Alone at work")
    items = month.items_for(ben, FIRST_AT_NINE)
    assert [item.kind for item in items] == ["gathering", "gathering", "story", "story", "theme"]
    assert [str(item.about) for item in items[:3]] == ["Supper 0", "Supper 1", "Soup 0"]


def test_what_is_answered_supported_or_ones_own_is_not_said_again(gathering, makers, ada, ben):
    rsvp.attend(gathering("Supper", 9), ben)
    tell(makers, ben, "Soup", FIRST_AT_NINE - timedelta(days=2))
    propose(makers, ben, "Alone at work")
    assert month.items_for(ben, FIRST_AT_NINE) == []


def test_what_is_older_than_the_month_that_ended_is_not_said(makers, ada, ben):
    tell(makers, ada, "Old soup", datetime(2027, 1, 31, 12, tzinfo=UTC))
    tell(makers, ada, "Soup", datetime(2027, 2, 1, 12, tzinfo=UTC))
    assert [str(item.about) for item in month.items_for(ben, FIRST_AT_NINE)] == ["Soup"]


def test_nothing_comes_from_a_circle_one_does_not_belong_to(gathering, makers, ada, dot):
    gathering("Supper", 9)
    tell(makers, ada, "Soup", FIRST_AT_NINE - timedelta(days=2))
    studio = Circle.objects.create(name="Studio", slug="studio", kind="open", language="en", time_zone="UTC")
    studio.memberships.create(person=dot)
    assert month.items_for(dot, FIRST_AT_NINE) == []


def test_it_comes_once_however_often_the_worker_comes_by(gathering, the_first_of_march, ben):
    gathering("Supper", 9)
    written = month.send_all_due()
    the_first_of_march.shift(timedelta(hours=26))
    assert month.send_all_due() == 0
    assert len(mails()) == written == 3
    assert len(mails(ben)) == 1


def test_it_comes_in_the_readers_morning(gathering, the_first_of_march, ben):
    gathering("Supper", 9)
    ben.time_zone = "America/New_York"
    ben.save(update_fields=["time_zone"])
    month.send_all_due()
    assert mails(ben) == []
    the_first_of_march.shift(timedelta(hours=4))
    month.send_all_due()
    assert len(mails(ben)) == 1


def test_a_worker_that_stood_still_makes_up_for_it_for_two_days_and_no_longer(gathering, the_first_of_march):
    gathering("Supper", 9)
    the_first_of_march.shift(timedelta(days=3))
    assert month.send_all_due() == 0
    the_first_of_march.shift(timedelta(days=-1))
    assert month.send_all_due() == 3


def test_the_next_month_has_a_mail_of_its_own(gathering, the_first_of_march, ben):
    gathering("Supper", 40)
    month.send_all_due()
    the_first_of_march.shift(timedelta(days=31))
    month.send_all_due()
    assert len(mails(ben)) == 2


def test_nobody_gets_a_mail_with_nothing_in_it(makers):
    assert month.send_all_due() == 0


def test_whoever_wants_none_gets_none(gathering, ben):
    gathering("Supper", 9)
    choices.turn_off(ben, choices.Group.MONTH)
    month.send_all_due()
    assert mails(ben) == []


def test_whom_a_list_brought_is_not_written_to_before_they_say_yes(gathering, makers, ada, ben, chi):
    gathering("Supper", 9)
    Invitation.objects.create(membership=makers.memberships.get(person=ben), by=ada, name="Ben")
    Membership.objects.filter(circle=makers, person=chi).update(state=Membership.State.PAUSED)
    month.send_all_due()
    assert [mail.person for mail in mails()] == [ada]


def test_a_year_that_is_completed_is_one_of_the_things(makers, ben):
    Membership.objects.filter(person=ben).update(joined_on="2024-03-20")
    month.send_all_due()
    (mail,) = mails(ben)
    assert "This month you have been in Makers for 3 years." in mail.text
