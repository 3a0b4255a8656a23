"""Circles, and who belongs to them."""

from peerhood.circles.models.agreement import Acceptance, Agreement
from peerhood.circles.models.application import Application
from peerhood.circles.models.bulk_change import BulkChange
from peerhood.circles.models.circle import TAKEN_SLUGS, Circle, CircleQuerySet
from peerhood.circles.models.competition import Competition
from peerhood.circles.models.handover import Handover
from peerhood.circles.models.house import House
from peerhood.circles.models.invitation_link import InvitationLink
from peerhood.circles.models.member_list import Import
from peerhood.circles.models.membership import Invitation, Membership, MembershipQuerySet
from peerhood.circles.models.removal import Removal
from peerhood.circles.models.report import Report
from peerhood.circles.models.seed import Seed, SeedAnswer, SeedInvitation

__all__ = [
    "TAKEN_SLUGS",
    "Acceptance",
    "Agreement",
    "Application",
    "BulkChange",
    "Circle",
    "CircleQuerySet",
    "Competition",
    "Handover",
    "House",
    "Import",
    "Invitation",
    "InvitationLink",
    "Membership",
    "MembershipQuerySet",
    "Removal",
    "Report",
    "Seed",
    "SeedAnswer",
    "SeedInvitation",
]
