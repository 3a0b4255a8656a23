"""Dates in words, as people of each language write them."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.template import Context, Template
from django.utils import timezone, translation

from peerhood.design.moments import span

AFTERNOON = datetime(2027, 1, 21, 12, tzinfo=UTC)  # 13:00 in Stockholm
AFTERNOON_ENDS = AFTERNOON + timedelta(hours=4)


@pytest.fixture(autouse=True)
def _in_stockholm():
    with timezone.override("Europe/Stockholm"):
        yield


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "Thursday 21 January, 13:00–17:00"), ("sv", "torsdag 21 januari, 13:00–17:00")],
)
@time_machine.travel("2027-01-05 08:00Z")
def test_the_same_day_is_said_once(language, said):
    with translation.override(language):
        assert span(AFTERNOON, AFTERNOON_ENDS) == said


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "Thursday 21 January 2027, 13:00–17:00"), ("sv", "torsdag 21 januari 2027, 13:00–17:00")],
)
@time_machine.travel("2026-11-22 08:00Z")
def test_another_year_is_said(language, said):
    with translation.override(language):
        assert span(AFTERNOON, AFTERNOON_ENDS) == said


@time_machine.travel("2026-12-31 23:30Z")
def test_the_year_is_the_one_of_the_active_time_zone():
    assert span(AFTERNOON) == "Thursday 21 January, 13:00"


@time_machine.travel("2027-01-05 08:00Z")
def test_two_days_are_both_said():
    assert (
        span(AFTERNOON, AFTERNOON + timedelta(days=1))
        == "Thursday 21 January, 13:00 – Friday 22 January, 13:00"
    )


@time_machine.travel("2027-01-05 08:00Z")
def test_the_tag_speaks_in_the_active_time_zone():
    template = Template("{% load design %}{% when starts ends %}")
    with timezone.override("America/New_York"):
        said = template.render(Context({"starts": AFTERNOON, "ends": AFTERNOON_ENDS}))
    assert said == "Thursday 21 January, 07:00–11:00"


def test_the_leaf_shows_the_day_of_the_active_time_zone():
    late = datetime(2027, 1, 21, 23, 30, tzinfo=UTC)  # past midnight in Stockholm
    leaf = '<span class="leaf" aria-hidden="true"><span>{}</span><span>22</span></span>'
    template = Template("{% load design %}{% date_leaf late %}")
    assert template.render(Context({"late": late})) == leaf.format("Fri")
    with translation.override("sv"):
        assert template.render(Context({"late": late})) == leaf.format("fre")
