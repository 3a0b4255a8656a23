"""The calendar's side of a coffee: a REQUEST to each of the two when it is agreed, a CANCEL when it is called off.

Made of the parts that gatherings use. It is in nobody's calendar but the two's.
"""

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.timezone import now
from django.utils.translation import gettext as _
from icalendar import Event, vCalAddress

from peerhood.connections.models import Coffee
from peerhood.gatherings.calendars import ical, imip
from peerhood.notices.sending import CalendarPart
from peerhood.people.models import Person


def request_for(coffee: Coffee, person: Person) -> CalendarPart | None:
    return _part(coffee, person, imip.REQUEST) if person.email else None


def cancel_for(coffee: Coffee, person: Person) -> CalendarPart | None:
    return _part(coffee, person, imip.CANCEL) if person.email else None


def _part(coffee: Coffee, person: Person, method: str) -> CalendarPart:
    calendar = ical.opened(method, [coffee.time_zone])
    event = Event()
    event.add("uid", f"{coffee.uid}{ical.UID_ENDS_IN}")
    # Agreed once and called off once: there is nothing in between.
    event.add("sequence", int(method == imip.CANCEL))
    event.add("dtstamp", now())
    begins = coffee.chosen_at.astimezone(coffee.zone)  # type: ignore[union-attr]
    event.add("dtstart", begins)
    event.add("dtend", begins + coffee.LENGTH)
    event.add("status", "CANCELLED" if method == imip.CANCEL else "CONFIRMED")
    event.add("class", "PRIVATE")
    with translation.override(person.language):
        summary = _("Coffee with %(name)s") % {"name": coffee.the_other(person).name}
    event.add("summary", ical.plain(summary))
    event.add("location", ical.plain(coffee.place))
    event.add("url", settings.SITE_URL + reverse("connections:coffee", args=[coffee.pk]))
    organiser = vCalAddress(f"mailto:{imip.site_address()}")
    organiser.params["CN"] = imip.label(settings.SITE_NAME)
    event.add("organizer", organiser)
    attendee = imip.attendee_of(person, method)
    if method == imip.REQUEST:
        # Nobody reads the answer to it: it is called off on its page.
        attendee.params["RSVP"] = "FALSE"
    event.add("attendee", attendee)
    calendar.add_component(event)
    return CalendarPart(imip.unfolded(calendar.to_ical()), method, f"coffee/{coffee.pk}/{person.pk}")
