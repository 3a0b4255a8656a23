"""Run inside a measured environment: a room that has begun, and somebody signed in who runs it. Prints JSON."""

import json
from datetime import timedelta

from django.utils.timezone import now

from bench.make_gatherings import signed_in  # sets Django up
from peerhood.circles.models import Circle, Membership
from peerhood.gatherings.models import Gathering
from peerhood.people.models import Person
from peerhood.rooms import running


def main() -> None:
    ada = Person.objects.create_user("ada@example.org", name="Ada", welcomed_at=now())
    circle = Circle.objects.create(
        name="Big", slug="big", purpose="To meet.", language="en", time_zone="Europe/Stockholm"
    )
    circle.memberships.create(person=ada, role=Membership.Role.ORGANISER)
    gathering = Gathering.objects.create(
        circle=circle,
        title="Everybody",
        state=Gathering.State.PUBLISHED,
        starts_at=now(),
        ends_at=now() + timedelta(hours=4),
        time_zone="Europe/Stockholm",
        capacity=1000,
    )
    for position, title in enumerate(("Coffee", "A talk", "Last word"), start=1):
        gathering.agenda.create(position=position, kind="talk", title=title, length_minutes=60)
    room = running.start(running.open_room(gathering, by=ada), by=ada)
    said = {
        "code": room.code,
        "gathering": gathering.pk,
        "version": room.version,
        "session": signed_in(ada),
    }
    print(json.dumps(said))


if __name__ == "__main__":
    main()
