"""Cards for the tables of a round: what they ask first, and what each asks of its own."""

import re

import pytest

from peerhood import packs
from peerhood.gatherings.models import Rsvp
from peerhood.mixing import grouping, planning

BOTH = {
    "en": ["What kind of PMO do you work in?", "What does your job consist of?"],
    "sv": ["Vad för slags PMO arbetar du i?", "Vad består ditt jobb av?"],
}


@pytest.fixture
def cards_of(client, evening, ada):
    """Each card of a round as its words in order: ``cards_of(1)``."""
    client.force_login(ada)

    def read(number):
        page = client.get(f"/gatherings/{evening.pk}/tables/rounds/{number}/cards/").text
        cards = re.findall(r"<article.*?</article>", page, re.DOTALL)
        return [[word.strip() for word in re.findall(r">([^<>]+)<", card) if word.strip()] for card in cards]

    return read


def questions_on(cards):
    return [[word for word in card if word.endswith("?")] for card in cards]


@pytest.mark.parametrize("language", ["en", "sv"])
def test_every_card_begins_with_the_two_openers_in_their_order(cards_of, plan, makers, language):
    makers.language = language
    makers.save()
    asked = [questions for number in (1, 2, 3) for questions in questions_on(cards_of(number))]
    assert [questions[:2] for questions in asked] == [BOTH[language]] * 9
    deck = packs.current().openers(language)[2:]
    assert all(len(questions) == 3 and questions[2] in deck for questions in asked)


def test_another_pack_asks_its_own_two_first(cards_of, plan, settings):
    settings.PACK = "nurse_educators"
    asked = questions_on(cards_of(1))
    assert [questions[:2] for questions in asked] == [
        ["Whom do you teach, and where?", "What does your week look like?"]
    ] * 3


def test_each_table_and_each_round_has_a_question_of_its_own(cards_of, plan):
    own = [[questions[2] for questions in questions_on(cards_of(number))] for number in (1, 2)]
    assert len({*own[0], *own[1]}) == 6


def test_the_openers_stand_above_the_names_and_below_the_number(cards_of, plan):
    card = cards_of(1)[0]
    assert card.index("Table 1") < card.index(BOTH["en"][0])
    assert card.index(BOTH["en"][1]) < next(place for place, word in enumerate(card) if "Guestson" in word)


def test_groups_of_a_format_are_groups_and_go_by_first_names(cards_of, evening, ada):
    grouping.group(evening, 3, by=ada)
    cards = cards_of(1)
    assert {card[1] for card in cards} == {f"Group {number}" for number in (1, 2, 3, 4)}
    assert [questions[:2] for questions in questions_on(cards)] == [BOTH["en"]] * 4
    assert not any("Guestson" in word for card in cards for word in card)


def test_tables_that_a_format_sets_keep_their_number_as_tables(cards_of, evening, ada):
    grouping.group(evening, 4, by=ada, has_tables=True)
    assert {card[1] for card in cards_of(1)} == {"Table 1", "Table 2", "Table 3"}


@pytest.mark.parametrize("more", [0, 30])
def test_the_cards_cost_the_same_for_few_and_for_many(
    client, evening, ada, person, more, django_assert_max_num_queries
):
    for n in range(more):
        evening.rsvps.create(person=person(f"More{n} Moreson"), status=Rsvp.Status.GOING)
    made = planning.make_plan(evening, by=ada, rounds_count=1, table_size=4)
    tables_count = made.rounds.get().seats.order_by().values("table").distinct().count()
    client.force_login(ada)
    address = f"/gatherings/{evening.pk}/tables/rounds/1/cards/"
    client.get(address)
    with django_assert_max_num_queries(7):
        assert client.get(address).text.count("<article") == tables_count


def test_cards_that_lie_open_name_nobody_in_full_under_a_rule(cards_of, plan, evening):
    assert any("Guestson" in word for card in cards_of(1) for word in card)
    evening.agenda.create(position=1, kind="talk", title="Ours", length_minutes=20, confidentiality="chatham")
    words = [word for card in cards_of(1) for word in card]
    assert "Guest1" in words
    assert not any("Guestson" in word for word in words)
