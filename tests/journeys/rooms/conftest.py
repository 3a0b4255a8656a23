"""Evenings in a room: the site with its worker, one desk, four phones, and a face that all of them have."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from peerhood.rooms.pot import place
from peerhood.rooms.tests.server import Server
from tests.browsing import LOCALES
from tests.journeys.rooms.devices import Desk, Phone
from tests.journeys.rooms.faces import Face
from tests.pages.accessible import faults_as_it_stands

PATIENCE = 90_000
PHONE = {"width": 390, "height": 844}
PROJECTOR = {"width": 1280, "height": 720}
MEMORY = Path("/dev/shm")
SIZES = """[document.documentElement, { scrollWidth: innerWidth, scrollHeight: innerHeight }]
  .map(of => ({ width: of.scrollWidth, height: of.scrollHeight }))"""
# A folder that a picture of every page looked at is put into, for human eyes: PICTURES=... pytest tests/journeys/rooms
PICTURES = os.environ.get("PICTURES")


@pytest.fixture(scope="session")
def site():
    """With a worker beside it, as an operator runs it, and the pot where an operator has it: in memory."""
    with (
        tempfile.TemporaryDirectory() as home,
        tempfile.TemporaryDirectory(dir=MEMORY if place.is_in_memory(MEMORY) else None) as memory,
    ):
        site = Server(Path(home), POT_SPOOL=str(Path(memory, "pot")), JITSI_HOST="meet.example.org")
        site.start()
        worker = subprocess.Popen([sys.executable, "-m", "peerhood", "work"], env=site.environment)
        yield site
        worker.terminate()
        worker.wait(30)
        site.stop()


@pytest.fixture(params=[Face("en", "light"), Face("sv", "dark")], ids=["english-light", "swedish-dark"])
def face(request):
    return request.param


@pytest.fixture
def somebody(browser, site, face):
    """A browser of somebody who is signed in: ``somebody(session)``."""
    contexts = []

    def come(session):
        context = browser.new_context(
            viewport=PHONE,
            base_url=site.url,
            locale=LOCALES[face.language],
            color_scheme=face.scheme,
            reduced_motion="reduce",
        )
        context.set_default_timeout(PATIENCE)
        cookies = {"sessionid": session, "language": face.language}
        context.add_cookies(
            [{"name": name, "value": value, "url": site.url} for name, value in cookies.items()]
        )
        contexts.append(context)
        return context.new_page()

    yield come
    for context in contexts:
        context.close()


@pytest.fixture
def evening(site, face):
    """Begin one: ``evening(title=…, agenda=[…], guests=[…])``; see ``evenings.begin``."""

    def begin(*, level="chatham", mode="in-person", **what):
        return site.stage(
            "begin an evening",
            {"language": face.language, "level": level, "mode": mode, "host": "Ada Lindqvist", **what},
        )

    return begin


@pytest.fixture
def desk_of(somebody, face):
    return lambda evening: Desk(somebody(evening["host"]), face)


@pytest.fixture
def phones_of(somebody, face):
    return lambda evening: [Phone(somebody(session), face) for session in evening["guests"][:4]]


@pytest.fixture
def look(face, request):
    """Look at pages as they stand: nothing beyond the edge, nothing in another language; closely, and axe looks as well."""
    seen = []

    def at(*pages, closely=False):
        for page in pages:
            seen.append(page)
            if PICTURES:
                name = f"{request.path.stem}-{face.language}-{len(seen):02}.png"
                page.screenshot(path=Path(PICTURES, name), full_page=True)
            size, sight = page.evaluate(SIZES)
            assert size["width"] <= sight["width"], (page.url, size, sight)
            # Nobody scrolls a projector.
            assert not page.url.endswith("/screen/") or size["height"] <= sight["height"], (page.url, size)
            assert face.foreign_words_on(page) == [], page.url
            assert not closely or faults_as_it_stands(page) == [], page.url

    return at
