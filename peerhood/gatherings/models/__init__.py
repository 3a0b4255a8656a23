"""Gatherings, the series they are drafted from, their agenda, the places people hold, polls for a date, and feeds."""

from peerhood.gatherings.models.agenda_item import AgendaItem
from peerhood.gatherings.models.calendar_feed import CalendarFeed
from peerhood.gatherings.models.date_poll import DatePoll, Slot, SlotAnswer
from peerhood.gatherings.models.gathering import Gathering
from peerhood.gatherings.models.rsvp import Rsvp
from peerhood.gatherings.models.series import Series

__all__ = ["AgendaItem", "CalendarFeed", "DatePoll", "Gathering", "Rsvp", "Series", "Slot", "SlotAnswer"]
