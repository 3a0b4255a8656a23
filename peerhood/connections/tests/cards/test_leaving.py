"""Leaving yours with a card: both agree, a no and a silence look the same, and every word can be taken back."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.timezone import now

from peerhood.connections import connecting
from peerhood.connections.cards import holding_out, leaving
from peerhood.connections.models import Connection, LeftCard
from peerhood.connections.tests.cards.conftest import ALL, path_of
from peerhood.journal.models import Entry
from peerhood.notices.models import Mail
from peerhood.people import silence
from peerhood.people.own_data import rules
from peerhood.platform.refusals import Refusal

pytestmark = pytest.mark.django_db

MINE = "/connections/card/"


def waiting(owner):
    return [left.leaver for left in leaving.waiting_for(owner)]


def keeps(person):
    return [each.the_other(person) for each in Connection.objects.of(person)]


# Both agree.


def test_nobody_is_kept_before_both_have_said_it(ada, dot, hand_out, scan):
    scan(dot, hand_out(ada))
    assert (waiting(ada), keeps(ada), keeps(dot)) == ([dot], [], [])
    assert not Mail.objects.exists()
    assert not Entry.objects.filter(name__startswith="connection.").exists()
    leaving.keep(LeftCard.objects.get(), ada)
    assert (waiting(ada), keeps(ada), keeps(dot)) == ([], [dot], [ada])
    assert Entry.objects.filter(name="connection.made").count() == 1


def test_each_gets_one_mail_that_names_no_gathering(ada, dot, hand_out, scan):
    scan(dot, hand_out(ada))
    leaving.keep(LeftCard.objects.get(), ada)
    texts = {mail.address: mail.text for mail in Mail.objects.filter(kind="connections/connected")}
    assert set(texts) == {"ada@example.org", "dot@example.org"}
    assert "You both said that you met, Dot Dahl and you." in texts["ada@example.org"]
    assert "ada@example.org" in texts["dot@example.org"]


def test_whoever_was_said_to_have_been_met_before_is_kept_at_once(after_supper, ada, ben, hand_out, scan):
    connecting.say_met(ada, ben, after_supper)
    scan(ben, hand_out(ada))
    assert (keeps(ada), LeftCard.objects.count()) == ([ben], 0)


def test_leaving_it_twice_leaves_it_once(ada, dot, hand_out, scan):
    card = hand_out(ada)
    scan(dot, card, "email")
    scan(dot, card, "town")
    assert LeftCard.objects.get().shows == ["email"]


def test_two_who_scan_each_other_keep_each_other(ada, dot, hand_out, scan):
    scan(dot, hand_out(ada))
    scan(ada, hand_out(dot))
    assert (keeps(ada), LeftCard.objects.count()) == ([dot], 0)


def test_the_owner_sees_what_was_chosen_for_them_and_nothing_else(as_, ada_in_full, dot, hand_out, scan):
    scan(ada_in_full, hand_out(dot), "town")
    page = as_(dot).get(MINE).text
    page = page[page.index("<main") :]
    assert "1 person left you their card: keep them?" in page
    assert "Ada Andersson" in page
    found = (
        "Turns pots",
        "Head of Kilns",
        "Kilnworks",
        "ada@example.org",
        "Örebro",
        "glazes",
        "pots.example",
    )
    assert [words for words in found if words in page] == ["Örebro"]


def test_nobody_leaves_a_card_with_themselves(ada, hand_out, scan):
    with pytest.raises(Refusal):
        scan(ada, hand_out(ada))
    assert not Connection.objects.exists()


def test_another_one_cannot_say_yes_or_no_in_the_owners_place(as_, ada, ben, dot, hand_out, scan):
    scan(dot, hand_out(ada))
    left = LeftCard.objects.get()
    for act in (leaving.keep, leaving.decline):
        with pytest.raises(PermissionDenied):
            act(left, dot)
    for path in ("keep", "decline"):
        assert as_(ben).post(f"{MINE}left/{left.pk}/{path}/").status_code == 404
    assert waiting(ada) == [dot]


# A no, and a silence.


def test_a_no_is_told_to_nobody_and_not_asked_again(as_, ada, dot, hand_out, scan):
    card = hand_out(ada)
    scan(dot, card)
    before = as_(dot).get(f"{path_of(card)}leave/").text
    leaving.decline(LeftCard.objects.get(), ada)
    assert without_token(as_(dot).get(f"{path_of(card)}leave/").text) == without_token(before)
    assert not Mail.objects.exists()
    connecting.take_back(dot, ada)
    scan(dot, card)
    assert waiting(ada) == []
    with pytest.raises(Refusal):
        leaving.keep(LeftCard.objects.get(), ada)


def without_token(page):
    """Form tokens differ from answer to answer."""
    parts = page.split('name="csrfmiddlewaretoken" value="')
    return [parts[0], *(part[64:] for part in parts[1:])]


@pytest.mark.parametrize("kind", ["block", "keep_apart"])
@pytest.mark.parametrize("first", [True, False])
def test_whoever_is_apart_is_not_shown_and_cannot_tell_it_from_no_answer(
    as_, ada, ben, dot, hand_out, kind, first, django_capture_on_commit_callbacks
):
    """``first``: the silence was there before the card was left."""
    card = hand_out(ada)
    path = f"{path_of(card)}leave/"
    as_(ben).post(path, {"shows": ["email"]})  # control: with him there is no silence
    not_silenced = [as_(ben).get(each).text for each in (path_of(card), path)]

    def keep_silent():
        with django_capture_on_commit_callbacks(execute=True):
            getattr(silence, kind)(ada, dot)

    if first:
        keep_silent()
    assert as_(dot).post(path, {"shows": ["email"]}).status_code == 302
    as_(dot).get("/")  # what was said of it is read
    if not first:
        keep_silent()
    assert waiting(ada) == [ben]
    assert "Dot Dahl" not in as_(ada).get(MINE).text
    left = LeftCard.objects.get(leaver=dot)
    assert as_(ada).post(f"{MINE}left/{left.pk}/keep/").status_code == 404
    silenced = [as_(dot).get(each).text for each in (path_of(card), path)]
    for one, other in zip(silenced, not_silenced, strict=True):
        assert main_of(one) == main_of(other)
    assert not Mail.objects.exists()


def main_of(page):
    return without_token(page[page.index("<main") : page.index("</main>")])


def test_whoever_would_rather_not_and_left_theirs_before_is_not_shown_either(ada, dot, hand_out, scan):
    scan(dot, hand_out(ada))
    silence.keep_apart(dot, ada)
    assert waiting(ada) == []
    silence.let_go(dot, ada)
    assert waiting(ada) == [dot]  # control


def test_whoever_blocked_somebody_takes_that_back_first(ada, dot, hand_out, scan):
    silence.block(dot, ada)
    with pytest.raises(Refusal, match="You blocked"):
        scan(dot, hand_out(ada))
    assert not Connection.objects.exists()


# Taking it back.


def test_what_was_left_can_be_taken_back_until_the_other_agrees(as_, ada, dot, hand_out, scan):
    card = hand_out(ada)
    scan(dot, card)
    as_(dot).post(f"{path_of(card)}take-back/")
    assert (waiting(ada), Connection.objects.count(), LeftCard.objects.count()) == ([], 0, 0)
    assert not leaving.has_left(dot, ada)


def test_and_afterwards_it_ends_as_every_connection_does(as_, ada, dot, hand_out, scan):
    scan(dot, hand_out(ada))
    leaving.keep(LeftCard.objects.get(), ada)
    as_(dot).post(f"/connections/{ada.pk}/end/")
    assert (keeps(ada), keeps(dot), waiting(ada)) == ([], [], [])


def test_a_word_said_at_a_table_is_not_told_by_a_card_that_was_taken_back(
    after_supper, ada, ben, hand_out, scan
):
    scan(ben, hand_out(ada))
    connecting.take_back(ben, ada)
    connecting.say_met(ben, ada, after_supper)
    assert waiting(ada) == []


def test_with_a_card_that_is_handed_out_no_longer_nothing_is_left(ada, dot, hand_out, scan):
    for act in (holding_out.renew, holding_out.put_away):
        card = hand_out(ada)
        act(ada, "phone")
        with pytest.raises(leaving.CardGone):
            scan(dot, card)
    assert not Connection.objects.exists()
    scan(dot, hand_out(ada))  # control


def test_what_was_left_stays_when_the_card_is_put_away(ada, dot, hand_out, scan):
    scan(dot, hand_out(ada))
    holding_out.put_away(ada, "phone")
    leaving.keep(LeftCard.objects.get(), ada)
    assert keeps(ada) == [dot]


def test_it_is_left_so_often_in_a_day(ada, dot, person, hand_out, scan, monkeypatch):
    monkeypatch.setattr(leaving, "MOST_A_DAY", 1)
    other = hand_out(person("Eve Ek"))
    scan(dot, hand_out(ada))
    with pytest.raises(Refusal):
        scan(dot, other)
    LeftCard.objects.update(left_at=now() - timedelta(days=2))
    scan(dot, other)
    assert LeftCard.objects.count() == 2


# Where it was.


@pytest.fixture
def under_way(gathering, makers, ada, ben):
    """A gathering that has begun, with Ada and Ben checked in."""
    found = gathering(
        makers, title="Lunch", starts_at=now() - timedelta(hours=1), ends_at=now() + timedelta(hours=1)
    )
    for each in (ada, ben):
        found.rsvps.create(person=each, status="going", checked_in_at=now())
    return found


def test_where_both_are_checked_in_it_is_where_they_met(under_way, ada, ben, hand_out, scan):
    assert scan(ben, hand_out(ada)).met_at == under_way


@pytest.mark.parametrize("changed", ["not checked in", "over", "to come", "cancelled"])
def test_otherwise_nothing_is_said_of_where(under_way, ada, ben, hand_out, scan, changed):
    if changed == "not checked in":
        under_way.rsvps.filter(person=ada).update(checked_in_at=None)
    elif changed == "over":
        type(under_way).objects.update(ends_at=now() - timedelta(minutes=1))
    elif changed == "to come":
        type(under_way).objects.update(starts_at=now() + timedelta(minutes=30))
    else:
        type(under_way).objects.update(state="cancelled")
    assert scan(ben, hand_out(ada)).met_at is None


# Through the browser.


def test_a_visitor_signs_in_and_comes_back_to_the_question(client, ada, hand_out):
    path = path_of(hand_out(ada))
    assert f'href="{path}leave/"' in client.get(path).text
    answer = client.get(f"{path}leave/")
    assert answer.status_code == 302
    assert f"next={path}leave/" in answer["Location"].replace("%2F", "/")


def test_it_is_asked_before_anything_is_said(as_, ada_in_full, dot, hand_out):
    dot.town = "Dalby"
    dot.save()
    hand_out(dot, "town")
    path = f"{path_of(hand_out(ada_in_full))}leave/"
    page = as_(dot).get(path).text
    assert "Ada Andersson gets your name, and what you tick here. Keep each other?" in page
    # What one's own card says is ticked already.
    assert [key for key in ALL if f'value="{key}"' in page] == ["email", "town"]
    ticked = [
        part[:120]
        for part in page.split("<input")[1:]
        if "checked" in part[:160] and 'name="shows"' in part[:160]
    ]
    assert [key for key in ALL if any(f'value="{key}"' in part for part in ticked)] == ["town"]
    assert not Connection.objects.exists()
    answer = as_(dot).post(path, {"shows": ["town"]}, follow=True)
    assert "You left your card with Ada Andersson." in answer.text
    assert LeftCard.objects.get().shows == ["town"]


def test_a_field_that_one_does_not_have_is_refused(as_, ada, dot, hand_out):
    answer = as_(dot).post(f"{path_of(hand_out(ada))}leave/", {"shows": ["town"]})
    assert answer.status_code == 422
    assert not Connection.objects.exists()


def test_the_owner_says_yes_with_a_tap(as_, ada, dot, hand_out, scan):
    scan(dot, hand_out(ada))
    assert "1 person left you their card: keep them?" in as_(ada).get("/connections/").text
    as_(ada).post(f"{MINE}left/{LeftCard.objects.get().pk}/keep/")
    assert "dot@example.org" in as_(ada).get("/connections/").text
    assert "left you their card" not in as_(ada).get("/connections/").text


def test_and_no_with_another_one(as_, ada, dot, hand_out, scan):
    scan(dot, hand_out(ada))
    as_(ada).post(f"{MINE}left/{LeftCard.objects.get().pk}/decline/")
    assert "Dot Dahl" not in as_(ada).get(MINE).text
    assert keeps(ada) == []


def test_the_lists_cost_the_same_whatever_their_length(
    as_, ada, person, hand_out, scan, django_assert_num_queries
):
    card, browser = hand_out(ada), as_(ada)
    for number, found in ((1, 1), (3, 3)):
        while LeftCard.objects.count() < number:
            scan(person(f"Eve{LeftCard.objects.count()} Ek"), card)
        for path, count in ((MINE, 7), ("/connections/", 9)):
            with django_assert_num_queries(count):
                page = browser.get(path).text
            assert page.count("Eve") >= found or path != MINE


def test_a_visitor_costs_three_questions(client, ada_in_full, hand_out, django_assert_num_queries):
    path = path_of(hand_out(ada_in_full, *ALL))
    with django_assert_num_queries(3):
        assert "Kilnworks" in client.get(path).text


# One's own data.


def test_what_was_left_is_in_the_leavers_export_alone(ada, dot, hand_out, scan):
    scan(dot, hand_out(ada))
    [row] = rules.told_in("cards_i_left", dot)
    assert (row["with"], row["says"]) == ("Ada Andersson", ["email"])
    assert rules.told_in("cards_i_left", ada) == []
    [card] = rules.told_in("my_contact_cards", ada)
    assert (card["kind"], card["says"]) == ("phone", [])
    words = str([rules.told_in(table, ada) for table in rules.tables()])
    assert "Dot" not in words
