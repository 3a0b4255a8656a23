"""Six who may answer, a pot of the test's own, and its door."""

import json
from datetime import timedelta

import pytest
import time_machine
from django.utils.timezone import now

from peerhood.rooms.pot import envelope
from peerhood.rooms.tests.pot.conftest import Outside
from peerhood.stories.models.pulse import LASTS
from peerhood.stories.pulses import answering, asking, telling

PROBLEM = "Nobody reads my reports"


@pytest.fixture
def spool_folder(tmp_path, settings):
    settings.POT_SPOOL = tmp_path / "spool"
    settings.POT_SPOOL.mkdir(mode=0o700)
    return settings.POT_SPOOL


@pytest.fixture
def others(makers, person, ben, chi):
    """Ben, Chi and four more."""
    more = [person(name) for name in ("Eva Ek", "Finn Falk", "Gun Gran", "Hans Holm")]
    for each in more:
        makers.memberships.create(person=each)
    return [ben, chi, *more]


@pytest.fixture
def commit(django_capture_on_commit_callbacks):
    def run(act, *of, **with_):
        with django_capture_on_commit_callbacks(execute=True):
            return act(*of, **with_)

    return run


@pytest.fixture
def pulse(makers, ada, others, spool_folder, commit):
    return commit(asking.ask, makers, PROBLEM, by=ada)


@pytest.fixture
def answer(pulse):
    """Draw as a person, hand in as nobody: ``answer(ben, "yes")``."""

    def give(person, words):
        ticket = answering.draw(pulse, person)
        said = Outside()("POST", f"/pot/{pulse.key}/", envelope.padded(ticket, words))
        return said.status

    return give


@pytest.fixture
def week_over(commit):
    """What the worker does when the week is over."""

    def come_by(after=LASTS + timedelta(minutes=1)):
        with time_machine.travel(now() + after):
            commit(telling.tell_all_due)

    return come_by


def told(response):
    return json.loads(response.content)
