"""The list of people: which files are read, and what is said of those that are not."""

import pytest

from peerhood.mixing.shell.faults import Faulty
from peerhood.mixing.shell.people import Person, people_of


def read(text):
    return people_of(text.encode(), "people.csv")[0]


def faults(text):
    with pytest.raises(Faulty) as refused:
        read(text)
    return str(refused.value).splitlines()


@pytest.mark.parametrize("delimiter", ",;\t")
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_any_spreadsheets_csv_is_read(delimiter, mark, end):
    rows = [["Name", "First timer", "Companion of"], ["Åsa Ek", "ja", ""], [""], ["Bo", "0", "ÅSA EK"]]
    assert read(mark + end.join(delimiter.join(row) for row in rows)) == [
        Person("Åsa Ek", is_first_timer=True),
        Person("Bo", companions=("Åsa Ek",)),
    ]


def test_swedish_headings_are_read():
    assert read("Namn;Grupp;Bransch;Ny;Mottagare;Inte med\nÅsa;A;Bank;x;nej;Bo\nBo;;;;;") == [
        Person("Åsa", "A", "Bank", is_first_timer=True, apart=("Bo",)),
        Person("Bo"),
    ]


def test_several_companions_stand_between_semicolons():
    people = read('name,companion_of\nAda,"Ben; Chi"\nBen,\nChi,Ben|Ada')
    assert people[0].companions == ("Ben", "Chi")
    assert people[2].companions == ("Ben", "Ada")


def test_a_column_that_is_not_known_is_passed_over_and_named():
    people, unread = people_of(b"name,shoe size\nAda,38", "people.csv")
    assert people == [Person("Ada")]
    assert unread == ["shoe size"]


def test_every_fault_is_told_at_once_with_row_and_column():
    assert faults(
        "name,first_timer,companion_of,apart_from\n"
        "Ada,perhaps,,Ada\n"
        "\n"
        "ada,,Anna Berg,\n"
        ",yes,,\n"
        "Ben,,,,too much\n"
    ) == [
        "people.csv: row 4, column name: 'ada' is in row 2 already; names must differ",
        "people.csv: row 5, column name: nobody is named",
        "people.csv: row 6: has 5 cells under 4 headings",
        "people.csv: row 2, column first_timer: must be yes or no, not 'perhaps'",
        "people.csv: row 2, column apart_from: 'Ada' is the person in this row",
        "people.csv: row 4, column companion_of: nobody is called 'Anna Berg'",
    ]


def test_no_more_than_a_screenful_of_faults_is_told():
    told = faults("name,greeter\n" + "".join(f"p{i},maybe\n" for i in range(30)))
    assert len(told) == 21
    assert told[-1] == "… and 10 more"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "is empty"),
        (b"who\nAda", "row 1: no column is headed name; the columns may be name, group"),
        (b"name,name\nAda,Ben", "row 1: the column name is there twice"),
        (b"name\nAda\n\xc5sa", "row 3: is not UTF-8; save the list as"),
        (b"PK\x03\x04", "is a spreadsheet; save it as"),
        (b'name\n"' + b"x" * 200_000, "row 2: field larger than field limit"),
        (b"name\nA\x1b[2Jda", "row 2, column name: this is no name: 'A\\x1b[2Jda'"),
    ],
)
def test_what_is_no_list_is_refused_with_the_reason(content, reason):
    with pytest.raises(Faulty) as refused:
        people_of(content, "people.csv")
    assert f"people.csv: {reason}" in str(refused.value)
