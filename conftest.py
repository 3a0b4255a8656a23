"""The cast: Ada, Ben and Chi share the circle Makers; Ada organises; Dot is outside.

The Forum is invitation only: Ada organises it too, Ben belongs, nobody else may know of it.
"""

import os
import shutil
import time
from datetime import timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

STOCKHOLM = "Europe/Stockholm"
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


# First of all, because the workers are dealt their groups in the same hook.
@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Tests that share a server or a network that took long to plant stay on one worker: the demo's on one, other browsers' on another."""
    for item in items:
        if "loaded_demo" in item.fixturenames:
            item.add_marker(pytest.mark.xdist_group("demo"))
        elif item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.xdist_group("browser"))
        elif {"network", "loaded"} & set(item.fixturenames):
            item.add_marker(pytest.mark.xdist_group("network"))


def pytest_terminal_summary(terminalreporter):
    """What could not be had is named in one loud line a reason; in CI it fails the run."""
    skipped = terminalreporter.stats.get("skipped", [])
    for reason in sorted({report.longrepr[2].removeprefix("Skipped: ") for report in skipped}):
        count = sum(reason in report.longrepr[2] for report in skipped)
        terminalreporter.write_line(f"SKIPPED {count} TESTS WITHOUT: {reason}", red=True, bold=True)
    if skipped and os.environ.get("CI") == "true":
        terminalreporter.write_line("In CI nothing may skip.", red=True, bold=True)
        terminalreporter._session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(scope="module")
def browser():
    """A real Chromium, found by bin/test or on the path.

    One for each module: while it runs its event loop lives in this thread, and Django
    answers no other test beside one.
    """
    executable = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if not executable:
        pytest.skip("Chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=CHROMIUM_FLAGS)
        yield browser
        browser.close()


@pytest.fixture(autouse=True, scope="session")
def emptied_row_by_row():
    """After a test that commits; a row in a table is a matter of milliseconds, a new table is not."""
    from django.test import TransactionTestCase

    from tests import emptying

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", emptying.after)
        yield


@pytest.fixture(autouse=True)
def nothing_cached():
    """Limits and kept fragments must not outlive the test that made them."""
    cache.clear()


@pytest.fixture
def minute_stands(monkeypatch):
    """The minute for which a visitor's page is kept does not turn in the middle of the test."""
    from peerhood.platform import kept_pages

    at = time.time()
    monkeypatch.setattr(kept_pages, "time", SimpleNamespace(time=lambda: at))


@pytest.fixture
def client():
    """A browser that was here before today: whoever comes in is not on a new device."""
    from peerhood.people import devices

    class Browser(Client):
        def force_login(self, user, backend=None):
            super().force_login(user, backend)
            devices.note_in(self.session, user, "")

    return Browser()


@pytest.fixture
def as_(client):
    """The browser of one person after the other: ``as_(ben).get(...)``."""

    def sign_in(person):
        client.force_login(person)
        return client

    return sign_in


@pytest.fixture
def person(db):
    """Make a person with a verified address: ``person("Ada")``."""
    from allauth.account.models import EmailAddress

    from peerhood.people.models import Person

    def make(name: str, **fields) -> Person:
        address = fields.pop("email", f"{name.split()[0].lower()}@example.org")
        made = Person.objects.create_user(address, name=name, welcomed_at=timezone.now(), **fields)
        if address:
            EmailAddress.objects.create(user=made, email=address, verified=True, primary=True)
        return made

    return make


@pytest.fixture
def ada(person):
    return person("Ada Andersson")


@pytest.fixture
def ben(person):
    return person("Ben Berg")


@pytest.fixture
def chi(person):
    return person("Chi Chen")


@pytest.fixture
def dot(person):
    return person("Dot Dahl")


@pytest.fixture
def makers(ada, ben, chi):
    from peerhood.circles.models import Circle, Membership

    circle = Circle.objects.create(
        name="Makers",
        slug="makers",
        kind=Circle.Kind.BY_APPLICATION,
        purpose="People who run a project office alone.",
        language="en",
        time_zone=STOCKHOLM,
        town="Norrköping",
    )
    join = circle.memberships.create
    join(person=ada, role=Membership.Role.ORGANISER, is_contact=True)
    join(person=ben)
    join(person=chi)
    return circle


@pytest.fixture
def forum(ada, ben):
    from peerhood.circles.models import Circle, Membership

    circle = Circle.objects.create(
        name="Gryningsforum",
        slug="gryningsforum",
        kind=Circle.Kind.INVITATION_ONLY,
        purpose="Twelve directors at dawn.",
        language="en",
        time_zone=STOCKHOLM,
    )
    circle.memberships.create(person=ada, role=Membership.Role.ORGANISER, is_contact=True)
    circle.memberships.create(person=ben)
    return circle


@pytest.fixture
def gathering():
    """Make a published gathering a week from now: ``gathering(makers, capacity=20)``."""
    from peerhood.gatherings.models import Gathering

    def make(circle, **fields) -> Gathering:
        starts_at = fields.pop("starts_at", None) or (timezone.now() + timedelta(days=7)).astimezone(
            ZoneInfo(STOCKHOLM)
        ).replace(hour=13, minute=0, second=0, microsecond=0)
        fields = {
            "title": "Benefits that survive go-live",
            "state": Gathering.State.PUBLISHED,
            "published_at": timezone.now(),
            "ends_at": starts_at + timedelta(hours=4),
            "time_zone": STOCKHOLM,
            "place_name": "Coffee on us, third floor",
            "capacity": 20,
            "purpose": "So that nobody works on it alone.",
        } | fields
        return Gathering.objects.create(circle=circle, starts_at=starts_at, **fields)

    return make


@pytest.fixture
def afternoons(makers, ada):
    """A series of quarterly afternoons."""
    import datetime

    from peerhood.gatherings.series import scheduling

    return scheduling.schedule(
        makers,
        by=ada,
        template="norrkoping-afternoon",
        cadence="quarterly",
        weekday=3,
        week_of_month=3,
        starts_at_time=datetime.time(13),
        capacity=20,
        place_name="Coffee on us, third floor",
    )


@pytest.fixture
def supper(makers, ada, gathering):
    """One seat, a week from now; Ada hosts."""
    supper = gathering(makers, title="Supper", capacity=1)
    supper.hosts.add(ada)
    return supper
