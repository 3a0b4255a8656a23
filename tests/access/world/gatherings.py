"""The evening itself, and what its organisers do beside it: dates asked for, an agenda saved, a circle next door asked."""

from datetime import timedelta

from django.utils.timezone import now

from peerhood.circles.models import Circle, Membership
from peerhood.gatherings import co_hosting, member_stories, polling
from peerhood.gatherings.arriving import tickets
from peerhood.gatherings.calendars import feeds
from peerhood.gatherings.models import AgendaItem, Gathering, Rsvp, Series
from peerhood.gatherings.series import saved_agendas
from peerhood.people.models import Person
from tests.access.world.kwargs import Kwargs
from tests.access.world.scene import Scene

OF_A_STORY = [
    f"gatherings:{name}" for name in ("put_story_on", "take_story_back", "listen_to_story", "listen_no_more")
]
OF_A_CO_HOSTING = [f"gatherings:{name}" for name in ("co_hosting", "agree", "decline", "part")]
OF_A_SERIES = [
    f"gatherings:{name}"
    for name in ("series", "edit_series", "draft_series", "draft_year", "stand", "stand_no_more")
]
OF_AN_AGENDA = ["gatherings:saved_agenda", "gatherings:delete_agenda"]
OF_A_POLL = [
    f"gatherings:{name}"
    for name in ("new_poll", "poll", "answer_poll", "choose_date", "close_poll", "reopen_poll", "remind_poll")
]


def set_scene(circle: Circle, organiser: Person, host: Person, member: Person, newcomer: Person) -> Scene:
    """An evening of a series, with an agenda and four who have a seat."""
    circle.memberships.get_or_create(person=host)
    series = Series.objects.create(
        circle=circle, name="Evenings", template="flashmob-evening", starts_at_time="18:00", capacity=20
    )
    gathering = Gathering.objects.create(
        circle=circle,
        series=series,
        title=f"Evening of {circle.name}",
        state=Gathering.State.PUBLISHED,
        published_at=now(),
        starts_at=now() + timedelta(hours=2),
        ends_at=now() + timedelta(hours=5),
        time_zone="Europe/Stockholm",
        capacity=20,
    )
    gathering.hosts.add(host)
    for position, kind in enumerate(("arrival", "mixing", "ballot")):
        AgendaItem.objects.create(
            gathering=gathering, position=position, kind=kind, title=kind.title(), length_minutes=20
        )
    extra = Person.objects.create_user(f"extra@{circle.slug}.example.org", name="Extra Ek", welcomed_at=now())
    for person in (organiser, host, member, extra):
        gathering.rsvps.create(person=person, status=Rsvp.Status.GOING)
    Gathering.objects.filter(pk=gathering.pk).update(going_count=4, room_taken=4)
    gathering.refresh_from_db()
    return Scene(circle, gathering, organiser, host, member, newcomer)


def plant(scene: Scene) -> Kwargs:
    circle, gathering, member = scene.circle, scene.gathering, scene.member
    story_to_tell = member_stories.offer(circle, member, "What we measured")
    series = Series.objects.get(pk=gathering.series_id)
    poll = polling.open_poll(series, polling.proposed_starts(series), by=scene.organiser, title="Risk")
    saved = saved_agendas.save(gathering, "Our evening", by=scene.organiser)
    asked = _asked_next_door(scene)
    rsvp = gathering.rsvps.get(person=member)
    of_circle, of_gathering = scene.of_circle, scene.of_gathering
    of_poll = {"pk": poll.pk, "slot_pk": poll.slots.first().pk, "series_pk": series.pk}
    return {
        **dict.fromkeys(OF_A_POLL, of_poll),
        **{route: {"pk": asked.pk} for route in OF_A_CO_HOSTING},
        **{route: {"pk": series.pk} for route in OF_A_SERIES},
        **{route: {"pk": saved.pk} for route in OF_AN_AGENDA},
        "gatherings:new_series_of_own": {**of_circle, "saved_pk": saved.pk},
        # A link that is over: what one that works shows is the tests' of the links to say.
        "gatherings:answer_by_mail": {**of_gathering, "token": "over"},
        "gatherings:arrival": {**of_gathering, "token": tickets.address_of(rsvp).split("/")[-2]},
        **{route: {**of_circle, "pk": story_to_tell.pk} for route in OF_A_STORY},
        "gatherings": {
            **of_gathering,
            **of_circle,
            "rsvp_pk": rsvp.pk,
            "template": "flashmob-evening",
            "sheet": "badges",
            # A mail that was not written; the tests of writing look at one that was.
            "digest": "none",
        },
        "gatherings:own_feed": {"token": feeds.make(member)},
    }


def _asked_next_door(scene: Scene):
    """A circle next door is asked to hold a gathering to come, too; it names nothing of this one."""
    neighbour = Circle.objects.create(
        name=f"Next door to {scene.circle.pk}",
        slug=f"next-door-{scene.circle.pk}",
        purpose="Peers.",
        language="en",
        time_zone="Europe/Stockholm",
    )
    neighbour.memberships.create(person=scene.organiser, role=Membership.Role.ORGANISER)
    return co_hosting.ask(scene.gathering, neighbour, by=scene.organiser)
