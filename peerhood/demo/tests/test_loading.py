import io
import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import transaction

from peerhood.circles.importing import sheets
from peerhood.circles.models import Circle
from peerhood.demo.network import dates
from peerhood.demo.network.content import FOLDER, circle_specs
from peerhood.demo.network.load import load
from peerhood.demo.network.names import InventedNames
from peerhood.gatherings.series.cadence import next_date
from peerhood.people.models import Affiliation
from peerhood.rooms.formats.recipe import read
from peerhood.rooms.formats.shipped import shipped
from peerhood.rooms.models import Format

SAMPLES = Path(__file__).resolve().parents[3] / "docs" / "samples"

# The control: well-known organisations, none of which may be in an invented network.
REAL = [
    *(
        "ABB",
        "Accenture",
        "AstraZeneca",
        "Atlas Copco",
        "Aviva",
        "Axfood",
        "BP",
        "Barclays",
        "Bofors",
        "Boliden",
    ),
    *(
        "Capgemini",
        "Centrica",
        "Coop",
        "Crossrail",
        "Deloitte",
        "Diageo",
        "Electrolux",
        "Equinor",
        "Ericsson",
    ),
    *(
        "Försäkringskassan",
        "GlaxoSmithKline",
        "Google",
        "HMRC",
        "HSBC",
        "Handelsbanken",
        "Holmen",
        "ICA",
        "IKEA",
    ),
    *(
        "KPMG",
        "Klarna",
        "Kone",
        "LKAB",
        "Lloyds",
        "Luftfartsverket",
        "Maersk",
        "Microsoft",
        "Migrationsverket",
    ),
    *("NCC", "NHS", "NatWest", "Naturvårdsverket", "Network Rail", "Nokia", "Nordea", "Norrköpings kommun"),
    *(
        "Ofgem",
        "Peab",
        "Pensionsmyndigheten",
        "Postnord",
        "Prudential",
        "PwC",
        "Ramboll",
        "Region Östergötland",
    ),
    *(
        "Rolls-Royce",
        "SEB",
        "SKF",
        "SSAB",
        "Saab",
        "Sainsbury",
        "Sandvik",
        "Scania",
        "Siemens",
        "Sjöfartsverket",
    ),
    *(
        "Skanska",
        "Skatteverket",
        "Spotify",
        "Stora Enso",
        "Swedbank",
        "Sweco",
        "Systembolaget",
        "Tele2",
        "Telenor",
    ),
    *(
        "Telia",
        "Tesco",
        "TfL",
        "Thales",
        "Trafikverket",
        "Unilever",
        "Vattenfall",
        "Vodafone",
        "Volvo",
        "Waitrose",
    ),
]


@pytest.fixture(scope="module")
def specs():
    return {spec["slug"]: spec for spec in circle_specs()}


def jobs() -> list[tuple[str, str, str]]:
    return sorted(Affiliation.objects.values_list("person__email", "employer__name", "title"))


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    """What loading says the first time and the second, who then has which job, and what is run by which format."""
    said = io.StringIO(), io.StringIO()
    with django_db_blocker.unblock(), transaction.atomic():
        for words in said:
            call_command("load_demo", stdout=words)
        planted = jobs()
        formats = sorted(Format.objects.values_list("item__gathering__circle__slug", "key", "recipe"))
        transaction.set_rollback(True)
    return *(words.getvalue() for words in said), planted, formats


def test_loading_says_each_stage_and_a_second_time_does_nothing(loaded, db):
    first, second, _jobs, _formats = loaded
    said = first.splitlines()
    assert len(said) == 25
    assert said[1].startswith("  200 people, ")
    assert second == "· The network is there already; nothing was loaded\n"


def test_a_network_of_ones_own_is_left_alone(makers, capsys):
    call_command("load_demo")
    assert list(Circle.objects.all()) == [makers]


def test_the_same_seed_gives_the_same_people_at_the_same_jobs(loaded, db):
    *_said, planted, _formats = loaded
    load(lambda line: None)
    assert jobs() == planted


def test_the_next_gatherings_are_run_by_formats_in_their_circles_language(loaded):
    *_said, formats = loaded
    assert [(slug, key) for slug, key, _recipe in formats] == [
        ("mellan-norrkoping", "lean-coffee"),
        ("mellan-stockholm", "1-2-4-all"),
    ]
    for _slug, key, recipe in formats:
        assert read(recipe) == shipped(key, "sv")


@pytest.mark.parametrize("language", ["sv", "en"])
def test_nobody_shares_a_surname(language):
    names = InventedNames(language, seed=3)
    surnames = [names.another().split()[-1] for _ in range(150)]
    assert len(set(surnames)) == 150


def names_real(text):
    return [name for name in REAL if re.search(rf"\b{re.escape(name)}s?\b", text)]


def test_the_control_finds_a_real_organisation():
    assert names_real("Head of PMO, Vattenfall Eldistribution") == ["Vattenfall"]


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.toml")), ids=lambda path: path.name)
def test_no_text_names_a_real_organisation(path):
    assert names_real(path.read_text(encoding="utf-8")) == []


def test_every_employer_in_a_sample_is_invented_too():
    assert [names_real(path.read_text(encoding="utf-8")) for path in sorted(SAMPLES.iterdir())] == [
        [],
        [],
        [],
    ]


@pytest.mark.parametrize(
    ("name", "source"),
    [("members.csv", "own"), ("linkedin-connections.csv", "linkedin"), ("meetup-members.tsv", "meetup")],
)
def test_a_sample_is_recognised_and_has_no_faults(name, source):
    sheet = sheets.sheet_of((SAMPLES / name).read_text(encoding="utf-8"))
    assert (sheet.format.source, len(sheet.rows)) == (source, 25)
    assert [row.faults for row in sheet.rows if row.faults] == []


def test_on_every_day_of_the_year_something_is_ahead_and_the_past_is_in_order(specs):
    for day in range(366):
        at = datetime(2027, 1, 1, 9, tzinfo=UTC) + timedelta(days=day)
        for spec in specs.values():
            *past, coming = dates.meeting_days(spec["series"], at, spec["time_zone"])
            assert past == sorted(set(past)), (spec["slug"], at)
            assert len(past) == spec["series"]["past_count"]
            assert past[-1] < at.date() <= coming < at.date() + timedelta(days=70), (spec["slug"], at)


def test_no_past_gathering_was_on_a_holiday(specs):
    at = datetime(2027, 2, 20, 9, tzinfo=UTC)
    for spec in specs.values():
        *past, _coming = dates.meeting_days(spec["series"], at, spec["time_zone"])
        assert [day for day in past if (day.month, day.day) in dates.HOLIDAYS] == []


def test_the_series_goes_on_from_the_gathering_to_come(specs):
    told = specs["low-tide"]["series"]
    at = datetime(2026, 11, 22, 9, tzinfo=UTC)
    weekday, week = dates.rule(told, at, "Europe/London")
    *past, coming = dates.meeting_days(told, at, "Europe/London")
    following = next_date(past[-1], cadence="monthly", weekday=weekday, week_of_month=week)
    assert (following, coming) == (date(2026, 11, 22), date(2026, 11, 22))


def test_nobody_meets_in_july(specs):
    told = specs["mellan-norrkoping"]["series"]
    *past, _coming = dates.meeting_days(told, datetime(2026, 9, 20, tzinfo=UTC), "Europe/Stockholm")
    assert [day.month for day in past if day.year == 2026] == [1, 4, 8]
