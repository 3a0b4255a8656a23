import pytest

from peerhood.packs import card_questions


def own(deck_count, tables_count, round_number):
    openers = ["First", "Second", *map(str, range(deck_count))]
    return [
        card_questions.for_table(openers, table, tables_count, round_number)[1]
        for table in range(1, tables_count + 1)
    ]


@pytest.mark.parametrize("deck_count", range(1, 13))
def test_no_two_tables_of_a_round_and_no_two_rounds_of_a_table_share_a_question_while_the_deck_lasts(
    deck_count,
):
    for tables_count in range(1, 16):
        rounds = [own(deck_count, tables_count, number) for number in range(1, deck_count + 1)]
        assert all(len(set(asked)) == min(tables_count, deck_count) for asked in rounds)
        assert all(len(set(of_a_table)) == deck_count for of_a_table in zip(*rounds, strict=True))


def test_two_rounds_in_a_row_share_none_where_the_deck_has_enough_for_both():
    assert not set(own(9, 4, 1)) & set(own(9, 4, 2))
    assert not set(own(8, 3, 1)) & set(own(8, 3, 2))


def test_a_pack_of_two_questions_asks_these_and_no_other():
    assert card_questions.for_table(["First", "Second"], 3, 4, 2) == (["First", "Second"], "")
