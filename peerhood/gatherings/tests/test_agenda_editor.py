"""The agenda of a rule that allows nothing else, what hangs beside a line, and notes that follow what is typed."""

from dataclasses import replace

import pytest

from peerhood.gatherings import agenda, planning, rsvp, series_templates
from peerhood.gatherings.agenda import Line
from peerhood.gatherings.models import Gathering
from peerhood.gatherings.series import scheduling
from peerhood.gatherings.tests.test_organising import draft, filled  # noqa: F401
from peerhood.platform.refusals import Refusal

pytestmark = pytest.mark.django_db


@pytest.fixture
def dawn(forum, ada):
    series = scheduling.schedule(forum, by=ada, template="executive-breakfast", starts_at_time="07:30")
    return scheduling.draft(series, by=ada, title="Dawn")


def complete(gathering):
    """The breakfast's agenda with subjects, and somebody who leads each."""
    named = {"First topic": "Who owns a benefit", "Second topic": "Two boards, one portfolio"}
    return [
        replace(
            line,
            title=named.get(line.title, line.title),
            speaker="Ben Berg" if line.kind in agenda.LED else "",
        )
        for line in agenda.lines_of(gathering)
    ]


def without(gathering, **spoilt):
    lines = complete(gathering)
    at = next(number for number, line in enumerate(lines) if line.title == "Who owns a benefit")
    return [*lines[:at], replace(lines[at], **spoilt), *lines[at + 1 :]]


def test_an_agenda_only_gathering_is_published_with_a_whole_agenda_and_not_before(dawn, ada):
    with pytest.raises(Refusal) as refused:
        planning.publish(dawn, by=ada, anyway=True, purpose="To meet.")
    for said in ("First topic, Second topic", "who leads these: The rules and the agenda"):
        assert said in str(refused.value)
    whole = complete(dawn)
    for spoilt in (without(dawn, title="Första ämnet"), without(dawn, speaker=" ")):
        agenda.set_agenda(dawn, spoilt, by=ada)
        with pytest.raises(Refusal, match="agenda only"):
            planning.publish(dawn, by=ada, anyway=True, purpose="To meet.")
    agenda.set_agenda(dawn, whole, by=ada)
    assert planning.publish(dawn, by=ada, anyway=True, purpose="To meet.").is_announced()


def test_it_stays_complete_when_it_is_edited_afterwards(dawn, ada):
    agenda.set_agenda(dawn, complete(dawn), by=ada)
    published = planning.publish(dawn, by=ada, anyway=True, purpose="To meet.")
    for act in (
        lambda lines: planning.edit(published, by=ada, version=published.version, lines=lines),
        lambda lines: agenda.set_agenda(published, lines, by=ada),
    ):
        with pytest.raises(Refusal, match="Say who leads these: Who owns a benefit"):
            act(without(published, speaker=""))
    assert Gathering.objects.get(pk=dawn.pk).version == published.version
    planning.edit(published, by=ada, version=published.version, lines=complete(published), title="Dawn again")


def test_control_where_nothing_is_agenda_only_an_agenda_may_be_open(dawn, ada):
    lines = [replace(line, confidentiality="confidential") for line in agenda.lines_of(dawn)]
    agenda.set_agenda(dawn, lines, by=ada)
    assert planning.publish(dawn, by=ada, anyway=True, purpose="To meet.").is_announced()


def test_placeholders_are_known_in_every_language():
    assert {
        "First topic",
        "Första ämnet",
        "Temat: ett föredrag eller en övning",
    } < series_templates.placeholders()
    assert "Fika" not in series_templates.placeholders()


# Materials


def test_materials_are_for_those_who_may_see_the_guests(client, supper, ada, ben, dot, lines):
    links = "[The chart](https://example.org/chart) <script>alert(1)</script>"
    agenda.set_agenda(supper, [replace(lines[0], materials=links), *lines[1:]], by=ada)
    assert agenda.lines_of(supper)[0].materials == links
    page = f"/gatherings/{supper.pk}/"
    client.force_login(ben)
    shown = client.get(page).text
    assert '<a href="https://example.org/chart"' in shown
    assert "<script>alert" not in shown
    for visitor in (client.logout, lambda: client.force_login(dot)):
        visitor()
        assert "example.org/chart" not in client.get(page).text


def test_materials_and_the_purpose_are_filled_in_on_the_page(client, supper, ada, lines):
    client.force_login(ada)
    typed = filled(
        supper,
        [replace(lines[0], materials="Bring a cup"), *lines[1:]],
        purpose="Nobody reports alone any more.",
        policy="newcomers-first",
        guests_allowed="2",
        needs_approval="on",
        online_capacity="30",
    )
    assert client.post(f"/gatherings/{supper.pk}/edit/", typed).status_code == 302
    saved = Gathering.objects.get(pk=supper.pk)
    assert (
        saved.purpose,
        saved.policy,
        saved.guests_allowed,
        saved.needs_approval,
        saved.online_capacity,
    ) == (*("Nobody reports alone any more.", "newcomers-first", 2, True, 30),)
    assert agenda.lines_of(saved)[0].materials == "Bring a cup"


# Notes beside what is typed


def test_the_notes_follow_what_is_typed(client, draft, ada, lines):  # noqa: F811
    client.force_login(ada)
    path, htmx = f"/gatherings/{draft.pk}/edit/", {"HX-Request": "true"}

    def noted(lines, **more):
        return client.post(path, filled(draft, lines, change="notes", **more), headers=htmx).text

    assert "35 of 200 minutes are for listening, 165 for talking with each other." in noted(lines)
    assert "No member tells" not in noted(lines)
    mostly = [replace(lines[1], kind="talk"), lines[3]]
    said = noted(mostly, anyway="on")
    assert "125 of 125 minutes" in said
    assert "Could more of it be an exercise" in said
    assert 'id="anyway" checked' in said
    assert "<fieldset" not in said
    only = [replace(lines[1], confidentiality="agenda-only"), *lines[2:]]
    assert "Say who leads these: Five tables, one problem each." in noted(only)
    # A line that moves or goes brings the notes along.
    swapped = client.post(path, filled(draft, lines, change="remove-3"), headers=htmx).text
    assert "No member tells" in swapped
    assert 'hx-swap-oob="innerHTML:#agenda-notes"' in swapped
    assert client.get(f"/gatherings/{draft.pk}/").text.count("minutes are for listening") == 1


def test_the_order_that_is_posted_is_the_order_of_the_numbers(client, draft, ada, lines):  # noqa: F811
    """What drag-lines.js does after a drop: the fields are numbered anew, and the page is asked to look."""
    client.force_login(ada)
    path = f"/gatherings/{draft.pk}/edit/"
    dragged = [*lines[2:], *lines[:2]]
    looked = client.post(path, filled(draft, dragged, change="look"), headers={"HX-Request": "true"})
    assert [line["title"].value() for line in looked.context["lines"]] == [line.title for line in dragged]
    client.post(path, filled(draft, dragged))
    assert agenda.lines_of(draft) == dragged


def test_lines_say_what_they_say_whichever_item_they_stand_for():
    assert Line("talk", "News", 5, item_pk=1) == Line("talk", "News", 5, item_pk=2)
    assert Line("talk", "News", 5, materials="x") != Line("talk", "News", 5)


def test_a_seat_reads_materials(client, supper, ada, dot, makers, lines):
    agenda.set_agenda(supper, [replace(lines[0], materials="Bring a cup"), *lines[1:]], by=ada)
    makers.kind = "open"
    makers.save()
    client.force_login(dot)
    assert "Bring a cup" not in client.get(f"/gatherings/{supper.pk}/").text
    rsvp.attend(supper, dot)
    assert "Bring a cup" in client.get(f"/gatherings/{supper.pk}/").text
