from pathlib import Path

import pytest

from peerhood.circles.importing import confirming, preparing
from peerhood.circles.models import Circle

FILES = Path(__file__).parent / "files"


@pytest.fixture
def file():
    """The bytes of a sample list: ``file("members.csv")``."""
    return lambda name: (FILES / name).read_bytes()


@pytest.fixture
def prepare(makers, ada):
    """Ada previews a list for the Makers: ``prepare("name\\nElla")``."""

    def make(text, circle=None, by=None):
        content = text if isinstance(text, bytes) else text.encode()
        return preparing.prepare(circle or makers, content, by=by or ada)

    return make


@pytest.fixture
def bring_in(prepare):
    """Preview and confirm in one go."""

    def make(text, circle=None, by=None, **choices):
        member_list = prepare(text, circle, by)
        confirming.confirm(member_list, by=member_list.by, **choices)
        member_list.refresh_from_db()
        return member_list

    return make


@pytest.fixture
def studio(ada):
    """A circle everybody can join. Ada organises it."""
    circle = Circle.objects.create(
        name="Studio",
        slug="studio",
        kind=Circle.Kind.OPEN,
        purpose="Draw together.",
        language="en",
        time_zone="Europe/Stockholm",
    )
    circle.memberships.create(person=ada, role="organiser")
    circle.agreements.create(version=1, text="Nobody laughs at a sketch.")
    return circle


@pytest.fixture
def house(ada):
    """A circle within Example AB, known to whoever has an address there. Ada organises it."""
    circle = Circle.objects.create(
        name="Kaffekvarnen",
        slug="kaffekvarnen",
        kind=Circle.Kind.IN_HOUSE,
        purpose="The planners of one house.",
        language="en",
        time_zone="Europe/Stockholm",
    )
    circle.memberships.create(person=ada, role="organiser")
    circle.houses.create(domain="house.example")
    return circle


@pytest.fixture
def state():
    """Where somebody stands: ``state(makers, dot)``; None when they never were there."""
    return lambda circle, person: (
        circle.memberships.values_list("state", flat=True).filter(person=person).first()
    )
