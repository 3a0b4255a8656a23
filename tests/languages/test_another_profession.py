"""The whole site in another profession's words: nothing about offices is in the code."""

import re
from pathlib import Path

import pytest

from peerhood import packs
from peerhood.people import profiles

CODE = Path(packs.__file__).parents[1]
# Invented people are of the first profession: in the demo, on the living page of the design, in tests.
OF_A_PROFESSION = {"demo", "design", "packs", "locale", "tests", "migrations"}


@pytest.fixture
def nurse_educators(settings):
    settings.PACK = "nurse_educators"


def test_a_newcomer_is_asked_the_other_professions_questions(client, nurse_educators, dot):
    dot.welcomed_at = None
    dot.save()
    client.force_login(dot)
    page = client.get("/welcome/").text
    assert "Where you teach" in page
    assert "Kind of office" not in page
    client.post("/welcome/", {"name": "Dot", "profile_setting": "hospital"})
    dot.refresh_from_db()
    assert dot.profile == {"setting": "hospital"}
    assert "Where you teach" in client.get(f"/people/{dot.pk}/").text


def test_others_are_found_in_the_other_professions_words(client, nurse_educators, person, dot):
    for number in range(5):
        profiles.change(person(f"N{number} Nurse"), profile={"colleagues": "none"})
    profiles.change(dot, profile={"colleagues": "none"})
    client.force_login(dot)
    assert "You and 5 others teach nurses with no colleague." in client.get("/people/like-me/").text


def test_a_new_circle_starts_with_the_other_professions_themes(nurse_educators):
    assert "Feedback at the bedside" in packs.current().themes("en")


def test_no_word_of_the_first_profession_stands_in_the_code():
    said = [
        f"{path.relative_to(CODE)}: {line.strip()}"
        for path in CODE.rglob("*")
        if path.suffix in {".py", ".html", ".txt", ".js", ".css"}
        and not set(path.relative_to(CODE).parts) & OF_A_PROFESSION
        for line in path.read_text(encoding="utf-8").splitlines()
        if re.search(r"\b(PMO|POO|project office|portfolio)\b", line, re.IGNORECASE)
    ]
    # The pack that is spoken unless another is chosen is named once, as a setting.
    assert said == ['config/settings.py: PACK = env.str("PACK", "pmo")']
