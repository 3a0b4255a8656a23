"""Seats: the arithmetic that every act about a place goes through.

Whoever acts locks the gathering's row first, and recounts last: what is taken is what
stands in the answers, their guests, the offers and the holds. So the places there are
are never exceeded, whatever happens at the same moment.
"""

from django.db import connection
from django.db.models import QuerySet
from django.utils.timezone import now

from peerhood.circles.models import Circle
from peerhood.gatherings.models import Gathering, Hold, Policy, Rsvp
from peerhood.people.models import Person
from peerhood.platform import rows, stamps

COUNTERS = ("room_taken", "online_taken", "going_count", "waiting_count")
# Written by hand: each answer asks these, and building the questions would cost up to ten times what they do.
# Of the circle without its long texts; whoever wants one of those gets it for a question more. Here and in
# ``finding`` in the order of the model's fields, as ``from_db`` takes its values.
OF_CIRCLE = ("id", "parent_id", "name", "slug", "kind", "language", "time_zone")
CIRCLE = f"SELECT {', '.join(OF_CIRCLE)} FROM circles_circle WHERE id = %s"  # noqa: S608
TAKEN = """
    COALESCE(SUM(guests_count + 1) FILTER (WHERE part = '{part}' AND status IN ('going', 'offered')), 0)
    + (SELECT COUNT(*) FROM gatherings_hold AS hold
        WHERE hold.gathering_id = %(gathering)s AND hold.part = '{part}' AND hold.takes_place)"""
RECOUNT = f"""
SELECT {TAKEN.format(part="room")}, {TAKEN.format(part="online")},
    COALESCE(SUM(guests_count + 1) FILTER (WHERE status = 'going'), 0),
    COUNT(*) FILTER (WHERE status = 'waitlisted')
FROM gatherings_rsvp WHERE gathering_id = %(gathering)s"""  # noqa: S608
KEEP = f"""
UPDATE gatherings_gathering SET ({", ".join(COUNTERS)}) = ({RECOUNT})
WHERE id = %(gathering)s RETURNING {", ".join(COUNTERS)}"""  # noqa: S608


def lock(gathering: Gathering) -> Gathering:
    """The row as it is now, held until the act is done, and its circle.

    Raises:
        Gathering.DoesNotExist: it was deleted meanwhile.
    """
    # SQLite has no row locks; there, IMMEDIATE transactions (settings) let one writer in at a
    # time from its first statement on, which comes to the same.
    locked = rows.find(Gathering, id=gathering.pk, is_locked=True)
    if locked is None:
        raise Gathering.DoesNotExist
    with connection.cursor() as cursor:
        cursor.execute(CIRCLE, [locked.circle_id])
        locked.circle = Circle.from_db(connection.alias, OF_CIRCLE, cursor.fetchone())
    return locked


def answer_of(gathering: Gathering, person: Person) -> Rsvp | None:
    """What somebody answered, whatever it was."""
    rsvp = rows.find(Rsvp, gathering_id=gathering.pk, person_id=person.pk)
    if rsvp is not None:
        rsvp.gathering, rsvp.person = gathering, person
    return rsvp


def recount(gathering: Gathering) -> None:
    """Set the counters to what stands in answers and holds; whoever calls holds the row, and saves them."""
    _count(gathering, RECOUNT)


def keep(gathering: Gathering, *changed: str) -> None:
    """Save the counters, and let kept pages be made anew: the last line of every act about places."""
    _count(gathering, KEEP)
    stamps.bump("gatherings", f"gatherings/{gathering.pk}", *changed)


def _count(gathering: Gathering, question: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(question, {"gathering": gathering.pk})
        for name, count in zip(COUNTERS, cursor.fetchone(), strict=True):
            setattr(gathering, name, int(count))


def release(gathering: Gathering, hold: Hold) -> bool:
    """Let go of what was held for an address; was a place held until now? Its link goes on to work."""
    held = gathering.holds.taking().filter(pk=hold.pk, ends_at__gt=now())
    was_held = bool(held.update(takes_place=False))
    recount(gathering)
    return was_held


def line_of(gathering: Gathering, part: str) -> QuerySet[Rsvp]:
    """Who waits for a place in one part, and may have it, in the order in which they get one."""
    return gathering.rsvps.waiting().eligible().filter(part=part).order_by(*order_of(gathering))


def order_of(gathering: Gathering) -> tuple[str, ...]:
    first = ("-is_new",) if gathering.policy == Policy.NEWCOMERS_FIRST else ()
    return (*first, "answered_at", "pk")


def is_free_for_all(gathering: Gathering, part: str) -> bool:
    """Is there a place that nobody waits for? Whoever asks holds the row, so what it counts is so."""
    if not gathering.free_in(part):
        return False
    return not gathering.waiting_count or not line_of(gathering, part).exists()
