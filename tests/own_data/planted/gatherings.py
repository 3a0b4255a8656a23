"""A gathering later on, in which he has a seat, a guest and needs; and what he did for others' gatherings."""

from datetime import timedelta

from django.utils.timezone import now

from peerhood import journal
from peerhood.gatherings.calendars import feeds
from peerhood.gatherings.models import CoHosting, Gathering, MemberStory, Needs, SavedAgenda, StandingRsvp
from tests.own_data.planted.cast import Cast
from tests.own_data.planted.words import MAIN, NAME


def plant(cast: Cast) -> Gathering:
    feeds.make(cast.ben)
    later = _later(cast.gathering)
    mine = later.rsvps.create(person=cast.ben, status="going", guest_names=["Canary Guest"])
    Needs.objects.create(rsvp=mine, diet="canarynuts", access="canaryramp")
    journal.record("rsvp.chosen", mine, by=cast.ada, reason="Canary reason")
    later.holds.create(address=MAIN, token_hash="0", ends_at=now())
    later.rsvps.create(person=cast.chi, status="waitlisted", companion=cast.ben, buddy=cast.ben)
    later.hosts.add(cast.ben)
    cast.gathering.agenda.filter(position=0).update(speaker=NAME)
    _polls_and_plans(cast)
    _stories(cast)
    _at_the_door(cast)
    return later


def _later(gathering: Gathering) -> Gathering:
    """A copy of the evening in three days, with one seat."""
    later = Gathering.objects.get(pk=gathering.pk)
    later.pk, later.uid, later.title = None, None, "Later"
    later.uid = Gathering._meta.get_field("uid").get_default()
    later.starts_at, later.ends_at = now() + timedelta(days=3), now() + timedelta(days=3, hours=2)
    later.capacity, later.going_count, later.room_taken, later.waiting_count = 1, 1, 1, 1
    later.save()
    return later


def _polls_and_plans(cast: Cast) -> None:
    ben = cast.ben
    poll = cast.circle.date_polls.first()
    poll.opened_by = ben
    poll.save()
    StandingRsvp.objects.create(series=poll.series, person=ben)
    poll.slots.first().answers.create(person=ben, said="yes")
    SavedAgenda.objects.filter(circle=cast.circle).update(saved_by=ben)
    held = CoHosting.objects.filter(gathering__circle=cast.circle).first()
    held.asked_by = held.answered_by = ben
    held.answered_at = now()
    held.save()


def _stories(cast: Cast) -> None:
    MemberStory.objects.create(circle=cast.circle, person=cast.ben, title="Canary story", about="canaryabout")
    MemberStory.objects.create(circle=cast.circle, person=cast.chi, title="Theirs", buddy=cast.ben)


def _at_the_door(cast: Cast) -> None:
    """He let Ada in, and met her there."""
    ada_here = cast.gathering.rsvps.get(person=cast.ada)
    ada_here.checked_in_by, ada_here.checked_in_at = cast.ben, now()
    ada_here.greeter = cast.ben
    ada_here.save()
