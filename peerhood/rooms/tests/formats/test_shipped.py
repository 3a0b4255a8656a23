"""The formats we ship: complete in both languages, without a fault, and as long as the domain says."""

import pytest

from peerhood.rooms.formats import shipped
from peerhood.rooms.formats.faults import faults_in
from peerhood.rooms.formats.recipe import Clock, Contribution, Grouping, Visibility

# domain.md, "Formats to ship": how many people, and for each part how often it comes and its steps in
# seconds. 0 times: until the facilitator goes on.
DOMAIN = {
    "house-of-genius-short": ((8, 35), [(1, [180, 300, 60, 120])]),
    "house-of-genius-long": ((12, 20), [(1, [900]), (3, [300, 180, 720, 180, 600, 120]), (1, [1200])]),
    "lean-coffee": ((3, 15), [(1, [300, 30, 180]), (0, [300]), (1, [300])]),
    "1-2-4-all": ((4, None), [(1, [60, 120, 240, 300])]),
    "troika-consulting": ((3, None), [(1, [60]), (3, [120, 120, 300, 120])]),
    "speed-networking-pairs": ((10, 40), [(8, [240, 30])]),
    "speed-networking-tables": ((15, None), [(3, [600])]),
    "impromptu-networking": ((6, None), [(1, [60]), (3, [240]), (1, [180])]),
    "world-cafe": ((12, None), [(1, [600]), (3, [1200]), (1, [1200])]),
    "fishbowl": ((6, 50), [(0, [600])]),
    "action-learning-set": ((4, 8), [(1, [120]), (0, [120, 480, 720, 120, 120])]),
    "lightning-talks": ((2, None), [(0, [300])]),
    "elevator-pitch": ((4, None), [(0, [60, 60])]),
    "career-values": ((4, None), [(1, [300, 360, 600])]),
}


def steps_of(key, part=0):
    return shipped.shipped(key, "en").parts[part].steps


def test_every_file_is_offered_and_every_format_of_the_domain_has_one():
    files = {path.stem for path in shipped.FOLDER.glob("*.toml")}
    assert files == set(shipped.ORDER) == set(DOMAIN)


@pytest.mark.parametrize("key", DOMAIN)
@pytest.mark.parametrize("language", shipped.LANGUAGES)
def test_a_shipped_format_has_no_fault(key, language):
    assert faults_in(shipped.shipped(key, language)) == []


@pytest.mark.parametrize("key", DOMAIN)
def test_people_and_timings_are_those_of_the_domain(key):
    recipe = shipped.shipped(key, "en")
    parts = [(part.times, [step.seconds for step in part.steps]) for part in recipe.parts]
    assert ((recipe.fewest, recipe.most), parts) == DOMAIN[key]


@pytest.mark.parametrize("key", DOMAIN)
def test_both_languages_are_the_same_format_in_other_words(key):
    english, swedish = (shipped.shipped(key, language) for language in ("en", "sv"))
    assert without_words(english.as_data()) == without_words(swedish.as_data())
    for one, other in zip(english.steps(), swedish.steps(), strict=True):
        assert one.says != other.says
        assert one.script != other.script


def without_words(data):
    """A recipe with its texts taken out, told from keys and numbers by where they stand."""
    if isinstance(data, dict):
        return {
            name: without_words(value)
            for name, value in data.items()
            if not (name in shipped.TEXTS and isinstance(value, str)) and name not in {"brings", "cards"}
        }
    return [without_words(each) for each in data] if isinstance(data, list | tuple) else data


@pytest.mark.parametrize("key", DOMAIN)
def test_somebody_may_just_listen_in_every_format(key):
    roles = [role for role in shipped.shipped(key, "sv").roles if role.key == "listener"]
    assert [role.name for role in roles] == ["Lyssnare"]


@pytest.mark.parametrize("key", DOMAIN)
def test_every_step_has_something_to_say_to_whoever_leads_and_to_everybody(key):
    assert all(step.says and step.script for step in shipped.shipped(key, "en").steps())


def test_a_pitch_in_a_lean_coffee_is_half_a_minute_a_topic_and_a_topic_may_be_given_two_then_one():
    topics, pitch, dots = steps_of("lean-coffee")
    (talk,) = steps_of("lean-coffee", part=1)
    assert topics.contribution == Contribution.TOPIC
    assert (pitch.clock, pitch.seconds) == (Clock.PER_TOPIC, 30)
    assert (dots.contribution, dots.each) == (Contribution.DOTS, 3)
    assert (talk.clock, talk.extends, talk.contribution) == (Clock.PER_TOPIC, (120, 60), Contribution.THUMBS)


def test_in_a_house_of_genius_everybody_has_one_card_and_a_minute():
    suggestions = steps_of("house-of-genius-short")[2]
    assert (suggestions.contribution, suggestions.each) == (Contribution.IDEA, 1)
    assert (suggestions.clock, suggestions.seconds) == (Clock.PER_PERSON, 60)


def test_only_the_long_house_of_genius_hides_surnames_and_reveals_them_last():
    hiding = [recipe.key for recipe in shipped.all_in("en") if recipe.first_names_only]
    assert hiding == ["house-of-genius-long"]
    assert [step.title for step in steps_of("house-of-genius-long", part=-1)] == ["The reveal"]


def test_two_pairs_become_one_four():
    groupings = [step.grouping for step in steps_of("1-2-4-all")]
    assert groupings == [Grouping.ALONE, Grouping.PAIRS, Grouping.JOINED, Grouping.ALL]


def test_a_troika_stays_together_over_its_three_turns():
    assert steps_of("troika-consulting")[0].grouping == Grouping.THREES
    assert {step.grouping for step in steps_of("troika-consulting", part=1)} == {Grouping.SAME}


def test_one_host_stays_at_each_table_of_four_in_a_world_cafe():
    (table,) = steps_of("world-cafe", part=1)
    assert (table.grouping, table.group_size, table.hosts_stay) == (Grouping.TABLES, 4, True)


def test_tables_of_five_to_eight_are_warned_at_two_minutes():
    (table,) = steps_of("speed-networking-tables")
    assert table.grouping == Grouping.TABLES
    assert 5 <= table.group_size <= 8
    assert table.warns == 120


def test_there_are_as_many_cards_to_sort_in_both_languages():
    english, swedish = (shipped.shipped("career-values", language).cards for language in ("en", "sv"))
    assert len(set(english)) == len(set(swedish)) == 24


def test_what_somebody_sorts_stays_on_their_phone():
    sort = steps_of("career-values")[0]
    assert (sort.contribution, sort.shows) == (Contribution.VALUES, Visibility.OWN)


SMALL = """
name = {{ en = "Talks", sv = "Föredrag" }}
[[parts]]
times = 2
each = {{ en = "round", sv = "runda" }}
[[parts.steps]]
title = {title}
each = 1
"""


def test_a_text_that_is_missing_in_one_language_does_not_load():
    whole = shipped.parsed("talks", SMALL.format(title='{ en = "A talk", sv = "Ett föredrag" }'))
    assert [each.title for each in whole["sv"].steps()] == ["Ett föredrag"]
    with pytest.raises(shipped.FaultyFormat, match=r"talks\.parts\[1\]\.steps\[1\]\.title is not said in sv"):
        shipped.parsed("talks", SMALL.format(title='{ en = "A talk" }'))
    with pytest.raises(shipped.FaultyFormat, match="title is not said in sv"):
        shipped.parsed("talks", SMALL.format(title='{ en = "A talk", sv = " " }'))
    with pytest.raises(shipped.FaultyFormat, match="title is not said in any language"):
        shipped.parsed("talks", SMALL.format(title='"A talk"'))


def test_a_word_that_nobody_understands_does_not_load():
    title = '{ en = "A talk", sv = "Ett föredrag" }'
    for odd in ("colour = 3", 'clock = "sundial"'):
        with pytest.raises(shipped.FaultyFormat, match=r"talks\.toml is no format"):
            shipped.parsed("talks", f"{SMALL.format(title=title)}{odd}\n")


def test_a_format_that_we_do_not_ship_is_not_found():
    for key in ("tea-dance", "../recipe", ""):
        with pytest.raises(KeyError):
            shipped.shipped(key, "en")
