"""What the steps of a gathering are reckoned from, for as many gatherings as are asked about in one question."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from peerhood.circles.models import Membership
from peerhood.gatherings.models import Gathering, HostMessage, Preparation, Rsvp
from peerhood.rooms.models import Room
from peerhood.themes.models import Adoption, Ballot


@dataclass(frozen=True)
class Facts:
    """Of one gathering; None is what has not happened."""

    theme_at: datetime | None
    invite_sent_at: datetime | None
    remind_sent_at: datetime | None
    prepare_sent_at: datetime | None
    thank_sent_at: datetime | None
    has_pack: bool
    # Is there an active member who has not answered?
    has_silent: bool
    room_opened_at: datetime | None
    room_closed_at: datetime | None
    ballot_next_pk: int | None
    # Only a next one that has its theme ends the quarter: dates may be drafted for a year ahead.
    themed_next_pk: int | None
    themed_next_at: datetime | None
    later_pk: int | None


def facts_of(gatherings: Iterable[Gathering]) -> dict[int, Facts]:
    """By the gathering's key."""
    names = [field.name for field in fields(Facts)]
    found = _asked().filter(pk__in=[gathering.pk for gathering in gatherings]).values_list("pk", *names)
    return {pk: Facts(*each) for pk, *each in found}


def _asked() -> QuerySet:
    here = {"gathering": OuterRef("pk")}
    messages = HostMessage.objects.filter(**here)
    sent = {
        f"{step}_sent_at": Subquery(messages.filter(step=step).values("sent_at")) for step in HostMessage.Step
    }
    nothing = Q(first_question="", second_question="", reading="")
    members = Membership.objects.active().filter(circle=OuterRef("circle"))
    answered = Rsvp.objects.filter(gathering=OuterRef(OuterRef("pk")), person=OuterRef("person"))
    later = Gathering.objects.filter(circle=OuterRef("circle"), starts_at__gt=OuterRef("starts_at"))
    later = later.exclude(state=Gathering.State.CANCELLED).order_by("starts_at", "pk")
    themed = later.filter(adoption__isnull=False)
    room = Room.objects.filter(**here)
    return Gathering.objects.annotate(
        **sent,
        theme_at=Subquery(Adoption.objects.filter(**here).values("adopted_at")),
        has_pack=Exists(Preparation.objects.filter(**here).exclude(nothing)),
        has_silent=Exists(members.exclude(Exists(answered))),
        room_opened_at=Subquery(room.values("opened_at")),
        room_closed_at=Subquery(room.values("closed_at")),
        ballot_next_pk=Subquery(Ballot.objects.filter(**here).values("next_gathering")),
        themed_next_pk=Subquery(themed.values("pk")[:1]),
        themed_next_at=Subquery(themed.values("adoption__adopted_at")[:1]),
        later_pk=Subquery(later.values("pk")[:1]),
    )
