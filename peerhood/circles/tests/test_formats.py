"""Whose list it is, and what each row says."""

import pytest

from peerhood.circles.importing import formats, reading, sheets


@pytest.fixture
def sheet(file):
    return lambda name: sheets.sheet_of(reading.text_of(file(name)))


def faults(row):
    return [(fault.column, fault.problem) for fault in row.faults]


def test_our_own_list_says_everything_about_a_member(sheet):
    rows = sheet("members.csv").rows
    mia = rows[2]
    assert (mia.number, mia.name, mia.email, mia.role, mia.state) == (
        4,
        'Märta "Mia" Åberg',
        "marta.aberg@example.org",
        "member",
        "paused",
    )
    assert (mia.joined_on, mia.employer, mia.title, mia.town) == (
        "2024-03-12",
        "Region Sörvik",
        "PMO analyst",
        "Norrköping",
    )


def test_faults_are_named_by_row_and_column(sheet):
    rows = sheet("members.csv").rows
    assert [(row.number, faults(row)) for row in rows if row.faults] == [
        (8, [("email", "not-an-address")]),
        (9, [("role", "unknown-role"), ("joined_on", "not-a-day")]),
    ]


def test_a_swedish_list_is_read_with_swedish_words(sheet):
    found = sheet("medlemmar-windows.csv")
    assert found.format is formats.OWN
    assert [(row.name, row.role, row.state, row.joined_on, row.town) for row in found.rows] == [
        ("Åsa Öström", "host", "active", "2018-05-14", "Örebro"),
        ("Göran Säfström", "member", "active", "2019-05-07", "Örebro"),
        ("Britt-Marie Ångström", "member", "paused", "", "Kumla"),
    ]


def test_linkedins_connections_are_read_below_their_preamble(sheet):
    found = sheet("Connections.csv")
    assert found.format is formats.LINKEDIN
    assert [(row.number, row.name, row.email, row.employer) for row in found.rows] == [
        (5, "Henrik Sandell", "", "Kustlinjen AB"),
        (6, "Noor Haddad", "noor.haddad@example.org", "Valborg, Ek & Co"),
        (7, "Tove Lagergren PMP®", "", "Stadsnät Väst"),
        (8, "", "", ""),
        (9, "Henrik Sandell", "", "Kustlinjen AB"),
        (10, "Jonas Frid", "", "Frid Konsult"),
    ]
    assert {row.state for row in found.rows} == {"invited"}
    assert found.unread_columns() == ["Connected On"]


def test_the_same_profile_is_one_person_however_its_address_is_written(sheet):
    rows = sheet("Connections.csv").rows
    assert rows[0].key == rows[4].key != rows[1].key


def test_a_meetup_list_is_read_whatever_its_file_is_called(sheet):
    found = sheet("meetup-members.xls")
    assert found.format is formats.MEETUP
    assert [(row.name, row.town, row.title) for row in found.rows] == [
        ("Priya N.", "London", ""),
        ("Tom B", "London", ""),
        ("Tom B", "Leeds", ""),
    ]
    assert len({row.key for row in found.rows}) == 3


def test_who_has_an_address_needs_no_key():
    with_address, without = sheets.sheet_of("name,email\nElla,ella@example.org\nElla,\n").rows
    assert with_address.key is None
    assert without.key.startswith("own:")


def test_the_key_of_a_name_minds_where_they_work_and_no_capitals():
    rows = sheets.sheet_of("name,employer\nElla Ek,Dalby\nELLA  EK,dalby\nElla Ek,Hova\n").rows
    assert rows[0].key == rows[1].key != rows[2].key


@pytest.mark.parametrize("said", ["3/12/2024", "2024-02-30", "12 Foo 2024", "yesterday", "1066-10-14"])
def test_a_day_that_could_be_two_days_or_none_is_a_fault(said):
    row = sheets.sheet_of(f"name,joined_on\nElla,{said}\n").rows[0]
    assert faults(row) == [("joined_on", "not-a-day")]


def test_a_cell_too_many_is_a_fault_of_the_row():
    row = sheets.sheet_of("name,town\nEk, Ella, Ed\n").rows[0]
    assert faults(row) == [("", "too-many-cells")]


def test_a_name_longer_than_a_name_is_a_fault():
    row = sheets.sheet_of(f"name\n{'Ella ' * 30}\n").rows[0]
    assert faults(row) == [("name", "too-long")]


def test_a_hundred_thousand_marks_on_one_letter_are_refused_quickly():
    with pytest.raises(reading.ImportProblem):
        sheets.sheet_of("name\ne" + "\u0301" * 100_000)
