"""The organiser's pages: draft, edit, conflict, publish, cancel."""

import pytest

from peerhood.gatherings import agenda, planning, rsvp
from peerhood.gatherings.models import Gathering, Series
from peerhood.gatherings.series import scheduling

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(afternoons, ada):
    return scheduling.draft(afternoons, by=ada)


def filled(gathering, lines=None, **changes):
    """The edit form as a browser would send it back."""
    local = gathering.starts_at.astimezone(gathering.zone)
    form = {
        "version": gathering.version,
        "title": gathering.title,
        "words": gathering.words,
        "starts_at": f"{local:%Y-%m-%dT%H:%M}",
        "capacity": gathering.capacity,
        "mode": gathering.mode,
        "place_name": gathering.place_name,
        "address": gathering.address,
        "directions": gathering.directions,
        "online_url": gathering.online_url,
        "purpose": gathering.purpose or "So that nobody decides alone.",
        "online_capacity": gathering.online_capacity,
        "policy": gathering.policy,
        "guests_allowed": gathering.guests_allowed,
        "hosts": [host.pk for host in gathering.hosts.all()],
    }
    lines = agenda.lines_of(gathering) if lines is None else lines
    form |= {"line-TOTAL_FORMS": len(lines), "line-INITIAL_FORMS": len(lines)}
    for number, line in enumerate(lines):
        form |= {f"line-{number}-{name}": value for name, value in vars(line).items() if value is not None}
    return form | changes


def shown(response):
    return [line["title"].value() for line, _begins in response.context["timed_lines"]]


def test_a_series_is_drafted_with_one_tap(client, afternoons, ada):
    client.force_login(ada)
    assert "Norrköping afternoon" in client.get("/gatherings/new/makers/").text
    response = client.post("/gatherings/new/makers/", {"series": afternoons.pk})
    drafted = Gathering.objects.get()
    assert response["Location"] == f"/gatherings/{drafted.pk}/edit/"
    assert drafted.is_draft()


def test_a_new_series_comes_filled_in_and_drafts_its_first_gathering(client, makers, ada):
    client.force_login(ada)
    page = client.get("/gatherings/new/makers/executive-breakfast/")
    initial = page.context["form"].initial
    assert (initial["cadence"], initial["capacity"]) == ("monthly", 15)
    answers = initial | {"starts_at_time": "07:30", "weekday": 1, "week_of_month": 5}
    client.post("/gatherings/new/makers/executive-breakfast/", answers)
    series = Series.objects.get()
    assert (series.name, series.weekday, series.week_of_month) == ("Executive breakfast", 1, 5)
    assert [gathering.series for gathering in Gathering.objects.all()] == [series]


def test_only_those_who_may_draft_get_the_page(client, afternoons, forum, ben, dot):
    paths = [
        "/gatherings/new/makers/",
        "/gatherings/new/makers/career-hour/",
        "/gatherings/new/gryningsforum/",
    ]
    for person, statuses in ((ben, [403, 403, 403]), (dot, [403, 403, 404])):
        client.force_login(person)
        assert [client.get(path).status_code for path in paths] == statuses
        assert [client.post(path, {"series": afternoons.pk}).status_code for path in paths] == statuses
    assert list(Gathering.objects.all()) == []


def test_a_template_we_do_not_ship_is_not_found(client, makers, ada):
    client.force_login(ada)
    assert client.get("/gatherings/new/makers/hackathon/").status_code == 404


def test_one_form_saves_the_gathering_and_its_agenda(client, draft, ada, lines):
    client.force_login(ada)
    path = f"/gatherings/{draft.pk}/edit/"
    assert client.get(path).status_code == 200
    response = client.post(path, filled(draft, lines, title="Benefits", starts_at="2027-01-21T13:00"))
    assert response["Location"] == f"/gatherings/{draft.pk}/"
    draft.refresh_from_db()
    assert (draft.title, agenda.lines_of(draft), draft.version) == ("Benefits", lines, 1)
    starts_at = draft.starts_at.astimezone(draft.zone)
    assert f"{starts_at:%F %H:%M}" == "2027-01-21 13:00"
    assert list(draft.hosts.all()) == [ada]


def test_lines_move_without_being_saved(client, draft, ada, lines):
    client.force_login(ada)
    path = f"/gatherings/{draft.pk}/edit/"
    titles = [line.title for line in lines]
    moved = client.post(path, filled(draft, lines, change="down-0"))
    assert shown(moved) == [titles[1], titles[0], *titles[2:]]
    assert shown(client.post(path, filled(draft, lines, change="remove-2"))) == [*titles[:2], *titles[3:]]
    assert len(shown(client.post(path, filled(draft, lines, change="add")))) == 6
    assert agenda.lines_of(draft) != lines
    assert Gathering.objects.get(pk=draft.pk).version == draft.version


def test_the_form_keeps_the_items_of_the_lines_that_stay(client, draft, ada):
    client.force_login(ada)
    path = f"/gatherings/{draft.pk}/edit/"
    before = list(draft.agenda.values_list("pk", flat=True))
    first, second, *rest = (line["item_pk"].value() for line in client.get(path).context["lines"])
    assert [first, second, *rest] == before
    for change in ("down-0", "remove-2", "add"):
        lines = client.post(path, filled(draft, change=change)).context["lines"]
        assert {
            "down-0": [str(second), str(first), *map(str, rest)],
            "remove-2": [str(first), str(second), *map(str, rest[1:])],
            "add": [*map(str, before), None],
        }[change] == [line["item_pk"].value() for line in lines]
    client.post(path, filled(draft, **{"line-0-title": "Cinnamon buns", "line-1-title": "First of all"}))
    assert list(draft.agenda.values_list("pk", flat=True)) == before
    assert draft.agenda.first().title == "Cinnamon buns"


def test_htmx_gets_the_agenda_alone(client, draft, ada, lines):
    client.force_login(ada)
    swapped = client.post(
        f"/gatherings/{draft.pk}/edit/", filled(draft, lines, change="up-1"), headers={"HX-Request": "true"}
    )
    assert "<h1" not in swapped.text
    assert shown(swapped)[:2] == [lines[1].title, lines[0].title]


def test_the_clock_runs_with_what_is_typed(client, draft, ada, lines):
    client.force_login(ada)
    typed = filled(draft, lines, change="up-0", starts_at="2027-01-21T09:15")
    clock = [
        begins for _line, begins in client.post(f"/gatherings/{draft.pk}/edit/", typed).context["timed_lines"]
    ]
    assert [f"{begins:%H:%M}" for begins in clock] == ["09:15", "09:35", "11:05", "11:45", "12:20"]


def test_a_time_that_makes_no_sense_is_asked_for_again(client, draft, ada, lines):
    client.force_login(ada)
    for wrong in ({"starts_at": "soon"}, {"line-0-length_minutes": "0"}, {"capacity": "0"}, {"title": ""}):
        response = client.post(f"/gatherings/{draft.pk}/edit/", filled(draft, lines, **wrong))
        assert response.status_code == 422
        assert 'aria-invalid="true"' in response.text
    assert client.post(f"/gatherings/{draft.pk}/edit/", filled(draft, [])).status_code == 422


def test_whoever_saves_second_sees_both_texts(client, draft, ada, lines):  # R10
    client.force_login(ada)
    path = f"/gatherings/{draft.pk}/edit/"
    mine = filled(draft, lines, title="Mine", words="My words")
    planning.edit(draft, by=ada, version=0, title="Theirs", words="Their words")
    response = client.post(path, mine)
    assert response.status_code == 409
    for text in ("Mine", "Theirs", "My words", "Their words"):
        assert text in response.text
    assert [label for label, _yours, _theirs in response.context["differences"]] == [
        *("Title", "Why are we gathering?", "The host’s words", "The run of the day"),
    ]
    assert response.context["form"]["title"].value() == "Mine"
    assert Gathering.objects.get(pk=draft.pk).title == "Theirs"
    # Saved again, on purpose this time: the form knows the new version.
    again = mine | {"version": response.context["form"]["version"].value()}
    assert client.post(path, again).status_code == 302
    assert Gathering.objects.get(pk=draft.pk).title == "Mine"


def test_the_page_of_a_draft_publishes_with_one_tap(client, draft, ada):
    client.force_login(ada)
    assert "Only hosts see this yet." in client.get(f"/gatherings/{draft.pk}/").text
    client.post(f"/gatherings/{draft.pk}/publication/", {"purpose": "To meet."})
    assert Gathering.objects.get(pk=draft.pk).is_announced()


def test_saving_and_publishing_is_one_thing(client, draft, ada, lines):
    client.force_login(ada)
    path = f"/gatherings/{draft.pk}/edit/"
    risky = filled(draft, lines[:3], title="Benefits", publish="yes")
    response = client.post(path, risky)
    assert response.status_code == 409
    assert "No member tells a story" in response.text
    assert Gathering.objects.get(pk=draft.pk).title == draft.title
    client.post(path, risky | {"anyway": "on"})
    saved = Gathering.objects.get(pk=draft.pk)
    assert (saved.title, saved.state) == ("Benefits", "published")


def test_a_warning_wants_a_tick(client, draft, ada, lines):
    agenda.set_agenda(draft, lines[:3], by=ada)
    client.force_login(ada)
    assert "Publish anyway" in client.get(f"/gatherings/{draft.pk}/").text
    assert client.post(f"/gatherings/{draft.pk}/publication/", {"purpose": "To meet."}).status_code == 409
    client.post(f"/gatherings/{draft.pk}/publication/", {"anyway": "on", "purpose": "To meet."})
    assert Gathering.objects.get(pk=draft.pk).is_announced()


def test_what_is_announced_is_warned_about_as_well(client, supper, ada, lines):
    client.force_login(ada)
    short = [line for line in lines if line.kind not in {"fika", "story"}]
    response = client.post(f"/gatherings/{supper.pk}/edit/", filled(supper, short), follow=True)
    assert [str(message) for message in response.context["messages"]] == agenda.warnings(supper)
    assert len(agenda.warnings(supper)) == 2
    assert "Publish anyway" not in client.get(f"/gatherings/{supper.pk}/edit/").text


def test_whom_only_a_list_put_there_is_not_offered_as_a_host(client, draft, makers, ada, dot):  # rule 7
    listed = makers.memberships.create(person=dot, role="greeter")
    said_no_yes_yet = listed.invitations.create(by=ada, name="D. Dahl")
    client.force_login(ada)
    page = f"/gatherings/{draft.pk}/edit/"
    assert "Dot Dahl" not in client.get(page).text
    said_no_yes_yet.delete()
    assert "Dot Dahl" in client.get(page).text


def test_cancelling_asks_first(client, supper, ada, ben):
    rsvp.attend(supper, ben)
    client.force_login(ada)
    path = f"/gatherings/{supper.pk}/cancellation/"
    assert "Each of them gets a mail." in client.get(path).text
    assert Gathering.objects.get().is_announced()
    client.post(path)
    assert Gathering.objects.get().is_cancelled()
    assert "This gathering does not take place." in client.get(f"/gatherings/{supper.pk}/").text


def test_places_are_changed_beside_the_line(client, supper, ada, ben, chi):
    for person in (ben, chi):
        rsvp.attend(supper, person)
    client.force_login(ada)
    path = f"/gatherings/{supper.pk}/capacity/"
    assert client.post(path, {"capacity": "0"}).status_code == 422
    assert client.post(path, {"capacity": "2"})["Location"] == f"/gatherings/{supper.pk}/line/"
    assert [held.status for held in supper.rsvps.all()] == ["going", "going"]
    client.post(path, {"capacity": "1"})
    assert "1 person more than there are places." in client.get(f"/gatherings/{supper.pk}/line/").text


@pytest.mark.parametrize("page", ["edit/", "publication/", "cancellation/", "capacity/"])
def test_ben_trying_adas_buttons(client, supper, breakfast, ada, ben, dot, page):
    for person, status in ((ben, 403), (dot, 403)):
        client.force_login(person)
        assert client.post(f"/gatherings/{supper.pk}/{page}", {"capacity": "5"}).status_code == status
    assert client.post(f"/gatherings/{breakfast.pk}/{page}", {"capacity": "5"}).status_code == 404
    client.logout()
    assert client.post(f"/gatherings/{supper.pk}/{page}").status_code == 302
    assert Gathering.objects.get(pk=supper.pk).version == 0
