"""Many of everything that a page could list, around the world of tests/access."""

from datetime import timedelta
from itertools import count

from django.utils.timezone import now

from peerhood.circles.models import (
    Acceptance,
    Application,
    Circle,
    InvitationLink,
    Membership,
    Removal,
    Seed,
    SeedAnswer,
)
from peerhood.connections.models import Connection, Introduction, Note
from peerhood.gatherings.coming import seats
from peerhood.gatherings.models import CoHosting, Gathering, Rsvp, Slot, SlotAnswer
from peerhood.growth.models import OutsideEvent, OutsideGoing, SkillOffer
from peerhood.mixing.models import Encounter, Seat
from peerhood.notices.models import Mail
from peerhood.people.models import Affiliation, Employer, Person, PutAway
from peerhood.search import indexing
from peerhood.stories.models import Story
from peerhood.themes.models import Choice, Support, Theme
from tests.access.world import World

# The first is active and the second has a seat: a report needs another organiser, and newcomers a greeter.
ROLES = sorted(Membership.Role, key=["organiser", "greeter", "member", "host", "facilitator"].index)
numbers = count(1)


def add(world: World, size: int, *, knows: Person) -> None:
    """So many more people, gatherings, themes, stories and circles; ``knows`` met all of them."""
    new = [next(numbers) for _ in range(size)]
    people = _people(new)
    memberships = _join(world, people)
    _ask(world, people, memberships, knows)
    _seat(world, people, knows)
    _answer(world, people)
    _chapters(world, new, people)
    _keep(world, people, knows)
    _gatherings(world, new, people)
    _themes(world, new, people)
    _stories(world, new, people)
    _grow(world, new, people)
    indexing.write_everything()
    Mail.objects.bulk_create(
        Mail(address="x@example.org", kind="x", language="en", subject=f"Mail {n}", text="") for n in new
    )


def _grow(world: World, new: list[int], people: list[Person]) -> None:
    """They can help with the circle's skill, and each lists a conference; all go where the world goes."""
    skill, conference = world.circle.skills.get(), world.circle.outside_events.order_by("pk").first()
    SkillOffer.objects.bulk_create(
        SkillOffer(person=person, circle=world.circle, key=skill.key) for person in people
    )
    OutsideGoing.objects.bulk_create(
        OutsideGoing(event=conference, person=person, is_shown=True) for person in people
    )
    OutsideEvent.objects.bulk_create(
        OutsideEvent(
            circle=world.circle,
            listed_by=person,
            title=f"Conference {n}",
            starts_on=conference.starts_on,
            ends_on=conference.ends_on,
            is_online=True,
        )
        for n, person in zip(new, people, strict=True)
    )


def _stories(world: World, new: list[int], people: list[Person]) -> None:
    Story.objects.bulk_create(
        Story(
            circle=world.circle,
            gathering=world.gathering,
            author=person,
            title=f"Story {n}",
            slug=f"story-{n}",
            text="Much.",
            language="en",
            published_at=now() if n % 2 else None,
        )
        for n, person in zip(new, people, strict=True)
    )


def _people(new: list[int]) -> list[Person]:
    people = Person.objects.bulk_create(
        Person(email=f"p{n}@example.org", name=f"Person {n} Crowd", password="!", welcomed_at=now())
        for n in new
    )
    employers = Employer.objects.bulk_create(Employer(name=f"Employer {n}") for n in new)
    Affiliation.objects.bulk_create(
        Affiliation(person=person, employer=employer, title="Head of PMO", started_on=now().date())
        for person, employer in zip(people, employers, strict=True)
    )
    return people


def _join(world: World, people: list[Person]) -> list[Membership]:
    states = [Membership.State.ACTIVE, Membership.State.PAUSED, Membership.State.APPLIED]
    return Membership.objects.bulk_create(
        Membership(
            circle=world.circle,
            person=person,
            role=ROLES[n % len(ROLES)],
            state=states[n % len(states)],
            is_contact=n % 2 == 0,
        )
        for n, person in enumerate(people)
    )


def _ask(world: World, people: list[Person], memberships: list[Membership], knows: Person) -> None:
    """Links, applications and their answers, removals, and who agreed; one person asked again and again."""
    links = InvitationLink.objects.bulk_create(
        InvitationLink(
            circle=world.circle,
            by=knows,
            token_digest=f"{next(numbers)}",
            expires_at=now() + timedelta(days=9),
        )
        for _one in people
    )
    Application.objects.bulk_create(
        Application(membership=membership, link=link)
        for membership, link in zip(memberships, links, strict=True)
        if membership.state == Membership.State.APPLIED
    )
    asks_again = world.circle.memberships.get(pk=world.kwargs["circles"]["pk"])
    Application.objects.bulk_create(
        Application(membership=asks_again, outcome="declined", answered_by=person, answered_at=now())
        for person in people
    )
    Removal.objects.bulk_create(
        Removal(membership=asks_again, by=person, reason="x", ended_at=now()) for person in people
    )
    agreement = world.circle.current_agreement()
    Acceptance.objects.bulk_create(Acceptance(agreement=agreement, person=person) for person in people)


def _seat(world: World, people: list[Person], knows: Person) -> None:
    Rsvp.objects.bulk_create(
        Rsvp(
            gathering=world.gathering,
            person=person,
            status=Rsvp.Status.WAITLISTED if n % 3 == 0 else Rsvp.Status.GOING,
            checked_in_at=now() if n % 3 == 1 else None,
            checked_in_by=knows,
        )
        for n, person in enumerate(people)
    )
    world.gathering.capacity = 1000
    seats.recount(world.gathering)
    world.gathering.save()
    for round in world.gathering.mixing_plan.rounds.all():
        Seat.objects.bulk_create(
            Seat(round=round, table=3 + n // 4, person=person) for n, person in enumerate(people)
        )


def _answer(world: World, people: list[Person]) -> None:
    """Everybody says yes to the seed that stands there, and to every date of the poll."""
    seed = Seed.objects.growing().get()
    SeedAnswer.objects.bulk_create(
        SeedAnswer(seed=seed, person=person, person_key=str(person.pk), said="yes") for person in people
    )
    Seed.objects.bulk_create(
        Seed(planter=seed.planter, name="x", purpose="x", language="en", time_zone="UTC")
        for _person in people
    )
    SlotAnswer.objects.bulk_create(
        SlotAnswer(slot=slot, person=person, said="yes") for slot in Slot.objects.all() for person in people
    )


def _keep(world: World, people: list[Person], knows: Person) -> None:
    pairs = [sorted((knows, person), key=lambda one: one.pk) for person in people]
    Encounter.objects.bulk_create(
        Encounter(circle=world.circle, gathering=world.gathering, round_number=8, one=one, other=other)
        for one, other in pairs
    )
    Connection.objects.bulk_create(
        Connection(
            one=one,
            other=other,
            one_said_at=now(),
            other_said_at=now() if n % 2 else None,
            met_at=world.gathering,
        )
        for n, (one, other) in enumerate(pairs)
    )
    Introduction.objects.bulk_create(
        Introduction(
            asker=person if n % 2 else knows,
            go_between=knows if n % 2 else person,
            # Of their own that are on their way nobody has more than three.
            state="open" if n % 2 else "withdrawn",
            wish="counts beans",
            reason="Peas.",
            ends_at=now() + timedelta(days=9),
        )
        for n, person in enumerate(people)
    )
    PutAway.objects.bulk_create(PutAway(owner=knows, about=person) for person in people)
    Note.objects.bulk_create(
        Note(owner=knows, about=person, text="Ring.", follow_up_on=now().date()) for person in people
    )


def _gatherings(world: World, new: list[int], people: list[Person]) -> None:
    circles = Circle.objects.bulk_create(
        Circle(
            name=f"Circle {n}",
            slug=f"circle-{n}",
            purpose="To meet.",
            language="en",
            time_zone="Europe/Stockholm",
        )
        for n in new
    )
    states = [Gathering.State.PUBLISHED, Gathering.State.DRAFT, Gathering.State.CANCELLED]
    days = [7 + n if n % 2 else -7 - n for n in new]
    made = Gathering.objects.bulk_create(
        Gathering(
            circle=circle if n % 3 else world.circle,
            title=f"Gathering {n}",
            state=states[n % len(states)],
            published_at=now(),
            starts_at=now() + timedelta(days=day),
            ends_at=now() + timedelta(days=day, hours=3),
            time_zone="Europe/Stockholm",
        )
        for n, day, circle in zip(new, days, circles, strict=True)
    )
    for gathering in made[:50]:
        gathering.hosts.add(*people[:3])


def _chapters(world: World, new: list[int], people: list[Person]) -> None:
    """Chapters that meet, whose members come as guests; circles that hold the gathering, too, or said no."""
    chapters = Circle.objects.bulk_create(
        Circle(
            parent=world.circle,
            name=f"Chapter {n}",
            slug=f"chapter-{n}",
            purpose="To meet.",
            language="en",
            time_zone="Europe/Stockholm",
        )
        for n in new
    )
    ahead = now() + timedelta(days=3)
    Gathering.objects.bulk_create(
        Gathering(
            circle=chapter,
            title=f"Chapter meets {chapter.pk}",
            state=Gathering.State.PUBLISHED,
            published_at=now(),
            starts_at=ahead,
            ends_at=ahead + timedelta(hours=3),
            time_zone="Europe/Stockholm",
        )
        for chapter in chapters
    )
    guests = list(world.gathering.rsvps.filter(person__in=people).order_by("pk"))
    for guest, chapter in zip(guests, chapters, strict=True):
        guest.guest_of = chapter
    Rsvp.objects.bulk_update(guests, ["guest_of"])
    states = [*CoHosting.State]
    CoHosting.objects.bulk_create(
        CoHosting(gathering=world.gathering, circle=chapter, state=states[n % len(states)])
        for n, chapter in enumerate(chapters)
    )


def _themes(world: World, new: list[int], people: list[Person]) -> None:
    states = [*Theme.State]
    themes = Theme.objects.bulk_create(
        Theme(
            circle=world.circle,
            title=f"Theme {n}",
            proposed_by=person,
            state=states[n % len(states)],
            last_held_on=now().date(),
        )
        for n, person in zip(new, people, strict=True)
    )
    Support.objects.bulk_create(
        Support(theme=theme, person=person) for theme, person in zip(themes, people, strict=True)
    )
    begin = world.gathering.ballot.choices.count() + 1
    Choice.objects.bulk_create(
        Choice(ballot=world.gathering.ballot, theme=theme, position=position)
        for position, theme in enumerate(themes, begin)
    )
