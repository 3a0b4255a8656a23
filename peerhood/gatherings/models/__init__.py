"""Gatherings, their series, agenda and places, polls for a date, co-hostings, and calendar feeds."""

from peerhood.gatherings.models.agenda_item import AgendaItem
from peerhood.gatherings.models.calendar_feed import CalendarFeed
from peerhood.gatherings.models.co_hosting import CoHosting, CoHostingQuerySet
from peerhood.gatherings.models.date_poll import DatePoll, Slot, SlotAnswer
from peerhood.gatherings.models.gathering import Gathering
from peerhood.gatherings.models.rsvp import Rsvp
from peerhood.gatherings.models.series import Series

__all__ = [
    "AgendaItem",
    "CalendarFeed",
    "CoHosting",
    "CoHostingQuerySet",
    "DatePoll",
    "Gathering",
    "Rsvp",
    "Series",
    "Slot",
    "SlotAnswer",
]
