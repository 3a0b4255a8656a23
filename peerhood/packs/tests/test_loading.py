import pytest

from peerhood import packs
from peerhood.packs import loading

SMALL = """
languages = ["en", "sv"]
name = { en = "Bakers", sv = "Bagare" }
themes = [{ en = "Sourdough", sv = "Surdeg" }]
openers = [{ en = "What do you bake?", sv = "Vad bakar du?" }]
[fields.oven]
label = { en = "Oven", sv = "Ugn" }
answers = { stone = { en = "Stone", sv = "Sten" }, steel = { en = "Steel", sv = "Stål" } }
"""


def shipped_packs():
    return sorted(folder.parent.name for folder in loading.FOLDER.glob("*/pack.toml"))


@pytest.mark.parametrize("key", shipped_packs())
def test_every_shipped_pack_speaks_every_shipped_language(key, settings):
    shipped = {code for code, _name in settings.LANGUAGES if code != "eo"}
    assert set(packs.load(key).languages) == shipped


def test_choices_come_in_order_and_in_the_language_asked_for():
    pack = loading.parsed(SMALL, "bakers")
    assert pack.choices("oven", "en") == [("stone", "Stone"), ("steel", "Steel")]
    assert pack.choices("oven", "sv") == [("stone", "Sten"), ("steel", "Stål")]
    assert (pack.label("oven", "sv"), pack.themes("sv"), pack.openers("en")) == (
        "Ugn",
        ["Surdeg"],
        ["What do you bake?"],
    )


def test_a_language_the_pack_lacks_falls_back_on_its_first():
    assert loading.parsed(SMALL, "bakers").label("oven", "fi") == "Oven"


def test_an_answer_the_pack_no_longer_knows_is_empty():
    pack = loading.parsed(SMALL, "bakers")
    assert (
        pack.answer("oven", "stone", "en"),
        pack.answer("oven", "clay", "en"),
        pack.answer("hat", "x", "en"),
    ) == (
        "Stone",
        "",
        "",
    )


@pytest.mark.parametrize(
    ("missing", "place"),
    [
        (', sv = "Bagare"', "its name"),
        (', sv = "Ugn"', "the label of oven"),
        (', sv = "Stål"', "oven.steel"),
        (', sv = "Surdeg"', "theme 1"),
        (', sv = "Vad bakar du?"', "opener 1"),
    ],
)
def test_a_missing_translation_is_an_error_at_load(missing, place):
    with pytest.raises(packs.PackIncomplete) as error:
        loading.parsed(SMALL.replace(missing, ""), "bakers")
    assert str(error.value) == f"The pack bakers does not say {place} in sv."


def test_an_empty_translation_is_a_missing_one():
    with pytest.raises(packs.PackIncomplete):
        loading.parsed(SMALL.replace('"Stål"', '" "'), "bakers")


def test_the_first_two_openers_ask_what_you_do(settings):
    assert packs.load("pmo").openers("en")[:2] == [
        "What kind of PMO do you work in?",
        "What does your job consist of?",
    ]
