"""Circles, and who belongs to them."""

from peerhood.circles.models.circle import TAKEN_SLUGS, Circle, CircleQuerySet
from peerhood.circles.models.competition import Competition
from peerhood.circles.models.member_list import Import
from peerhood.circles.models.membership import Invitation, Membership, MembershipQuerySet
from peerhood.circles.models.seed import Seed, SeedAnswer, SeedInvitation

__all__ = [
    "TAKEN_SLUGS",
    "Circle",
    "CircleQuerySet",
    "Competition",
    "Import",
    "Invitation",
    "Membership",
    "MembershipQuerySet",
    "Seed",
    "SeedAnswer",
    "SeedInvitation",
]
