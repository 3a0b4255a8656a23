import pytest
from django.core.cache import cache

from peerhood import packs
from peerhood.people import profiles
from peerhood.people.models import Person, Trait
from peerhood.people.seeing import likeness, traits

ALONE = {"team_size": "one"}
FOUND = {"name": "members", "profile.team_size": "members", "profile.sector": "members", "town": "members"}


@pytest.fixture
def crowd(person):
    """Make so many people who say the same: ``crowd(4, visibility=FOUND)``."""
    made = iter(range(1000))

    def make(count, *, profile=ALONE, town="", visibility=None):
        people = [person(f"Peer{next(made)} Persson") for _ in range(count)]
        for peer in people:
            profiles.change(peer, profile=profile, town=town, visibility=visibility or {})
        return people

    return make


@pytest.fixture
def newcomer(dot):
    profiles.change(dot, profile={"team_size": "one", "sector": "public"}, town="Norrköping")
    return dot


def peers(person, language="en"):
    return likeness.peers_of(person, packs.current(), language)


def test_everybody_counts_from_five_on(newcomer, crowd):
    crowd(4)
    assert peers(newcomer).counts == []
    crowd(1)
    assert peers(newcomer).counts == ["You and 5 others run a PMO of one."]


def test_below_five_only_those_count_who_agreed_to_be_seen(newcomer, crowd):
    crowd(2, visibility=FOUND)
    crowd(2)
    assert peers(newcomer).counts == ["You and 2 others run a PMO of one."]


def test_whoever_hides_an_answer_is_still_counted_among_many_and_never_shown(newcomer, crowd):
    crowd(5, visibility={"name": "members", "profile.team_size": "me"})
    assert (len(peers(newcomer).counts), peers(newcomer).people) == (1, [])


def test_a_name_seen_by_fewer_is_not_found_by_an_open_answer(newcomer, crowd):
    crowd(5, visibility={"profile.team_size": "public"})
    assert peers(newcomer).people == []


def test_those_of_the_same_town_are_counted_by_the_same_rule(newcomer, crowd):
    crowd(5, town="norrköping")
    assert peers(newcomer).counts == ["You and 5 others run a PMO of one, 5 of them in Norrköping."]
    for peer in Person.objects.filter(town="norrköping")[:2]:
        profiles.change(peer, town="Örebro")
    assert peers(newcomer).counts == ["You and 5 others run a PMO of one."]


def test_a_town_shown_to_nobody_is_in_no_small_number(newcomer, crowd):
    crowd(2, town="Norrköping", visibility=FOUND | {"town": "me"})
    # So many that the town is what more people share, and the answer is looked up first.
    crowd(9, profile={"sector": "third"}, town="Norrköping")
    crowd(3)
    assert peers(newcomer).counts[0] == "You and 5 others run a PMO of one."
    open_one, _hidden = Person.objects.filter(visibility__town="me")
    profiles.change(open_one, visibility=FOUND)
    assert peers(newcomer).counts[0] == "You and 5 others run a PMO of one, 1 of them in Norrköping."


def test_people_are_shown_with_what_is_shared_the_rarest_first(newcomer, crowd):
    crowd(6, profile={"sector": "public"}, visibility=FOUND)
    (alike,) = crowd(1, profile=ALONE | {"sector": "public"}, town="Norrköping", visibility=FOUND)
    card, why = peers(newcomer).people[0]
    assert (card.name, why) == (
        alike.name,
        "You both run a PMO of one, are in Norrköping and work in the public sector.",
    )
    assert {why for _card, why in peers(newcomer).people[1:]} == {"You both work in the public sector."}


def test_only_what_they_opened_is_said_of_them(newcomer, crowd):
    crowd(
        1,
        profile=ALONE | {"sector": "public"},
        town="Norrköping",
        visibility={"name": "members", "profile.sector": "members"},
    )
    assert [why for _card, why in peers(newcomer).people] == ["You both work in the public sector."]


def test_it_is_said_in_swedish_too(newcomer, crowd, settings):
    from django.utils import translation

    crowd(5, town="Norrköping", visibility=FOUND)
    with translation.override("sv"):
        told = peers(newcomer, "sv")
    assert told.counts == ["Du och 5 andra driver ett PMO på en, 5 av dem i Norrköping."]
    assert told.people[0][1] == "Ni båda driver ett PMO på en och finns i Norrköping."


def test_no_more_than_twelve_are_shown(newcomer, crowd):
    crowd(20, visibility=FOUND)
    assert len(peers(newcomer).people) == likeness.SHOWN


def test_whoever_is_gone_is_neither_counted_nor_shown(newcomer, crowd):
    for peer in crowd(6, visibility=FOUND):
        peer.is_active = False
        profiles.change(peer, town="gone")
    assert (peers(newcomer).counts, peers(newcomer).people) == ([], [])


def test_with_nothing_said_there_is_nobody_alike(dot, crowd):
    crowd(6, visibility=FOUND)
    assert (peers(dot).counts, peers(dot).people) == ([], [])


def test_the_page_takes_the_same_number_of_questions_for_many(
    client, newcomer, crowd, django_assert_max_num_queries
):
    client.force_login(newcomer)
    for count in (6, 20):
        crowd(count, visibility=FOUND, town="Norrköping")
        with django_assert_max_num_queries(15):
            client.get("/people/like-me/")


def test_a_changed_profile_changes_what_is_counted(ada):
    profiles.change(ada, profile={"tools": ["wiki"], "sector": "third"}, town="  ÅMÅL ")
    assert list(ada.traits.order_by("key").values_list("key", "value")) == [
        ("sector", "third"),
        ("town", "åmål"),
    ]
    profiles.change(ada, profile={})
    assert list(ada.traits.values_list("key", flat=True)) == ["town"]


def test_rows_are_written_again_when_the_pack_has_changed(ada, settings):
    profiles.change(ada, profile={"setting": "hospital", "sector": "public"})
    settings.PACK = "nurse_educators"
    traits.write_everybody()
    assert list(Trait.objects.values_list("key", "value")) == [("setting", "hospital")]


def test_a_newcomer_sees_others_right_after_the_three_questions(client, crowd, db):
    crowd(5, visibility=FOUND)
    new = Person.objects.create_user("new@example.org", name="")
    client.force_login(new)
    answers = {"name": "New Nilsson", "profile_team_size": "one", "may_be_found": "on"}
    page = client.post("/welcome/", answers, follow=True)
    assert "You and 5 others run a PMO of one." in page.text
    assert "Peer0 Persson" in page.text
    new.refresh_from_db()
    assert (new.visibility["name"], new.visibility["profile.team_size"]) == ("members", "members")


def test_nobody_is_found_without_having_said_so(client, db, dot):
    new = Person.objects.create_user("new@example.org", name="")
    client.force_login(new)
    client.post("/welcome/", {"name": "New Nilsson", "profile_team_size": "one"})
    new.refresh_from_db()
    assert new.visibility == {}
    profiles.change(dot, profile=ALONE)
    assert peers(dot).people == []


def test_a_very_large_number_is_counted_once_a_minute(newcomer, crowd, monkeypatch):
    monkeypatch.setattr(likeness, "KEPT_FROM", 6)
    crowd(5)
    assert peers(newcomer).counts == ["You and 5 others run a PMO of one."]
    crowd(1)
    assert peers(newcomer).counts == ["You and 5 others run a PMO of one."]
    cache.clear()  # a minute later
    assert peers(newcomer).counts == ["You and 6 others run a PMO of one."]


def test_the_door_says_what_the_page_says_first(newcomer, crowd):
    assert likeness.first_count(newcomer, packs.current(), "en") == ""
    crowd(6, town="Norrköping")
    assert [likeness.first_count(newcomer, packs.current(), "en")] == peers(newcomer).counts[:1]
