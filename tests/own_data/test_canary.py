"""A planted person: an export holds every word of theirs, and an erasure leaves none, anywhere.

Ben's name, addresses and words are canaries, in every text that is his, in a world with one of
everything. Afterwards every text of every table is read, every file of the data folder, and what
is cached.
"""

import io
import json
import zipfile

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection

from peerhood.notices.models import Mail
from peerhood.people.models import Export
from peerhood.people.own_data import asking, erasing, exporting, packing, rules
from tests.own_data.planted import plant
from tests.own_data.planted.words import FIRST, MAIN, NAME, OWN_TEXTS, SHARED, WORK

pytestmark = pytest.mark.django_db


@pytest.fixture
def ben_in_full(makers, ada, ben, chi, person):
    return plant(makers, ada, ben, chi, person("New Nilsson"))


def canaries() -> list[str]:
    return ["canary", FIRST, "benquist"]


def tables_with(*words: str) -> dict[str, int]:
    """Every column of every table of the database that holds one of the words, shared texts apart; and how often."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608
            names = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                for name, value in zip(names, row, strict=True):
                    text = (
                        bytes(value).decode("latin-1")
                        if isinstance(value, bytes | memoryview)
                        else str(value)
                    )
                    text = text.replace(SHARED, "").lower()
                    if any(word in text for word in words):
                        found[f"{table}.{name}"] = found.get(f"{table}.{name}", 0) + 1
    return found


def left_of_ben() -> dict[str, int]:
    return tables_with(*canaries())


def words_of(file: zipfile.ZipFile) -> str:
    return "\n".join(
        file.read(name).decode("latin-1" if "webp" in name else "utf-8") for name in file.namelist()
    )


def missing_in(words: str) -> list[str]:
    expected = [
        NAME,
        MAIN,
        WORK,
        SHARED,
        "https://canary-link.example.org",
        "canarytool",
        "canarykey",
        "Canary Corp",
        "Head of Canaries",
        "Canaryson, B.",
        "Canary Listed AB",
        "canarylist.csv",
        "canarynote about Ada",
        "RIFFcanaryphoto",
        "Firefox",
        "Later",
        *(f"canary {name}" for name in OWN_TEXTS),
    ]
    return [word for word in expected if word not in words]


def made_for(ben) -> zipfile.ZipFile:
    Export.objects.all().delete()
    export = asking.ask(ben)
    exporting.make_or_stop(export.pk)
    return zipfile.ZipFile(io.BytesIO(bytes(Export.objects.get(pk=export.pk).file)))


def test_the_export_holds_every_word(ben_in_full):
    ben, *_rest = ben_in_full
    file = made_for(ben)
    assert missing_in(words_of(file)) == []
    everything = json.loads(file.read("everything.json"))
    assert missing_in(json.dumps(everything, ensure_ascii=False)) == ["RIFFcanaryphoto"]
    assert all(
        file.read(name).startswith(b"\xef\xbb\xbf") for name in file.namelist() if name.endswith(".csv")
    )
    # Every kind of row there is has been planted, and says something.
    assert [table for table in rules.tables() if not everything[table]] == []


def test_nothing_of_others_that_is_not_his_is_in_the_export(ben_in_full):
    ben, *_rest = ben_in_full
    words = words_of(made_for(ben))
    assert "Ring again in spring." not in words
    assert "ada@example.org" not in words


def test_after_an_erasure_the_canary_is_nowhere(ben_in_full, django_capture_on_commit_callbacks):
    ben, *_rest = ben_in_full
    asking.ask(ben)
    assert len(left_of_ben()) > 20
    with django_capture_on_commit_callbacks():
        erasing.erase(ben)
    # One mail is still to go out, to the address that was his.
    last_word = Mail.objects.get(kind="people/erased")
    assert last_word.address == MAIN
    last_word.delete()
    assert left_of_ben() == {}
    assert [word for word in canaries() if word in settings.ERASURES.read_text().lower()] == []
    assert [word for word in canaries() if word in str(cache._cache).lower()] == []


def rows_left(ben) -> dict[str, int]:
    """How many rows of each kind still name him, in each way there is."""
    counts = {
        f"{rule.model.__name__}.{rule.field}": rules.Rows(rule, ben).all().count()
        for rule in rules.declared()
    }
    return {name: count for name, count in counts.items() if count}


# What others were part of: it stays, and shows a former member.
STAYS = {
    "Adoption.adopted_by": 1,
    "Ballot.opened_by": 1,
    "CoAuthor.person": 1,
    "Coffee.asker": 1,
    "CoffeeSeat.person": 2,
    "Comment.author": 2,
    "Connection.one or other": 1,
    "Encounter.one or other": 3,
    "Introduction.go_between": 1,
    "Introduction.passed_to": 1,
    "Introduction.wanted": 1,
    "MentoringPair.mentee": 1,
    "MentoringPair.mentor": 1,
    "Note.about": 1,
    "Plan.made_by": 1,
    "Report.by": 1,
    "Seat.person": 1,
    "Thread.author": 2,
    "Reply.author": 2,
    "Story.author": 1,
    "TalkedAbout.about": 1,
    "Theme.proposed_by": 2,
}


def in_either_place(counts: dict[str, int]) -> dict[str, int]:
    """Who is first of a pair hangs on their numbers."""
    merged: dict[str, int] = {}
    for name, count in counts.items():
        model, field = name.split(".")
        name = f"{model}.one or other" if field in ("one", "other") else name
        merged[name] = merged.get(name, 0) + count
    return merged


def erase(ben) -> None:
    erasing.erase(ben)
    Mail.objects.filter(kind="people/erased").delete()


def test_what_others_were_part_of_stays_as_a_former_member(ben_in_full, chi, client):
    ben, _built, later, theme = ben_in_full
    erase(ben)
    assert in_either_place(rows_left(ben)) == STAYS
    later.refresh_from_db()
    assert [rsvp.person for rsvp in later.rsvps.going()] == [chi]
    assert (later.going_count, later.waiting_count) == (1, 0)
    theme.refresh_from_db()
    assert (theme.title, theme.support_count, str(theme.proposed_by)) == (
        f"Theme {SHARED}",
        0,
        "A former member",
    )
    client.force_login(chi)
    assert "A former member" in client.get("/connections/").text
    chi.language = "sv"
    chi.save()
    assert "En tidigare medlem" in client.get("/connections/").text


@pytest.mark.parametrize(
    "rule",
    [each for each in rules.declared() if each.erase is not rules.keep],
    ids=lambda rule: f"{rule.model.__name__}.{rule.field}",
)
def test_control_without_one_rule_something_is_left(rule, ben_in_full, monkeypatch):
    ben, *_rest = ben_in_full
    if not rules.Rows(rule, ben).all().exists():
        pytest.fail("The world has no such row: plant one.")
    monkeypatch.setattr(rules, "_rules", [each for each in rules.declared() if each is not rule])
    erase(ben)
    monkeypatch.undo()
    assert (left_of_ben(), in_either_place(rows_left(ben))) != ({}, STAYS)


@pytest.mark.parametrize("words", rules._words, ids=lambda words: words.__name__)
def test_control_without_looking_into_texts_the_canary_is_found(words, ben_in_full, monkeypatch):
    ben, *_rest = ben_in_full
    monkeypatch.setattr(rules, "_words", [each for each in rules._words if each is not words])
    erase(ben)
    assert left_of_ben() != {}


@pytest.mark.parametrize(
    "table",
    ["jobs", "addresses", "passkeys", "devices", "memberships", "member_lists_i_read_in", "my_notes"],
)
def test_control_without_one_table_the_export_lacks_words(table, ben_in_full, monkeypatch):
    ben, *_rest = ben_in_full
    monkeypatch.setattr(rules, "_rules", [each for each in rules.declared() if each.table != table])
    told = {each: rules.told_in(each, ben) for each in rules.tables()}
    file = zipfile.ZipFile(io.BytesIO(packing.packed(ben, told)))
    assert missing_in(words_of(file)) != []
