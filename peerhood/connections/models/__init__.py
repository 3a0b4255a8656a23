"""Who you keep, and what you want to remember; contact cards; coffee; what somebody dares."""

from peerhood.connections.models.card import ContactCard, LeftCard, OldCardAddress
from peerhood.connections.models.coffee import Coffee, CoffeeQuerySet, NoCoffee
from peerhood.connections.models.coffee_round import CoffeeCadence, CoffeeHabit, CoffeeRound, CoffeeSeat
from peerhood.connections.models.confidence import Dare, LadderTick, ThankYou
from peerhood.connections.models.connection import Connection, ConnectionQuerySet
from peerhood.connections.models.introduction import Introduction, IntroductionQuerySet
from peerhood.connections.models.note import Note
from peerhood.connections.models.talked_about import TalkedAbout

__all__ = [
    "Coffee",
    "CoffeeCadence",
    "CoffeeHabit",
    "CoffeeQuerySet",
    "CoffeeRound",
    "CoffeeSeat",
    "Connection",
    "ConnectionQuerySet",
    "ContactCard",
    "Dare",
    "Introduction",
    "IntroductionQuerySet",
    "LadderTick",
    "LeftCard",
    "NoCoffee",
    "Note",
    "OldCardAddress",
    "TalkedAbout",
    "ThankYou",
]
