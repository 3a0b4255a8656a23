"""The operator founds a circle; its organiser comes in and finds it their own."""

from io import StringIO

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command

from peerhood.circles import founding
from peerhood.circles.models import Circle
from peerhood.circles.permissions import can_organise
from peerhood.people.models import Person

pytestmark = pytest.mark.django_db
WORDS = {"purpose": "To meet.", "language": "sv", "time_zone": "Europe/Stockholm"}


def found(name, **options) -> str:
    said = StringIO()
    call_command("found_circle", name, stdout=said, purpose="To meet.", **options)
    return said.getvalue()


def test_the_one_who_begins_it_organises_it(ada):
    circle = founding.found("Mellan Örebro", organiser=ada, **WORDS)
    assert (circle.slug, circle.kind) == ("mellan-orebro", "open")
    assert can_organise(ada, circle)
    assert [membership.person for membership in circle.memberships.contacts()] == [ada]


def test_two_of_one_name_have_two_addresses(ada):
    slugs = [founding.found(name, organiser=ada, **WORDS).slug for name in ("New", "New", "Makers", "Makers")]
    assert slugs == ["new-2", "new-3", "makers", "makers-2"]


def test_what_cannot_be_is_refused_and_nothing_is_written(ada):
    with pytest.raises(ValidationError):
        founding.found("Makers", organiser=ada, **WORDS | {"time_zone": "Mars/Olympus"})
    assert not Circle.objects.exists()


def test_the_operator_founds_for_somebody_who_has_never_been_here(client):
    said = found("City PMO", organiser="Ella@Example.org", language="sv")
    circle = Circle.objects.get()
    assert (circle.name, circle.language) == ("City PMO", "sv")
    assert circle.get_absolute_url() in said
    ella = Person.objects.get()
    assert (ella.email, can_organise(ella, circle)) == ("ella@example.org", True)


def test_a_chapter_stands_under_its_network(makers, ada):
    found("Makers North", organiser=ada.email, parent="makers")
    assert [chapter.name for chapter in makers.chapters.all()] == ["Makers North"]
    assert Person.objects.filter(email=ada.email).count() == 1


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        ({"organiser": "nobody"}, "valid email"),
        ({"organiser": "ada@example.org", "parent": "nowhere"}, "nowhere"),
        ({"organiser": "ada@example.org", "time_zone": "Mars/Olympus"}, "Nothing was founded"),
    ],
)
def test_the_operator_is_told_what_is_wrong_and_nothing_is_left(options, reason):
    with pytest.raises(CommandError, match=reason):
        found("City PMO", **options)
    assert not Circle.objects.exists()
    assert not Person.objects.exists()
