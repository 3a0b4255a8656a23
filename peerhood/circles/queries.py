"""Reads that span nouns: a person's circles, a circle's page, its member list as one person may see it."""

import re
from dataclasses import dataclass
from datetime import datetime

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    When,
)
from django.db.models.functions import Coalesce, Lower
from django.utils.timezone import now

from peerhood.circles import anniversaries, together, welcoming
from peerhood.circles.entering import agreeing, joining
from peerhood.circles.entering.wording import Piece, what_changed
from peerhood.circles.models import (
    Agreement,
    Application,
    Circle,
    Handover,
    Invitation,
    InvitationLink,
    Membership,
    MembershipQuerySet,
    Seed,
    SeedAnswer,
)
from peerhood.notices.models import Mail
from peerhood.people.models import Affiliation, Person

# A shorter search finds nearly everybody.
SHORTEST_SEARCH = 2
# Twenty minutes after the first try.
REFUSED_OFTEN = 4


def circles_of(person: Person) -> QuerySet[Circle]:
    """The circles somebody belongs to, by name; a visitor belongs to none."""
    if not person.is_authenticated:
        return Circle.objects.none()
    inside = Membership.objects.inside().filter(person=person)
    return Circle.objects.filter(pk__in=inside.values("circle")).select_related("parent")


def other_circles(person: Person) -> QuerySet[Circle]:
    """Circles and networks to find, each network with the chapters this person may know of.

    A chapter stands alone where its network may not be known. Of the person's own circles,
    networks are here for their chapters' sake.
    """
    visible = Circle.objects.visible_to(person)
    alone = Q(parent=None) | ~Exists(visible.filter(pk=OuterRef("parent")))
    new = ~Q(pk__in=circles_of(person).values("pk")) | Exists(visible.filter(parent=OuterRef("pk")))
    chapters = Prefetch("chapters", visible, to_attr="visible_chapters")
    return visible.filter(alone, new).prefetch_related(chapters)


@dataclass(frozen=True)
class CircleHome:
    """What a circle's page says to one person. Names are for members; the public gets counts."""

    circle: Circle
    membership: Membership | None
    parent: Circle | None
    chapters: list[Circle]
    contacts: list[Membership]
    contact_count: int
    member_count: int
    is_on_a_list: bool
    # "join", "apply", or nothing: which door is open.
    way_in: str
    agreement: Agreement | None
    has_agreed: bool
    # Since the words this person said yes to last; nothing when they never did.
    what_changed: list[Piece]
    # For organisers: how many of those inside said yes to the words that hold.
    accepted_count: int
    applied_count: int
    application: Application | None
    # Somebody asks this person to take the circle over; this organiser asks somebody.
    asked_to_take_over: Handover | None
    asks_to_take_over: Handover | None
    years: anniversaries.Years | None

    @property
    def is_inside(self) -> bool:
        return self.membership is not None and self.membership.is_inside()

    @property
    def has_sisters(self) -> bool:
        """Whether there are other circles of its family that this person may know of."""
        return bool(self.parent or self.chapters)

    @property
    def organises(self) -> bool:
        return self.is_inside and self.membership.role == Membership.Role.ORGANISER  # type: ignore[union-attr]

    @property
    def is_full(self) -> bool:
        return self.circle.member_limit is not None and self.member_count >= self.circle.member_limit

    @property
    def is_new_here(self) -> bool:
        """Came in lately, by their own yes: a page tells them what happens first."""
        came_at = self.membership.came_at if self.is_inside else None  # type: ignore[union-attr]
        return came_at is not None and came_at > now() - welcoming.NEW_FOR

    @property
    def is_asked_to_agree(self) -> bool:
        return self.is_inside and self.agreement is not None and not self.has_agreed

    @property
    def state(self) -> str:
        return self.membership.state if self.membership else ""


def home_of(circle: Circle, person: Person) -> CircleHome:
    """Gather a circle's page in a fixed number of queries."""
    membership = circle.memberships.filter(person_id=person.pk).first() if person.is_authenticated else None
    visible = Circle.objects.visible_to(person)
    contacts = circle.memberships.contacts().select_related("person").order_by("person__name")
    inside = membership is not None and membership.is_inside()
    organises = inside and membership.role == Membership.Role.ORGANISER  # type: ignore[union-attr]
    agreement = circle.current_agreement()
    agreed = agreeing.last_accepted(circle, person) if agreement and inside else None
    offers = list(_offers_of(membership)) if inside else []
    return CircleHome(
        circle=circle,
        membership=membership,
        parent=visible.filter(pk=circle.parent_id).first() if circle.parent_id else None,
        chapters=list(visible.filter(parent=circle)),
        contacts=list(contacts) if inside else [],
        contact_count=contacts.count(),
        member_count=circle.memberships.inside().count(),
        is_on_a_list=inside and membership.invitations.exists(),  # type: ignore[union-attr]
        way_in=joining.way_in(circle, person, membership),
        agreement=agreement,
        has_agreed=agreement is not None and agreement == agreed,
        what_changed=what_changed(agreed.text, agreement.text) if agreement and agreed else [],
        accepted_count=agreeing.accepted_count(agreement) if agreement and organises else 0,
        applied_count=circle.memberships.applied().count() if organises else 0,
        application=membership.applications.first() if membership and not inside else None,
        asked_to_take_over=next((offer for offer in offers if offer.to == membership), None),
        asks_to_take_over=next((offer for offer in offers if offer.organiser == membership), None),
        years=anniversaries.years_in(circle, person) if inside else None,
    )


def _offers_of(membership: Membership | None) -> QuerySet[Handover]:
    """The handovers this member offers, or is offered: organisers ask one person, and may be asked by several."""
    offers = Handover.objects.offered().filter(Q(organiser=membership) | Q(to=membership)).order_by("pk")
    return offers.select_related("organiser__person", "to__person")


def members_of(circle: Circle, person: Person, *, organises: bool, search: str = "") -> MembershipQuerySet:
    """The member list as this person may see it, by name.

    ``shown_name`` is the person's own name, or, until they said yes themselves, the one
    on the list that brought them, which stands first in ``on_lists``; a search looks at
    nothing else.
    """
    own_words_first = Case(When(by=person, then=0), default=1, output_field=IntegerField())
    lists = Invitation.objects.order_by(own_words_first, "pk")
    listed_name = Subquery(lists.filter(membership=OuterRef("pk")).values("name")[:1])
    memberships = circle.memberships.known_to(person) if organises else circle.memberships.inside()
    memberships = memberships.annotate(shown_name=Coalesce(listed_name, F("person__name")))
    search = search.replace("\0", "").strip()
    if len(search) >= SHORTEST_SEARCH:
        # Not icontains: to SQLite, å and Å are two letters.
        memberships = memberships.filter(shown_name__iregex=re.escape(search))
    return (
        memberships.select_related("person")
        .prefetch_related(
            Prefetch("invitations", lists, to_attr="on_lists"),
            Prefetch("person__affiliations", Affiliation.objects.select_related("employer")),
        )
        .order_by(Lower("shown_name"), "pk")
    )


def care_of(circle: Circle, organiser: Person) -> dict[str, object]:
    """What an organiser should look after on the member list; a fixed number of queries."""
    known = circle.memberships.known_to(organiser)
    counts = dict(known.order_by("state").values_list("state").annotate(Count("pk")))
    return {
        "states": [(state.value, state.label, counts.get(state, 0)) for state in Membership.State],
        "not_welcomed": list(welcoming.not_welcomed(circle)),
        "bouncing": list(bouncing(circle, organiser)),
        "last_change": together.last_change(circle, organiser),
    }


def bouncing(circle: Circle, organiser: Person) -> MembershipQuerySet:
    """Members whose mail was given up, or refused again and again, and to whom none has gone out since."""
    # A first refusal is often a mailbox that wants to be asked twice, and other errors are ours.
    again_and_again = Q(tries_count__gte=REFUSED_OFTEN, last_error__startswith="SMTPRecipientsRefused")
    refused = Mail.objects.filter(Q(state=Mail.State.DEAD) | again_and_again, person=OuterRef("person"))
    sent_since = Mail.objects.filter(
        person=OuterRef("person"), state=Mail.State.SENT, sent_at__gt=OuterRef("refused_at")
    )
    latest = Subquery(refused.order_by("-created_at").values("created_at")[:1])
    inside = members_of(circle, organiser, organises=True).inside().annotate(refused_at=latest)
    return inside.exclude(refused_at=None).filter(~Exists(sent_since))


def invitations_of(person: Person) -> QuerySet[Membership]:
    """What awaits this person's yes or no: invitations, and lists that put them on."""
    if not person.is_authenticated:
        return Membership.objects.none()
    asked = Membership.objects.filter(person=person)
    awaiting = asked.invited() | asked.put_on_a_list()
    askers = Invitation.objects.select_related("by").order_by("pk")
    return (
        awaiting.select_related("circle")
        .prefetch_related(Prefetch("invitations", askers))
        .order_by("circle__name")
    )


def applications_of(person: Person) -> QuerySet[Membership]:
    """Where this person has asked to join and waits for the answer."""
    return (
        Membership.objects.applied().filter(person=person).select_related("circle").order_by("circle__name")
    )


@dataclass(frozen=True)
class Happening:
    """One line of what organisers should know of somebody. ``kind`` picks the words."""

    kind: str
    at: datetime
    by: Person | None
    reason: str


def history_of(membership: Membership) -> list[Happening]:
    """Answers to applications and removals, newest first, with their reasons."""
    answered = membership.applications.exclude(answered_at=None).select_related("answered_by")
    happened = [
        Happening(one.outcome, one.answered_at or one.created_at, one.answered_by, one.reason)
        for one in answered
    ]
    removals = membership.removals.select_related("by")
    happened += [Happening("removed", one.at, one.by, one.reason) for one in removals]
    return sorted(happened, key=lambda one: one.at, reverse=True)


def links_of(circle: Circle, organiser: Person) -> QuerySet[InvitationLink]:
    """One organiser's own links, newest first: whom one invites is one's own (rule 7)."""
    return circle.invitation_links.filter(by=organiser)


def seeds_of(person: Person) -> QuerySet[Seed]:
    """What this person has planted or begun to write, and what they said yes to; with how many said yes."""
    yes = Count("answers", Q(answers__said=SeedAnswer.Said.YES))
    seeds = Seed.objects.visible_to(person).exclude(state=Seed.State.OPENED)
    return seeds.annotate(said_yes_count=Coalesce(F("last_yes_count"), yes)).order_by("-pk")
