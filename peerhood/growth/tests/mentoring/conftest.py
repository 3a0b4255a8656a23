"""Ada mentors among the Makers, one at a time; Ben and Chi may ask her."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from peerhood.growth.mentoring import answering, asking, keeping, queries
from peerhood.growth.models import mentoring
from peerhood.growth.models.opportunity import today_in


@pytest.fixture
def offer(makers, ada):
    return asking.offer(makers, by=ada, about="How to say no.", cap=1)


@pytest.fixture
def ask(offer):
    def asked(by, *, days=100, goals=("To say no", "To ask"), of=None):
        of = of or offer
        return asking.ask(
            of, by=by, why="I cannot say no.", goals=goals, ends_on=today_in(of.circle) + timedelta(days=days)
        )

    return asked


@pytest.fixture
def pair(ask, ada, ben):
    return answering.accept(ask(ben), by=ada)


@pytest.fixture
def days_pass(monkeypatch):
    """``days_pass(10)``: so many days later, wherever a circle is."""

    def later(count):
        def day(circle):
            return today_in(circle) + timedelta(days=count)

        for module in (mentoring, queries, asking, answering):
            monkeypatch.setattr(module, "today_in", day)
        monkeypatch.setattr(keeping, "localdate", lambda: localdate() + timedelta(days=count))

    return later
