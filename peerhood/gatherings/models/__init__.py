"""Gatherings, their series, agenda and places, polls for a date, co-hostings, and calendar feeds."""

from peerhood.gatherings.models.agenda_item import AgendaItem
from peerhood.gatherings.models.calendar_feed import CalendarFeed
from peerhood.gatherings.models.co_hosting import CoHosting, CoHostingQuerySet
from peerhood.gatherings.models.date_poll import DatePoll, Slot, SlotAnswer
from peerhood.gatherings.models.door_tap import DoorTap
from peerhood.gatherings.models.gathering import Gathering
from peerhood.gatherings.models.hold import Hold
from peerhood.gatherings.models.host_message import HostMessage
from peerhood.gatherings.models.look_back import LookBack, Said
from peerhood.gatherings.models.member_story import MemberStory
from peerhood.gatherings.models.needs import Needs
from peerhood.gatherings.models.preparation import Look, Preparation
from peerhood.gatherings.models.rsvp import Rsvp
from peerhood.gatherings.models.saved_agenda import SavedAgenda
from peerhood.gatherings.models.seats import Part, Policy
from peerhood.gatherings.models.series import Series
from peerhood.gatherings.models.standing_rsvp import StandingRsvp

__all__ = [
    "AgendaItem",
    "CalendarFeed",
    "CoHosting",
    "CoHostingQuerySet",
    "DatePoll",
    "DoorTap",
    "Gathering",
    "Hold",
    "HostMessage",
    "Look",
    "LookBack",
    "MemberStory",
    "Needs",
    "Part",
    "Policy",
    "Preparation",
    "Rsvp",
    "Said",
    "SavedAgenda",
    "Series",
    "Slot",
    "SlotAnswer",
    "StandingRsvp",
]
