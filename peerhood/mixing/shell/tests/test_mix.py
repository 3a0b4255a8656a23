"""``peerhood mix`` on a list of people: what it tells, and what it refuses."""

import csv
import io
import json
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peerhood.mixing.shell.tests import running

CAST = ["Ada", "Ben", "Chi", "Dot", "Eva", "Fia", "Gun", "Hal"]
LIST = "name\n" + "\n".join(CAST)
QUICK = ["--moves", "2000"]
fuzzed = settings(max_examples=150, deadline=None, database=None)


def mix(*arguments, people=LIST):
    return running.mix("-", *arguments, given=people if isinstance(people, bytes) else people.encode())


def seats(*arguments, people=LIST):
    answer = mix(*arguments, *QUICK, "--json", people=people)
    assert answer.exit_code == 0, answer.stderr
    return json.loads(answer.stdout)


def shared(record, *names):
    """In which rounds these people share a table."""
    return [
        r for r, tables in enumerate(record["rounds"], 1) if any(set(names) <= set(table) for table in tables)
    ]


@pytest.mark.parametrize(
    ("tables", "sizes"),
    [("4x2", [2, 2, 2, 2]), ("5,3", [3, 5]), ("1x4,2×2", [2, 2, 4]), ("2X4", [4, 4])],
)
def test_tables_are_laid_as_they_are_typed(tables, sizes):
    record = seats("--tables", tables, "--rounds", "2")
    assert [sorted(map(len, at)) for at in record["rounds"]] == [sizes] * 2


def test_with_a_size_alone_there_are_as_many_tables_as_it_takes():
    assert sorted(map(len, seats("--size", "3", "--rounds", "1")["rounds"][0])) == [2, 3, 3]


def test_the_same_seed_and_moves_give_the_same_seats():
    again = [seats("--size", "3", "--rounds", "3", "--seed", "7")["rounds"] for _ in range(2)]
    assert again[0] == again[1]


def test_people_of_one_group_are_nobody_new_to_each_other():
    people = "name,group\n" + "\n".join(f"{name},{'A' if name in 'Ada Ben' else ''}" for name in CAST)
    record = seats("--tables", "2x4", "--rounds", "1", people=people)
    assert shared(record, "Ada", "Ben") == []
    record = seats("--tables", "8", "--rounds", "1", people=people)
    assert record["breakdown"] == {"history": 1000}
    assert record["encounters"]["fewest_new"] == 6


def test_a_group_of_everybody_says_nothing():
    people = "name,group\n" + "\n".join(f"{name},A" for name in CAST)
    assert seats("--tables", "2x4", "--rounds", "1", people=people)["cost"] == 0


def test_companions_share_the_first_table_at_most_and_those_apart_none():
    people = "name,companion_of,apart_from\nAda,Ben,Chi\n" + "\n".join(f"{name},," for name in CAST[1:])
    record = seats("--tables", "2x4", "--rounds", "3", people=people)
    assert set(shared(record, "Ada", "Ben")) <= {1}
    assert shared(record, "Ada", "Chi") == []


def test_where_the_list_has_sectors_tables_are_diverse_unless_told_otherwise():
    people = "name,sector\n" + "\n".join(
        f"{name},{'bank' if i < 4 else 'state'}" for i, name in enumerate(CAST)
    )
    asked = ("--tables", "4x2", "--rounds", "1")
    for table in seats(*asked, people=people)["rounds"][0]:
        assert len(set(table) & set(CAST[:4])) == 1
    for table in seats(*asked, "--modes", "similar", people=people)["rounds"][0]:
        assert len(set(table) & set(CAST[:4])) != 1


def test_a_run_remembers_what_the_last_one_wrote(tmp_path):
    last = tmp_path / "past.json"
    last.write_text(mix("--tables", "4x2", "--rounds", "3", *QUICK, "--json").stdout)
    first, second = (
        json.loads(last.read_text()),
        seats("--tables", "4x2", "--rounds", "4", "--history", str(last)),
    )
    pairs = [frozenset(t) for record in (first, second) for tables in record["rounds"] for t in tables]
    assert len(set(pairs)) == len(pairs) == 28


def test_a_history_tells_ages_or_is_newest_first(tmp_path):
    past = tmp_path / "past.json"
    gatherings = [
        {"rounds": [[["Ada", "Ben"]]]},
        {"rounds": [[["ada", "Zoe"]]]},
        {"age": 3, "rounds": [[["Ada", "Chi"]]]},
    ]
    past.write_text(json.dumps(gatherings))
    answer = mix("--tables", "8", "--rounds", "1", "--history", str(past), *QUICK, "--json")
    assert json.loads(answer.stdout)["breakdown"] == {"history": 600 + 216}
    assert answer.stderr == "In the history but not on this list: 1 names.\n"


def test_the_account_names_every_table_and_what_is_proven():
    text = mix("--tables", "2x4", "--rounds", "2", *QUICK).stdout
    assert "Round 2\n  Table 1  " in text
    assert text.count("Ada · ") + text.count(" · Ada") == 2
    assert "Everyone meets" in text
    assert "that is proven" in text
    assert "swaps" in text or "seconds, seed 1" in text


def test_every_seat_has_its_reason():
    text = mix("--tables", "2x4", "--rounds", "1", *QUICK, "--why").stdout
    assert "Round 1, table 1: 3 of 3 are new to Ada." in text


def test_csv_has_a_row_for_each_person_and_a_table_for_each_round():
    rows = list(csv.reader(io.StringIO(mix("--tables", "2x4", "--rounds", "3", *QUICK, "--csv").stdout)))
    assert rows[0] == ["name", "round 1", "round 2", "round 3"]
    assert [row[0] for row in rows[1:]] == CAST
    assert {cell for row in rows[1:] for cell in row[1:]} == {"1", "2"}


def test_what_is_printed_is_one_page_and_names_stay_text():
    page = mix("--tables", "2x1", "--rounds", "1", *QUICK, "--print", people="name\n<b>Ada\nBen").stdout
    assert "&lt;b&gt;Ada" in page
    assert "<b>" not in page
    body = page[page.index("<section>") : page.index("</html>")]
    assert len(ElementTree.fromstring(f"<body>{body}</body>").findall("section")) == 2


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["--tables", "1x5", "--rounds", "2"], "There are 8 people but only 5 seats in rounds 1 and 2."),
        (["--tables", "six", "--rounds", "2"], "--tables: must be like 6x5 or 5,5,4 or 3x5,2x4, not 'six'"),
        (["--tables", "9x99999", "--rounds", "2"], "--tables: more than 20000 seats"),
        (["--rounds", "2"], "say which tables there are"),
        (["--size", "4", "--tables", "2x4", "--rounds", "2"], "say which tables there are"),
        (["--size", "4"], "say how many rounds there are"),
        (["--size", "4", "--rounds", "0"], "--rounds: must be a whole number from 1 to 200"),
        (["--size", "4", "--rounds", "2", "--modes", "mixed,odd"], "not 'odd'"),
        (["--size", "4", "--rounds", "3", "--modes", "mixed,mixed"], "one for each of 3 rounds, not 2"),
        (["--size", "4", "--rounds", "2", "--seconds", "nan"], "--seconds: must be more than 0 and at most 86400"),
        (["--size", "4", "--rounds", "2", "--seconds", "1", "--moves", "5"], "either --seconds or --moves"),
        (["--size", "4", "--rounds", "2", "--json", "--csv"], "not allowed with argument --json"),
        (["--size", "4", "--rounds", "2", "--json", "--why"], "--why is told in words"),
        (["--size", "4", "--rounds", "2", "--history", "nowhere.json"], "nowhere.json: cannot be read: No such"),
        (["--size", "4", "--rounds", "2", "--instance", "a", "b"], "name a list of people, or --instance"),
    ],
)  # fmt: skip
def test_wrong_input_is_refused_with_the_reason(arguments, reason):
    answer = mix(*arguments)
    assert answer.exit_code == 2
    assert reason in answer.stderr
    assert answer.stdout == ""


@pytest.mark.parametrize(
    ("history", "reason"),
    [
        ("{", "is not JSON"),
        ("[" * 100_000, "is not JSON"),
        ("{}", "the field 'rounds' is missing"),
        ('[{"rounds": []}, 7]', "gathering 2: must be an object, not 7"),
        ('{"rounds": [["Ada"]]}', "field rounds[0][0]: must be a list, not 'Ada'"),
        ('{"rounds": [], "age": 0}', "field age: must be a whole number from 1 to 1000, not 0"),
    ],
)
def test_a_history_that_cannot_be_read_is_refused_with_the_field(tmp_path, history, reason):
    path = tmp_path / "past.json"
    path.write_text(history)
    answer = mix("--size", "4", "--rounds", "1", "--history", str(path))
    assert answer.exit_code == 2
    assert reason in answer.stderr


cells = st.sampled_from(
    ["", "Ada", "Ben", "Ada;Ben", "x", "no", "7", '"', "\x00", "\r", "é", "ß", "SS"]
) | st.text(max_size=5)
headings = st.lists(
    st.sampled_from(
        ["name", "group", "sector", "first_timer", "greeter", "companion_of", "apart_from", "odd"]
    )
)
lists = st.tuples(headings, st.lists(st.lists(cells, max_size=5), max_size=5)).map(
    lambda rows: "\n".join(",".join(row) for row in [["name", *rows[0]], *rows[1]]).encode("utf-8", "replace")
)


@fuzzed
@given(st.binary(max_size=80) | lists, st.text("0123456789x,", max_size=6), st.text(max_size=8))
def test_whatever_is_handed_in_there_are_seats_or_a_refusal(content, tables, modes):
    answer = mix(
        f"--tables={tables}", "--rounds=2", f"--modes={modes or 'mixed'}", "--moves=50", people=content
    )
    assert answer.exit_code in (0, 2)
    assert bool(answer.stdout) == (answer.exit_code == 0)
    assert answer.exit_code == 0 or answer.stderr
