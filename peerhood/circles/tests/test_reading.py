"""Whatever the bytes, they become rows or one clear sentence."""

import codecs

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from peerhood.circles.importing import preview, reading, sheets
from peerhood.circles.importing.reading import ImportProblem

SWEDISH = "namn;ort\nÅsa Öström;Örebro\n"


def names(content):
    return [row.name for row in sheets.sheet_of(reading.text_of(content)).rows]


def problem(content):
    with pytest.raises(ImportProblem) as caught:
        sheets.sheet_of(reading.text_of(content if isinstance(content, bytes) else content.encode()))
    return str(caught.value)


@pytest.mark.parametrize(
    "content",
    [
        SWEDISH.encode("utf-8"),
        SWEDISH.encode("utf-8-sig"),
        SWEDISH.encode("utf-16"),
        codecs.BOM_UTF16_BE + SWEDISH.encode("utf-16-be"),
        SWEDISH.encode("utf-16-le"),
        SWEDISH.encode("utf-32"),
        SWEDISH.encode("cp1252"),
        SWEDISH.encode("latin-1"),
        SWEDISH.encode("mac_roman"),
        SWEDISH.encode("cp850"),
    ],
)
def test_å_ä_and_ö_survive_every_encoding(content):
    assert names(content) == ["Åsa Öström"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_cells_may_be_divided_by_comma_semicolon_tab_or_bar(delimiter):
    assert names(f"email{delimiter}name\nx@example.org{delimiter}Ella Ek\n".encode()) == ["Ella Ek"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_may_end_as_on_any_machine(end):
    assert names(end.join(["name,town", "Ella Ek,Ed", "Ola Ås,Ed"]).encode()) == ["Ella Ek", "Ola Ås"]


def test_quoted_commas_quotes_and_line_breaks_are_text():
    content = b'name,title\n"Ek, Ella","says ""hi""\non two lines"\nOla,x\n'
    rows = sheets.sheet_of(reading.text_of(content)).rows
    assert [(row.number, row.name, row.title) for row in rows] == [
        (2, "Ek, Ella", 'says "hi" on two lines'),
        (3, "Ola", "x"),
    ]


def test_row_numbers_are_those_a_spreadsheet_shows():
    rows = sheets.sheet_of("\n\nname\n\nElla\n,,\nOla\n").rows
    assert [(row.number, row.name) for row in rows] == [(5, "Ella"), (7, "Ola")]


def test_a_first_line_that_names_the_separator_is_passed_over():
    assert names(b"sep=;\nname;town\nElla Ek;Ed\n") == ["Ella Ek"]


def test_formulas_are_text_and_our_own_guard_comes_off():
    content = b"name,title\n=1+cmd|' /C calc'!A0,'-Analyst\n"
    row = sheets.sheet_of(reading.text_of(content)).rows[0]
    assert (row.name, row.title) == ("=1+cmd|' /C calc'!A0", "-Analyst")


def test_letters_that_deceive_the_eye_are_taken_out():
    content = "name\nElla\u202eEk\nA\u030asa\u0007 Ek\n".encode()
    assert names(content) == ["EllaEk", "Åsa Ek"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "The file is empty."),
        (b" \r\n\t\n", "The file is empty."),
        (b"PK\x03\x04rest of a workbook", "This is a spreadsheet file."),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "This is a spreadsheet file."),
        (b"<!DOCTYPE html><p>Sign in", "This is a web page"),
        (b"name,email\nElla\0Ek,x", "an empty character in row 2"),
        (b"\xff\xfen\x00\x00\xd8", "The letters in this file are damaged."),
        (b"name\n", "There is a header, but no rows below it."),
        (b"name\n" + b"a" * 2**20, "A cell in row 2 is longer than 5000 characters."),
        (b'name\n"' + b"Ella\n" * 2000, "A cell in row 2 is longer than 5000 characters."),
        (b"name\n" + b"x" * 5_000_001, "This file is larger than 5 MB."),
        (b"name\n" + b"Ella\n" * 20_001, "The list has more than 20\u00a0000 rows."),
    ],
)
def test_what_cannot_be_read_is_said_in_clear_words(content, words):
    assert words in problem(content)


def test_an_unknown_header_names_what_was_found_and_what_is_needed():
    said = problem("Colour;Shape\nred;round")
    assert "“Colour”, “Shape”" in said
    assert "a column “name” (or “namn”" in said


def test_a_list_without_names_says_which_column_is_missing():
    assert "“email”, “role”" in problem("email,role\nx@example.org,member")


@settings(max_examples=150, deadline=None)
@given(
    st.one_of(st.binary(max_size=400), st.text(max_size=300).map(lambda text: text.encode("utf-8", "ignore")))
)
@example(b'name,URL,Connected On,First Name\n"')
@example("name,email\n\u0130@x.se,\u0130@x.se".encode())
def test_arbitrary_bytes_never_raise_anything_but_an_import_problem(content):
    try:
        text = reading.text_of(content)
        sheet = sheets.sheet_of(text)
    except ImportProblem:
        return
    preview.planned(sheet, preview.Known())


HEADERS = st.sampled_from(
    [
        "name",
        "email",
        "role",
        "joined_on",
        "First Name",
        "Connected On",
        "URL",
        "Member ID",
        "\ufeffNamn",
        "x",
    ]
)
CELLS = st.one_of(
    st.text(max_size=30),
    st.sampled_from(["http://[", "2024-13-45", "0000-00-00", "٣-٣-٣", "=1", "a@b.se", '"']),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(HEADERS, min_size=1, max_size=6), st.lists(st.lists(CELLS, max_size=7), max_size=6))
def test_arbitrary_cells_below_a_known_header_never_raise_anything_else(header, rows):
    text = "\n".join(",".join(cells) for cells in [[*header, "name"], *rows])
    try:
        sheet = sheets.sheet_of(reading.text_of(text.encode("utf-8", "ignore")))
    except ImportProblem:
        return
    for one in preview.planned(sheet, preview.Known()):
        assert one.kept()["fate"]
