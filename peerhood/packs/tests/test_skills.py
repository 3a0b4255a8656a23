import pytest

from peerhood.packs import skills
from peerhood.packs.loading import PackIncomplete

SMALL = """
languages = ["en", "sv"]
levels = [
    { en = "One", sv = "Ett" }, { en = "Two", sv = "Två" }, { en = "Three", sv = "Tre" },
    { en = "Four", sv = "Fyra" }, { en = "Five", sv = "Fem" },
]
[skills]
kneading = { en = "Kneading", sv = "Knåda" }
"""


def test_a_level_and_a_skill_are_said_in_the_language_asked_for():
    small = skills.parsed(SMALL, "bakers")
    assert [small.level(number, "sv") for number in skills.LEVELS] == ["Ett", "Två", "Tre", "Fyra", "Fem"]
    assert skills.said(small.names["kneading"], "sv") == "Knåda"
    assert skills.said(small.names["kneading"], "eo") == "Kneading"


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (', sv = "Knåda"', ""),
        (', sv = "Tre"', ""),
        ('{ en = "Five", sv = "Fem" },', ""),
        ("kneading =", "own-1 ="),
    ],
)
def test_what_is_missing_or_not_understood_does_not_load(right, wrong):
    assert right in SMALL
    with pytest.raises(PackIncomplete):
        skills.parsed(SMALL.replace(right, wrong), "bakers")


def test_a_pack_without_the_file_names_no_skills_and_its_levels_are_numbers():
    found = skills.load("nurse_educators")
    assert (dict(found.names), found.level(3, "en")) == ({}, "3")


def test_the_first_pack_names_its_skills_in_their_order():
    found = skills.load("pmo")
    names = [skills.said(words, "en") for words in found.names.values()]
    assert (len(names), names[0], names[11], names[-1]) == (
        27,
        "Ethics, compliance and professionalism",
        "Risk, opportunity and issue management",
        "Benefits management",
    )
    assert len(set(names)) == 27
    assert [found.level(n, "en") for n in skills.LEVELS] == [
        "Aware",
        "Practised",
        "Competent",
        "Proficient",
        "Expert",
    ]
