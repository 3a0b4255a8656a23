"""A dinner with room for everybody, and replies as calendar programs write them."""

from datetime import UTC
from email.message import EmailMessage

import icalendar
import pytest
from django.utils.timezone import now

from peerhood.gatherings.calendars import reply_address

# As Google, Outlook and Apple name the part; what they do beside it is in golden/README.md.
SHAPES = ("google", "outlook", "apple")


@pytest.fixture
def dinner(makers, ada, gathering):
    dinner = gathering(makers, title="Dinner", words="Bring a case.", address="Storgatan 1; yard", capacity=9)
    dinner.hosts.add(ada)
    return dinner


@pytest.fixture
def answered(settings):
    """Answers are read; make one: ``answered(dinner, ben, "ACCEPTED")``."""
    settings.INBOUND_ADDRESS = "reply@peers.example"

    def make(gathering, person, partstat, *, shape="google", at=None, **fields) -> bytes:
        to = fields.pop("to", reply_address.for_reader(gathering, person))
        attendee = icalendar.vCalAddress(f"mailto:{fields.pop('attendee', person.email)}")
        attendee.params["PARTSTAT"] = partstat
        event = icalendar.Event()
        event.add("uid", fields.pop("uid", f"{gathering.uid}@peerhood"))
        event.add("dtstamp", (at or now()).astimezone(UTC))
        event.add("organizer", icalendar.vCalAddress(f"mailto:{fields.pop('organizer', to)}"))
        event.add("attendee", attendee)
        calendar = icalendar.Calendar()
        calendar.add("version", "2.0")
        calendar.add("prodid", f"-//{shape}//EN")
        calendar.add("method", fields.pop("method", "REPLY"))
        calendar.add_component(event)
        message = EmailMessage()
        message["From"] = fields.pop("sender", f"{person.name} <{person.email}>")
        message["To"] = to.upper() if shape == "outlook" else to
        message["Subject"] = f"{partstat.title()}: {gathering}"
        message.set_content("An answer.")
        body = calendar.to_ical()
        if shape == "apple":
            message.add_attachment(body, "text", "calendar", filename="reply.ics", params={"method": "REPLY"})
        else:
            message.add_alternative(
                body.decode(), subtype="calendar", params={"method": "REPLY"}, cte="base64"
            )
        assert not fields
        return message.as_bytes()

    return make
