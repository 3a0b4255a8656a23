"""Gatherings, the series they are drafted from, their agenda, and the places people hold at them."""

from peerhood.gatherings.models.agenda_item import AgendaItem
from peerhood.gatherings.models.gathering import Gathering
from peerhood.gatherings.models.rsvp import Rsvp
from peerhood.gatherings.models.series import Series

__all__ = ["AgendaItem", "Gathering", "Rsvp", "Series"]
