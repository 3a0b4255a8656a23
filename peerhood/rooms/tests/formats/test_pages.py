"""Choosing, reading and changing a format on its pages."""

from dataclasses import replace

import pytest
from django.urls import reverse

from peerhood.circles.models import Membership
from peerhood.rooms import running
from peerhood.rooms.formats import adopting
from peerhood.rooms.formats.shipped import ORDER, shipped
from peerhood.rooms.models import Format
from peerhood.rooms.tests.formats.sending import sent_from

PAGES = ("formats", "format", "edit_format", "format_kit", "shipped_format")


@pytest.fixture
def address(item):
    """``address("edit_format")``: where a page of the item is."""

    def of(name, **more):
        if name != "formats":
            more["item_pk"] = item.pk
        return reverse(f"rooms:{name}", kwargs={"pk": item.gathering_id, **more})

    return of


@pytest.fixture
def adopted(item, ada):
    return adopting.adopt(item, "lean-coffee", by=ada)


@pytest.fixture
def host(client, ada):
    client.force_login(ada)
    return client


def typed(host, address):
    """What a browser would send from the edit page, unchanged."""
    return sent_from(host.get(address("edit_format")).text, "/edit/")


def kept():
    return adopting.recipe_of(Format.objects.get())


def test_every_shipped_format_can_be_read_and_chosen(host, address):
    text = host.get(address("format")).text
    for key in ORDER:
        assert address("shipped_format", key=key) in text
        page = host.get(address("shipped_format", key=key)).text
        assert all(step.title in page for step in shipped(key, "en").steps() if "’" not in step.title)
    response = host.post(address("adopt_format"), {"key": "fishbowl"})
    assert (response.status_code, response["Location"]) == (302, address("format"))
    assert Format.objects.get().key == "fishbowl"


def test_the_format_speaks_the_circles_language_and_the_page_the_persons(host, address, makers):
    makers.language = "sv"
    makers.save()
    page = host.get(address("shipped_format", key="1-2-4-all")).text
    assert 'lang="sv">1-2-4-Alla</h1>' in page
    assert "4 people or more" in page


def test_a_format_that_we_do_not_ship_is_not_there(host, address):
    assert host.get(address("shipped_format", key="tea-dance")).status_code == 404
    assert host.post(address("adopt_format"), {"key": "tea-dance"}).status_code == 400


def test_only_those_who_lead_see_them(client, address, adopted, ben, dot, chi, makers):
    for somebody, status in ((ben, 403), (dot, 403)):
        client.force_login(somebody)
        for name in PAGES:
            more = {"key": "fishbowl"} if name == "shipped_format" else {}
            assert client.get(address(name, **more)).status_code == status
        for name in ("adopt_format", "drop_format", "format_length", "edit_format"):
            assert client.post(address(name), {"key": "fishbowl"}).status_code == status
    makers.memberships.filter(person=chi).update(role=Membership.Role.FACILITATOR)
    client.force_login(chi)
    assert client.get(address("edit_format")).status_code == 200


def test_nobody_outside_learns_of_a_closed_circles_item(client, of_the_forum, chi):
    client.force_login(chi)
    kwargs = {"pk": of_the_forum.gathering_id, "item_pk": of_the_forum.pk}
    assert client.get(reverse("rooms:format", kwargs=kwargs)).status_code == 404


def test_an_item_of_another_gathering_is_not_found_here(host, item, of_the_forum):
    kwargs = {"pk": item.gathering_id, "item_pk": of_the_forum.pk}
    assert host.get(reverse("rooms:format", kwargs=kwargs)).status_code == 404


def test_an_agenda_without_a_format_says_what_could_be_there(host, address, item):
    assert "Choose a format" in host.get(address("formats")).text
    item.kind = "talk"
    item.save()
    text = host.get(address("formats")).text
    assert "Nothing on the agenda is run by a format." in text
    assert reverse("gatherings:edit", args=[item.gathering_id]) in text
    assert host.get(address("format")).status_code == 404


def test_the_gathering_leads_whoever_leads_it_to_its_formats(client, address, item, ada, ben):
    for somebody, is_led in ((ada, True), (ben, False)):
        client.force_login(somebody)
        text = client.get(item.gathering.get_absolute_url()).text
        assert (address("formats") in text) == is_led


def test_saving_what_was_not_changed_changes_no_word_of_any_format(host, address, item, ada):
    for key in ORDER:
        Format.objects.all().delete()
        format = adopting.adopt(item, key, by=ada)
        response = host.post(address("edit_format"), typed(host, address))
        assert (key, response.status_code) == (key, 302)
        assert kept() == adopting.recipe_of(format)
        assert Format.objects.get().version == 2


def test_what_is_written_is_kept(host, address, adopted):
    data = typed(host, address) | {
        "name": "Our coffee",
        "step-0-title": "Scribble",
        "step-0-minutes": "2",
        "step-0-seconds": "30",
        "step-3-extends": "3, 1:30",
        "part-1-times": "4",
        "brings": "Beans\nCups\n",
    }
    assert host.post(address("edit_format"), data).status_code == 302
    recipe = kept()
    assert (recipe.name, recipe.brings, recipe.parts[1].times) == ("Our coffee", ("Beans", "Cups"), 4)
    scribble = recipe.parts[0].steps[0]
    assert (scribble.title, scribble.seconds) == ("Scribble", 150)
    assert recipe.parts[1].steps[0].extends == (180, 90)


def test_on_a_mistake_no_word_is_lost_and_what_is_wrong_stands_beside_the_field(host, address, adopted):
    data = typed(host, address) | {"step-0-title": "", "step-1-minutes": "x", "name": "Our coffee"}
    response = host.post(address("edit_format"), data)
    assert response.status_code == 422
    assert 'value="Our coffee"' in response.text
    assert 'value="x"' in response.text
    assert 'id="id_step-0-title_error"' in response.text
    assert kept().name == "Lean Coffee"


@pytest.mark.parametrize(
    ("field", "wrong", "said"),
    [
        ("step-0-minutes", "0", "A step takes between a second and four hours."),
        ("step-0-grouping", "joined", "Two groups become one"),
        ("step-0-contribution", "none", "There is nothing to vote on yet"),
        ("step-3-warns", "300", "The warning comes before the end."),
        ("most", "2", "It needs more people than it may have."),
        ("step-0-level", "chatham", ""),
    ],
)
def test_a_fault_of_the_recipe_is_said_beside_its_field(host, address, adopted, field, wrong, said):
    response = host.post(address("edit_format"), typed(host, address) | {field: wrong})
    if not said:
        assert response.status_code == 302
        return
    assert response.status_code == 422
    assert said in response.text
    assert kept() == shipped("lean-coffee", "en")


def test_of_two_who_write_at_once_the_second_sees_both_texts_and_may_save_hers(
    host, address, item, ada, adopted
):
    data = typed(host, address) | {"name": "Mine"}
    adopting.change(item, replace(adopting.recipe_of(adopted), name="Theirs"), version=1, by=ada)
    response = host.post(address("edit_format"), data)
    assert response.status_code == 409
    assert "<td>Mine</td><td>Theirs</td>" in response.text
    assert kept().name == "Theirs"
    sent = sent_from(response.text, "/edit/")
    assert sent["name"] == "Mine"
    assert host.post(address("edit_format"), sent).status_code == 302
    assert kept().name == "Mine"


def test_what_was_written_on_a_format_taken_off_meanwhile_is_not_lost(host, address, item, ada, adopted):
    data = typed(host, address) | {"name": "Mine"}
    adopting.drop(item, version=1, by=ada)
    response = host.post(address("edit_format"), data)
    assert response.status_code == 409
    assert 'value="Mine"' in response.text
    adopting.adopt(item, "lean-coffee", by=ada)
    assert host.post(address("edit_format"), data).status_code == 302
    assert kept().name == "Mine"


def test_steps_are_moved_added_and_removed_as_typed_and_nothing_is_saved(host, address, adopted):
    data = typed(host, address) | {"step-0-title": "Scribble"}

    def after(change):
        response = host.post(address("edit_format"), data | {"change": change})
        assert response.status_code == 200
        sent = sent_from(response.text, "/edit/")
        return [sent[f"step-{number}-title"] for number in range(int(sent["step-TOTAL_FORMS"]))]

    assert after("down-0") == ["Pitch", "Scribble", "Three dots each", "Talk", "Takeaways"]
    assert after("remove-1") == ["Scribble", "Three dots each", "Talk", "Takeaways"]
    assert after("add-0") == ["Scribble", "Pitch", "Three dots each", "", "Talk", "Takeaways"]
    assert after("part-up-2") == ["Scribble", "Pitch", "Three dots each", "Takeaways", "Talk"]
    assert after("part-add")[-1] == ""
    assert kept() == shipped("lean-coffee", "en")


def test_a_step_that_was_added_is_kept_when_it_is_saved(host, address, adopted):
    response = host.post(address("edit_format"), typed(host, address) | {"change": "add-2"})
    data = sent_from(response.text, "/edit/") | {"step-5-title": "Goodbye"}
    assert host.post(address("edit_format"), data).status_code == 302
    assert [step.title for step in kept().parts[2].steps] == ["Takeaways", "Goodbye"]


def test_roles_are_added_and_removed_and_steps_are_led_by_them(host, address, adopted):
    response = host.post(address("edit_format"), typed(host, address) | {"change": "role-add"})
    data = sent_from(response.text, "/edit/")
    added = int(data["role-TOTAL_FORMS"]) - 1
    data |= {f"role-{added}-name": "Timekeeper", "step-0-title": "Scribble", "step-0-role": "role-1"}
    assert kept() == shipped("lean-coffee", "en")
    assert host.post(address("edit_format"), data).status_code == 302
    assert kept().roles[-1].name == "Timekeeper"
    assert (kept().parts[0].steps[0].title, kept().parts[0].steps[0].role) == ("Scribble", "role-1")
    removing = typed(host, address) | {"change": f"role-remove-{added}"}
    data = sent_from(host.post(address("edit_format"), removing).text, "/edit/")
    assert host.post(address("edit_format"), data).status_code == 302
    assert kept().roles == shipped("lean-coffee", "en").roles
    assert kept().parts[0].steps[0].role == ""


def test_whoever_only_listens_keeps_a_place(host, address, adopted):
    data = typed(host, address)
    listener = next(number for number in range(9) if data[f"role-{number}-key"] == "listener")
    for change in (f"role-remove-{listener}", "role-remove-99", "role-remove-", "role-dance-0"):
        response = host.post(address("edit_format"), data | {"change": change})
        assert response.status_code == 200
        sent = sent_from(response.text, "/edit/")
        assert {name for name in sent if sent[name] != data[name]} <= {"csrfmiddlewaretoken"}
    assert f'value="role-remove-{listener}"' not in response.text


def test_htmx_gets_the_steps_only(host, address, adopted):
    data = typed(host, address) | {"change": "down-0"}
    response = host.post(address("edit_format"), data, headers={"HX-Request": "true"})
    assert response.text.lstrip().startswith('<fieldset id="steps"')


def test_our_text_can_be_had_again_and_nothing_is_saved_until_it_is(host, address, item, ada, adopted):
    adopting.change(item, replace(adopting.recipe_of(adopted), name="Ours"), version=1, by=ada)
    page = host.get(address("edit_format"), {"again": 1}).text
    assert 'value="Lean Coffee"' in page
    assert kept().name == "Ours"
    assert host.post(address("edit_format"), sent_from(page, "/edit/")).status_code == 302
    assert kept() == shipped("lean-coffee", "en")


def test_a_format_is_taken_off_in_the_version_that_was_seen(host, address, adopted):
    assert host.post(address("drop_format"), {"version": 7}).status_code == 409
    assert host.post(address("drop_format"), {"version": "x"}).status_code == 409
    assert Format.objects.exists()
    assert host.post(address("drop_format"), {"version": 1}).status_code == 302
    assert not Format.objects.exists()


def test_the_minutes_are_given_by_a_button_that_says_how_many(host, address, item, adopted):
    page = host.get(address("format")).text
    assert 'name="minutes" value="19"' in page
    assert host.post(address("format_length"), {"minutes": 19}).status_code == 302
    item.refresh_from_db()
    assert item.length_minutes == 19
    assert 'name="minutes"' not in host.get(address("format")).text
    for wrong in ("0", "601", "x", "9" * 40):
        assert host.post(address("format_length"), {"minutes": wrong}).status_code == 400


def test_while_the_room_is_in_it_saving_is_refused_in_words(host, address, item, ada, adopted):
    data = typed(host, address)
    room = running.start(running.open_room(item.gathering, by=ada), by=ada)
    running.go_to(room, item, by=ada)
    response = host.post(address("edit_format"), data | {"name": "Mine"})
    assert response.status_code == 409
    assert "The room is in this item right now." in response.text
    assert 'value="Mine"' in response.text
    assert kept().name == "Lean Coffee"


def test_forms_that_were_tampered_with_break_nothing(host, address, adopted):
    data = typed(host, address)
    for odd in (
        {"step-TOTAL_FORMS": "7"},
        {"step-TOTAL_FORMS": "9999"},
        {"step-TOTAL_FORMS": ""},
        {"part-0-steps_count": "999"},
        {"part-0-steps_count": "0"},
        {"part-TOTAL_FORMS": "0"},
        {"role-0-key": "king"},
        {"version": "9" * 40},
        {"name": "a\x00b"},
        {"change": "up-99999999999999999999"},
        {"change": "part-down-7"},
    ):
        assert host.post(address("edit_format"), data | odd).status_code in {200, 409, 422}, odd
        assert kept() == shipped("lean-coffee", "en")


def test_as_many_formats_as_you_like_cost_as_many_queries_as_one(
    host, address, item, ada, adopted, django_assert_num_queries
):
    host.get(address("formats"))
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as one:
        host.get(address("formats"))
    for position in range(7, 12):
        more = item.gathering.agenda.create(position=position, kind="format", title="More", length_minutes=9)
        adopting.adopt(more, "fishbowl", by=ada)
    with django_assert_num_queries(len(one)):
        host.get(address("formats"))
