"""What those who come prepare, and how many have looked."""

import pytest
from django.core.exceptions import PermissionDenied

from peerhood.gatherings import rsvp
from peerhood.gatherings.coming import links, preparing
from peerhood.gatherings.models import Look

pytestmark = pytest.mark.django_db


@pytest.fixture
def pack(supper, ada):
    return preparing.write(
        supper,
        by=ada,
        first_question="Which number do you trust?",
        second_question="Who asked for it?",
        reading="[Two pages](https://example.org/two-pages)",
    )


def test_those_inside_read_it_and_it_says_who_presents(client, supper, pack, ben):
    supper.agenda.create(
        position=1, kind="story", title="What we measured", length_minutes=20, speaker="Chi Chen"
    )
    client.force_login(ben)
    page = client.get(f"/gatherings/{supper.pk}/preparation/").text
    for text in (
        "Which number do you trust?",
        "Who asked for it?",
        "https://example.org/two-pages",
        "Chi Chen",
    ):
        assert text in page


def test_a_reader_is_counted_once_and_named_nowhere(client, supper, pack, ada, ben, chi):
    for person in (ben, ben, chi):
        client.force_login(person)
        page = client.get(f"/gatherings/{supper.pk}/preparation/").text
        assert "looked at it" not in page
    client.force_login(ada)
    page = client.get(f"/gatherings/{supper.pk}/preparation/").text
    assert "2 people have looked at it so far" in page
    assert {field.name for field in Look._meta.get_fields()} == {"id", "preparation", "mark"}
    assert str(ben.pk) not in Look.objects.values_list("mark", flat=True)


def test_only_those_who_run_it_write_it(client, supper, ada, ben, dot):
    client.force_login(ben)
    assert client.post(f"/gatherings/{supper.pk}/preparation/", {"reading": "x"}).status_code == 403
    with pytest.raises(PermissionDenied):
        preparing.write(supper, by=ben, reading="x")
    client.force_login(dot)
    assert client.get(f"/gatherings/{supper.pk}/preparation/").status_code == 403
    client.force_login(ada)
    client.post(f"/gatherings/{supper.pk}/preparation/", {"first_question": "Why?"})
    assert preparing.pack_of(supper).first_question == "Why?"
    assert (
        client.post(f"/gatherings/{supper.pk}/preparation/", {"first_question": "x" * 201}).status_code == 422
    )


def test_what_is_emptied_is_nothing_to_prepare(client, supper, pack, ada, ben):
    preparing.write(supper, by=ada, first_question="", second_question="", reading="")
    assert preparing.pack_of(supper) is None
    client.force_login(ben)
    assert "There is nothing to prepare so far." in client.get(f"/gatherings/{supper.pk}/preparation/").text


def test_whoever_comes_is_led_to_it_from_their_seat_and_from_their_mail(client, supper, pack, ben):
    rsvp.attend(supper, ben)
    assert "Which number do you trust?" in client.get(links.path_for(ben, supper)).text
    client.force_login(ben)
    assert f"/gatherings/{supper.pk}/preparation/" in client.get(f"/gatherings/{supper.pk}/placed/").text


def test_the_theme_stands_there_for_members_of_the_circle(client, supper, makers, pack, ada, ben):
    theme = makers.themes.create(title="Trusting numbers", proposed_by=ada)
    theme.adoptions.create(gathering=supper, adopted_by=ada)
    client.force_login(ben)
    assert "Trusting numbers" in client.get(f"/gatherings/{supper.pk}/preparation/").text


def test_the_forums_preparation_is_not_found(client, breakfast, dot):
    client.force_login(dot)
    assert client.get(f"/gatherings/{breakfast.pk}/preparation/").status_code == 404
