"""Gatherings, the series they are drafted from, their agenda, the places people hold, polls for a date, co-hostings."""

from peerhood.gatherings.models.agenda_item import AgendaItem
from peerhood.gatherings.models.co_hosting import CoHosting, CoHostingQuerySet
from peerhood.gatherings.models.date_poll import DatePoll, Slot, SlotAnswer
from peerhood.gatherings.models.gathering import Gathering
from peerhood.gatherings.models.rsvp import Rsvp
from peerhood.gatherings.models.series import Series

__all__ = [
    "AgendaItem",
    "CoHosting",
    "CoHostingQuerySet",
    "DatePoll",
    "Gathering",
    "Rsvp",
    "Series",
    "Slot",
    "SlotAnswer",
]
