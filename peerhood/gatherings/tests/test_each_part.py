"""A gathering that is both: the room's people read where and how to get in, the others how to join."""

from datetime import timedelta

import pytest
import time_machine

from peerhood.gatherings import planning, rsvp
from peerhood.gatherings.calendars import ical
from peerhood.gatherings.coming import first_time, still_coming
from peerhood.gatherings.models import Gathering
from peerhood.notices.models import Mail

pytestmark = pytest.mark.django_db
ROOM = ("Coffee on us, third floor, Kanalgatan 7", "Ring the lower bell.")
ONLINE = (
    "the link to join stands on the page below from an hour before",
    "A quiet room, a camera if you like",
)


@pytest.fixture
def both(gathering, makers, ada, ben, chi):
    both = gathering(
        makers,
        mode="hybrid",
        capacity=5,
        online_capacity=5,
        address="Kanalgatan 7",
        directions="Ring the lower bell.",
    )
    with time_machine.travel(both.starts_at - timedelta(days=6), tick=False):
        rsvp.attend(both, ben, part="room")
        rsvp.attend(both, chi, part="online")
    return both


@pytest.mark.parametrize("kind", ["seated", "what_to_expect", "still_coming"])
def test_each_part_reads_its_own(both, ben, chi, kind):
    with time_machine.travel(both.starts_at - timedelta(days=5), tick=False):
        first_time.write_all_due()
    with time_machine.travel(both.starts_at - timedelta(hours=23), tick=False):
        still_coming.ask_all_due()
    of_ben, of_chi = (
        Mail.objects.get(kind=f"gatherings/{kind}", person=person).text for person in (ben, chi)
    )
    assert all(words in of_ben for words in ROOM)
    assert not any(words in of_ben for words in ONLINE)
    assert all(words in of_chi for words in ONLINE)
    assert not any(words in of_chi for words in ROOM)
    assert "at the door" not in of_chi


def test_what_moved_online_names_the_room_nowhere(client, both, ada, ben):
    planning.move_online(both, "https://call.example.org/x", by=ada)
    both = Gathering.objects.get(pk=both.pk)
    assert ical.event_of(both)["location"] == "Online"
    page = client.get(both.get_absolute_url()).text
    assert "Moved online" in page
    assert "Kanalgatan" not in page
    assert "Ring the lower bell" not in page
    assert "Coffee on us" not in client.get("/gatherings/").text
    mail = Mail.objects.get(kind="gatherings/moved_online", person=ben)
    assert "Kanalgatan" not in mail.text + mail.calendar


def test_control_a_gathering_in_a_room_names_it(client, both):
    assert ical.event_of(both)["location"] == "Coffee on us, third floor, Kanalgatan 7"
    assert "Kanalgatan" in client.get(both.get_absolute_url()).text
    assert "Coffee on us" in client.get("/gatherings/").text
