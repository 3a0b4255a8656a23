"""Run inside a measured environment: one gathering with few places and many members signed in.

Arguments: people, places. Prints the gathering's key, then a session key a line.
"""

import sys
from datetime import timedelta

from django.utils.timezone import now

from bench.make_gatherings import signed_in  # sets Django up
from peerhood.circles.models import Circle, Membership
from peerhood.gatherings.models import Gathering
from peerhood.people.models import Person


def main(people: int, places: int) -> None:
    circle = Circle.objects.create(
        name="Opening", slug="opening", purpose="To meet.", language="en", time_zone="Europe/Stockholm"
    )
    gathering = Gathering.objects.create(
        circle=circle,
        title="Few places",
        state=Gathering.State.PUBLISHED,
        starts_at=now() + timedelta(days=7),
        ends_at=now() + timedelta(days=7, hours=3),
        time_zone="Europe/Stockholm",
        capacity=places,
    )
    persons = [
        Person(email=f"person{n}@example.org", name=f"Person {n}", password="!", welcomed_at=now())
        for n in range(people)
    ]
    persons = Person.objects.bulk_create(persons)
    Membership.objects.bulk_create(Membership(circle=circle, person=person) for person in persons)
    print(gathering.pk)
    for person in persons:
        print(signed_in(person))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
