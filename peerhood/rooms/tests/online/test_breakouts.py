"""Lists for breakout rooms: who is on them, who may have them, and that programs can read them."""

import csv
import io

import pytest
from django.core.exceptions import PermissionDenied

from peerhood.circles.models import Membership
from peerhood.gatherings.models import Gathering, Part, Rsvp
from peerhood.journal.models import Entry
from peerhood.mixing import grouping
from peerhood.people import silence
from peerhood.people.models import Person
from peerhood.platform import spreadsheets
from peerhood.rooms.online import breakouts
from peerhood.rooms.online.breakouts import PROGRAMS, listed


def first(plan):
    return plan.rounds.select_related("plan__gathering__circle").get(number=1)


def rows(text):
    return list(csv.reader(io.StringIO(text.removeprefix(spreadsheets.MARK))))


def test_zooms_file_has_its_header_letter_for_letter_and_a_line_for_each(online, plan, ada):
    text = listed(first(plan), PROGRAMS["zoom"], by=ada)
    assert text.splitlines() == [
        "Pre-assign Room Name,Email Address",
        "Table 1,ada@example.org",
        "Table 1,ben@example.org",
        "Table 2,chi@example.org",
    ]


def test_teams_is_told_names_and_addresses_and_bigbluebutton_names_alone(online, plan, ada):
    teams, blue = (rows(listed(first(plan), PROGRAMS[key], by=ada)) for key in ("teams", "bigbluebutton"))
    assert teams[:2] == [["Room", "Name", "E-mail"], ["Table 1", "Ada", "ada@example.org"]]
    assert blue == [["Room", "Name"], ["Table 1", "Ada"], ["Table 1", "Ben"], ["Table 2", "Chi"]]


def test_no_surname_is_on_a_list_but_an_initial_where_two_share_a_name(online, plan, ada, person):
    again = person("Ben Öst", email="ben.ost@example.org")
    first(plan).seats.create(person=again, table=2)
    online.rsvps.create(person=again, status=Rsvp.Status.GOING, part=Part.ONLINE)
    blue = rows(listed(first(plan), PROGRAMS["bigbluebutton"], by=ada))
    assert [name for _room, name in blue[1:]] == ["Ada", "Ben B.", "Chi", "Ben Ö."]


def test_swedish_letters_come_back_whole_and_a_spreadsheet_is_told_how_to_read_them(
    online, plan, ada, ben, makers
):
    Person.objects.filter(pk=ben.pk).update(name="Åke Ängö")
    makers.language = "sv"
    makers.save()
    text = listed(first(plan), PROGRAMS["teams"], by=ada)
    assert text.encode().startswith(b"\xef\xbb\xbf")
    assert rows(text)[2][:2] == ["Bord 1", "Åke"]


@pytest.mark.parametrize("key", PROGRAMS)
def test_no_cell_is_taken_for_a_formula(online, plan, ada, ben, key):
    Person.objects.filter(pk=ben.pk).update(name="=1+1", email="+1@example.org")
    cells = [cell for row in rows(listed(first(plan), PROGRAMS[key], by=ada)) for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]
    assert {"'=1+1", "'+1@example.org"} & set(cells)


def test_without_the_guard_a_name_would_be_a_formula(online, plan, ada, ben, monkeypatch):
    monkeypatch.setattr(spreadsheets, "guarded", lambda cell: cell)
    Person.objects.filter(pk=ben.pk).update(name="=1+1")
    assert ["Table 1", "=1+1"] in rows(listed(first(plan), PROGRAMS["bigbluebutton"], by=ada))


def test_who_has_no_seat_in_the_round_is_on_no_list_nor_are_guests_of_somebody(online, plan, ada, ben, dot):
    online.rsvps.create(person=dot, status=Rsvp.Status.GOING, part=Part.ONLINE)
    online.rsvps.filter(person=ben).update(guests_count=1, guest_names=["Dag"])
    for program in PROGRAMS.values():
        text = listed(first(plan), program, by=ada)
        assert ("dot@" in text.lower(), "Dot" in text, "Dag" in text) == (False, False, False)


@pytest.mark.parametrize("key", PROGRAMS)
def test_whoever_gave_up_their_place_after_the_tables_were_mixed_is_on_no_list(online, plan, ada, ben, key):
    online.rsvps.filter(person=ben).update(status=Rsvp.Status.CANCELLED)
    assert "ben" not in listed(first(plan), PROGRAMS[key], by=ada).lower()


def test_in_a_hybrid_gathering_whoever_is_in_the_room_is_on_no_list(online, plan, ada, ben):
    Gathering.objects.filter(pk=online.pk).update(mode=Gathering.Mode.HYBRID)
    online.rsvps.filter(person=ben).update(part=Part.ROOM)
    assert "ben@" not in listed(first(plan), PROGRAMS["zoom"], by=ada)
    assert "chi@" in listed(first(plan), PROGRAMS["zoom"], by=ada)


def test_whoever_has_no_address_is_left_out_of_zooms_and_named_in_the_others(online, plan, ada, ben):
    Person.objects.filter(pk=ben.pk).update(email=None)
    assert "Ben" in listed(first(plan), PROGRAMS["teams"], by=ada)
    assert rows(listed(first(plan), PROGRAMS["zoom"], by=ada))[1:] == [
        ["Table 1", "ada@example.org"],
        ["Table 2", "chi@example.org"],
    ]


def test_whoever_blocked_the_reader_does_not_give_them_their_address(online, plan, ada, ben):
    silence.block(ben, ada)
    assert "ben@" not in listed(first(plan), PROGRAMS["teams"], by=ada)


def test_groups_of_a_format_are_listed_as_groups(online, ada):
    made = grouping.group(online, 3, by=ada)
    made.plan.gathering = online
    assert rows(listed(made, PROGRAMS["zoom"], by=ada))[1][0] == "Group 1"


def test_hosts_and_facilitators_have_the_lists_and_members_do_not(online, plan, ada, ben, makers):
    with pytest.raises(PermissionDenied):
        listed(first(plan), PROGRAMS["bigbluebutton"], by=ben)
    makers.memberships.filter(person=ben).update(role=Membership.Role.FACILITATOR)
    assert "chi@" in listed(first(plan), PROGRAMS["zoom"], by=ben)


def test_who_took_a_list_is_written_down_and_nobody_on_it(online, plan, ada):
    listed(first(plan), PROGRAMS["zoom"], by=ada)
    entry = Entry.objects.get(name="list.printed")
    assert (entry.by_id, entry.facts) == (ada.pk, {"sheet": "breakouts-zoom", "names_count": 3})


def address(gathering, rest=""):
    return f"/gatherings/{gathering.pk}/room/breakouts/{rest}"


def test_the_page_leads_to_each_rounds_lists(client, online, plan, ada):
    client.force_login(ada)
    page = client.get(address(online)).text
    assert "Delete the file when the call is over." in page
    for key in PROGRAMS:
        assert address(online, f"2/{key}.csv") in page
    response = client.get(address(online, "2/zoom.csv"))
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert response.headers["Cache-Control"] == "private, no-store"
    assert 'filename="round-2-zoom.csv"' in response.headers["Content-Disposition"]


def test_under_a_rule_the_page_says_why_the_file_must_go(client, online, plan, ada):
    client.force_login(ada)
    assert "Something here is under a rule" in client.get(address(online)).text
    online.agenda.update(confidentiality="open")
    assert "Something here is under a rule" not in client.get(address(online)).text


def test_without_a_round_the_page_says_where_they_come_from(client, online, ada):
    client.force_login(ada)
    assert "There are no rounds yet." in client.get(address(online)).text


@pytest.mark.parametrize("rest", ["3/zoom.csv", f"{10**30}/zoom.csv", "1/webex.csv"])
def test_what_is_not_there_is_not_found(client, online, plan, ada, rest):
    client.force_login(ada)
    assert client.get(address(online, rest)).status_code == 404


@pytest.mark.parametrize("more", [0, 30])
def test_a_list_costs_the_same_for_few_and_for_many(
    client, online, plan, ada, person, more, django_assert_max_num_queries
):
    for n in range(more):
        somebody = person(f"More{n} Moreson")
        first(plan).seats.create(person=somebody, table=n % 5 + 1)
        online.rsvps.create(person=somebody, status=Rsvp.Status.GOING, part=Part.ONLINE)
    client.force_login(ada)
    client.get(address(online, "1/zoom.csv"))
    with django_assert_max_num_queries(14):
        assert len(rows(client.get(address(online, "1/zoom.csv")).text)) == 4 + more


def test_every_program_is_described_for_whoever_chooses():
    assert all(str(program.about) for program in breakouts.PROGRAMS.values())
