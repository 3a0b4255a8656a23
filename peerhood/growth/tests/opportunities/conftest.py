"""A job that Ben tells the Makers of, for nine more days."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from peerhood.growth.models import opportunity
from peerhood.growth.models.opportunity import today_in
from peerhood.growth.opportunities import forms, posting, queries


@pytest.fixture
def tell(makers):
    def post(by, *, days=9, circle=makers, **said):
        said = {"kind": "job", "title": "A desk by the river", "text": "", "place": "", "link": ""} | said
        return posting.post(circle, by=by, last_day=today_in(circle) + timedelta(days=days), **said)

    return post


@pytest.fixture
def desk(tell, ben):
    return tell(ben)


@pytest.fixture
def days_pass(monkeypatch):
    """``days_pass(10)``: so many days later, wherever a circle is."""

    def later(count):
        def day(circle):
            return today_in(circle) + timedelta(days=count)

        for module in (opportunity, posting, queries, forms):
            monkeypatch.setattr(module, "today_in", day)
        monkeypatch.setattr(posting, "localdate", lambda: localdate() + timedelta(days=count))

    return later
