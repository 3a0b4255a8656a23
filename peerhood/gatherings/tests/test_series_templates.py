import pytest
from django.conf import settings

from peerhood.gatherings import agenda, series_templates
from peerhood.gatherings.series_templates import FaultyTemplate

SHIPPED = [
    "career-hour",
    "executive-breakfast",
    "flashmob-evening",
    "mini-masterclass",
    "norrkoping-afternoon",
]
SMALL = """
length = 60
cadence = "monthly"
starts_at = 18:00:00
capacity = 10
mode = "in-person"
name = { en = "Small", sv = "Liten" }
about = { en = "Small.", sv = "Liten." }
[[agenda]]
kind = "story"
minutes = 60
title = { en = "A story", sv = "En berättelse" }
"""


def test_five_templates_are_shipped():
    assert list(series_templates.every()) == SHIPPED


@pytest.mark.parametrize("key", SHIPPED)
def test_a_template_speaks_every_language_we_ship(key):
    spoken = {code for code, _name in settings.LANGUAGES if code != "eo"}  # the pseudo-language of tests
    template = series_templates.get(key)
    for texts in (template.names, template.abouts, *(line.titles for line in template.lines)):
        assert set(texts) == spoken


@pytest.mark.parametrize("key", SHIPPED)
def test_a_shipped_template_gives_nothing_to_warn_about(key):
    template = series_templates.get(key)
    lines = [agenda.Line(line.kind, "x", line.minutes) for line in template.lines]
    assert list(agenda.warnings_about(lines, template.starts_at)) == []


def test_the_lengths_are_those_of_the_domain():
    minutes = {
        key: [line.minutes for line in template.lines] for key, template in series_templates.every().items()
    }
    assert minutes["norrkoping-afternoon"] == [20, 70, 40, 50, 25, 15]
    assert sum(minutes["executive-breakfast"]) == 90
    assert sum(minutes["career-hour"]) == 60


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (', sv = "En berättelse"', ""),
        ('sv = "En berättelse"', 'sv = " "'),
        ("minutes = 60", "minutes = 50"),
        ('kind = "story"', 'kind = "speech"'),
        ('cadence = "monthly"', 'cadence = "weekly"'),
    ],
)
def test_a_template_that_does_not_add_up_is_refused(right, wrong):
    assert series_templates.read("small", SMALL).length == 60
    with pytest.raises(FaultyTemplate):
        series_templates.read("small", SMALL.replace(right, wrong))


def test_an_unknown_template_is_no_file_elsewhere():
    with pytest.raises(KeyError):
        series_templates.get("../series_templates/career-hour")
