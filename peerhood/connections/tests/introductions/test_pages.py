"""Introductions through the browser's door: each side of them, what the asker cannot read, and what pages cost."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.utils.timezone import now

from peerhood.connections import connecting
from peerhood.connections.introductions import answering, asking, passing
from peerhood.connections.models import Introduction
from peerhood.connections.tests.introductions.conftest import REASON
from peerhood.people import silence

pytestmark = pytest.mark.django_db
PLACE = "/connections/introductions/"
# What is drawn anew for each answer.
DRAWN = re.compile(
    r'(csrfmiddlewaretoken" value="|nonce="|X-CSRFToken&quot;: &quot;|"x-csrftoken": ")[^"&]*', re.I
)


def without_lots(text):
    return DRAWN.sub(r"\1", text)


def test_from_the_wish_to_the_letter_without_a_script(circle, ada, ben, chi, as_):
    assert f"{PLACE}new/{chi.pk}/" in as_(ada).get(f"{PLACE}people/?q=chi").text
    as_(ada).post(f"{PLACE}new/{chi.pk}/", {"go_between": ben.pk, "reason": REASON})
    wish = Introduction.objects.get()
    assert (wish.wanted, wish.go_between, wish.reason) == (chi, ben, REASON)
    page = as_(ben).get(f"{PLACE}{wish.pk}/").text
    assert "Ada Andersson asks you for an introduction" in page
    assert "To Chi Chen." in page
    as_(ben).post(f"{PLACE}{wish.pk}/pass-on/", {"passed_to": chi.pk, "line": "Same beans."})
    page = as_(chi).get(f"{PLACE}{wish.pk}/").text
    for said in (
        "Ada Andersson would like to meet you",
        REASON,
        "Same beans.",
        "Ben Berg passed it on to you.",
    ):
        assert said in page
    assert "ada@example.org" not in page
    page = as_(chi).post(f"{PLACE}{wish.pk}/yes/", follow=True).text
    assert "ada@example.org" in page
    assert "mailto:ada@example.org?subject=Ada%20Andersson%20and%20Chi%20Chen" in page
    assert "mailto:ada@example.org,chi@example.org?" in as_(ben).get(f"{PLACE}{wish.pk}/").text
    assert "mailto:chi@example.org?" in as_(ada).get(f"{PLACE}{wish.pk}/").text


def test_in_free_words_the_one_who_is_asked_chooses(free_wish, ben, chi, as_):
    page = as_(ben).get(f"{PLACE}{free_wish.pk}/").text
    assert "To somebody who: has moved to the cloud" in page
    assert f'<option value="{chi.pk}">Chi Chen</option>' in page
    as_(ben).post(f"{PLACE}{free_wish.pk}/pass-on/", {"passed_to": chi.pk})
    free_wish.refresh_from_db()
    assert free_wish.target == chi


def test_leaving_declining_and_taking_back_have_a_door_each(circle, ada, ben, chi, as_):
    left, declined, taken_back = [
        asking.ask(ada, ben, wish=f"knows thing {number}", reason=REASON) for number in range(3)
    ]
    assert "You left it" in as_(ben).post(f"{PLACE}{left.pk}/leave/", follow=True).text
    passing.pass_on(declined, ben, chi)
    assert "Nobody is told" in as_(chi).post(f"{PLACE}{declined.pk}/no/", follow=True).text
    assert "taken back" in as_(ada).post(f"{PLACE}{taken_back.pk}/withdraw/", follow=True).text
    states = Introduction.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == ["left", "declined", "withdrawn"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"reason": ""},
        {"reason": "x" * 401},
        {"reason": "a\0b"},
        {"wish": ""},
        {"wish": "x" * 201},
        {"go_between": ""},
        {"go_between": "nobody"},
        {"go_between": "9" * 40},
        {"go_between": "-1"},
    ],
)
def test_what_cannot_be_is_said_beside_the_field_and_nothing_typed_is_lost(circle, ada, ben, as_, wrong):
    said = {"go_between": ben.pk, "wish": "counts beans", "reason": REASON} | wrong
    response = as_(ada).post(f"{PLACE}new/", said)
    assert response.status_code == 422
    kept = "counts beans" if "wish" not in wrong else REASON
    assert kept in response.text
    assert not Introduction.objects.exists()


def test_whom_one_does_not_keep_or_may_not_see_is_refused_in_a_form(circle, ada, ben, chi, dot, as_):
    assert (
        as_(ada).post(f"{PLACE}new/", {"go_between": dot.pk, "wish": "x", "reason": "x"}).status_code == 422
    )
    assert as_(ada).post(f"{PLACE}new/{dot.pk}/", {"go_between": ben.pk, "reason": "x"}).status_code == 404
    wish = asking.ask(ada, ben, wish="counts beans", reason=REASON)
    response = as_(ben).post(f"{PLACE}{wish.pk}/pass-on/", {"passed_to": dot.pk, "line": "Kept words."})
    assert response.status_code == 422
    assert "Kept words." in response.text
    wish.refresh_from_db()
    assert wish.state == "open"


def test_each_of_the_three_has_the_doors_of_their_own_side_alone(wish, ada, ben, chi, dot, as_):
    assert as_(chi).get(f"{PLACE}{wish.pk}/").status_code == 404  # it has not reached her
    passing.pass_on(wish, ben, chi)
    assert as_(dot).get(f"{PLACE}{wish.pk}/").status_code == 404
    for person, doors in (
        (ada, ["leave", "yes", "no"]),
        (ben, ["withdraw", "yes"]),
        (chi, ["withdraw", "leave"]),
    ):
        for door in doors:
            assert as_(person).post(f"{PLACE}{wish.pk}/{door}/").status_code == 403
    for person in (ada, chi):
        assert as_(person).post(f"{PLACE}{wish.pk}/pass-on/", {"passed_to": chi.pk}).status_code == 404


def what_the_asker_reads(ada, as_, chi):
    browser = as_(ada)
    paths = (PLACE, f"{PLACE}{Introduction.objects.get().pk}/", f"{PLACE}new/", f"{PLACE}new/{chi.pk}/", f"{PLACE}people/", "/connections/", "/people/like-me/", f"/people/{chi.pk}/", "/")  # fmt: skip
    return [without_lots(browser.get(path).text) for path in paths]


HAPPENINGS = [
    "left",
    "passed",
    "declined",
    "silent target",
    "silent go-between",
    "silenced after it was passed",
]


@pytest.mark.parametrize("is_named", [True, False], ids=["by name", "in free words"])
@pytest.mark.parametrize("happening", HAPPENINGS)
def test_the_asker_reads_the_same_to_the_byte_whatever_happened(
    happening, is_named, circle, ada, ben, chi, as_, django_capture_on_commit_callbacks
):
    with time_machine.travel(now(), tick=False) as clock, django_capture_on_commit_callbacks(execute=True):
        wish = asking.ask(
            ada, ben, reason=REASON, **({"wanted": chi} if is_named else {"wish": "counts beans"})
        )
        clock.shift(timedelta(days=1))
        before = what_the_asker_reads(ada, as_, chi)
        if happening == "silent target":
            silence.keep_apart(chi, ada)
        if happening == "silent go-between":
            silence.keep_apart(ben, ada)
        if happening == "left":
            passing.leave(wish, ben)
        elif happening != "silent go-between":
            passing.pass_on(wish, ben, chi)
        if happening == "declined":
            answering.decline(wish, chi)
    with time_machine.travel(wish.made_at + timedelta(days=1), tick=False) as clock:
        if happening == "silenced after it was passed":
            with django_capture_on_commit_callbacks(execute=True):
                silence.keep_apart(chi, ada)
        assert what_the_asker_reads(ada, as_, chi) == before
        clock.shift(timedelta(days=30))
        answering.lapse_all_due()
        lapsed = what_the_asker_reads(ada, as_, chi)
    assert "It led nowhere this time." in lapsed[1]
    assert lapsed != before  # control: what is said is seen


@pytest.mark.parametrize("blocking", ["target", "go-between"])
def test_a_block_is_not_read_from_a_wish_either(
    blocking, wish, ada, ben, chi, as_, django_capture_on_commit_callbacks
):
    """What else a block does is seen elsewhere, as ever."""
    with time_machine.travel(wish.made_at, tick=False):
        passing.pass_on(wish, ben, chi)
        browser = as_(ada)
        paths = (PLACE, f"{PLACE}{wish.pk}/")
        before = [without_lots(browser.get(path).text) for path in paths]
        with django_capture_on_commit_callbacks(execute=True):
            silence.block(chi if blocking == "target" else ben, ada)
        assert [without_lots(browser.get(path).text) for path in paths] == before
        assert "Chi Chen" in before[0]


def test_from_the_page_of_one_of_ones_people_they_are_chosen_already(circle, ada, ben, as_):
    door = f"{PLACE}new/?through={ben.pk}"
    assert door in as_(ada).get(f"/connections/{ben.pk}/").text
    assert f'<option value="{ben.pk}" selected>' in as_(ada).get(door).text
    assert as_(ada).get(f"{PLACE}new/?through=a%00b").status_code == 200


def test_control_a_yes_is_read(wish, ada, ben, chi, as_):
    before = what_the_asker_reads(ada, as_, chi)
    answering.accept(passing.pass_on(wish, ben, chi), chi)
    assert "Introduced" in as_(ada).get(PLACE).text
    assert "Introduced" not in before[0]


def test_lapsed_is_lapsed_to_the_byte(circle, ada, ben, chi, as_):
    """Also after the worker came by, and what is suggested then."""
    pages = []
    for happening in ("nothing", "declined"):
        with time_machine.travel("2027-02-01T12:00Z", tick=False) as clock:
            Introduction.objects.all().delete()
            ada.put_away.all().delete()
            wish = asking.ask(ada, ben, wanted=chi, reason=REASON)
            if happening == "declined":
                answering.decline(passing.pass_on(wish, ben, chi), chi)
            clock.shift(timedelta(days=31))
            answering.lapse_all_due()
            text = as_(ada).get(f"{PLACE}{wish.pk}/").text + as_(ada).get("/me/not-for-me/").text
            pages.append(without_lots(text).replace(f"/{wish.pk}/", "/"))
    assert pages[0] == pages[1]


def test_whoever_passed_it_on_reads_the_same_whether_it_was_held_back(circle, ada, ben, chi, as_):
    pages = []
    for is_silent in (False, True):
        with time_machine.travel("2027-02-01T12:00Z", tick=False):
            Introduction.objects.all().delete()
            if is_silent:
                silence.keep_apart(chi, ada)
            wish = asking.ask(ada, ben, wanted=chi, reason=REASON)
            shown = as_(ben).get(f"{PLACE}{wish.pk}/").text
            answer = as_(ben).post(f"{PLACE}{wish.pk}/pass-on/", {"passed_to": chi.pk}, follow=True).text
            text = shown + answer + as_(ben).get(f"{PLACE}{wish.pk}/").text
            pages.append(without_lots(text).replace(f"/{wish.pk}/", "/"))
    assert pages[0] == pages[1]
    assert "You passed it on to Chi Chen." in pages[0]


def test_whom_it_names_is_not_named_to_somebody_who_may_not_read_it(circle, ada, chi, dot, keep, as_):
    keep(ada, dot)
    wish = asking.ask(ada, dot, wanted=chi, reason=REASON)
    page = as_(dot).get(f"{PLACE}{wish.pk}/").text
    assert "Chi" not in page
    assert "To somebody of their circles, who is not among your people." in page
    assert "pass-on" not in page


def test_addresses_stand_on_the_page_as_long_as_they_keep_each_other(wish, ada, ben, chi, as_):
    answering.accept(passing.pass_on(wish, ben, chi), chi)
    for person in (ada, ben, chi):
        assert "mailto:" in as_(person).get(f"{PLACE}{wish.pk}/").text  # control
    connecting.take_back(ben, chi)
    assert "chi@example.org" not in as_(ben).get(f"{PLACE}{wish.pk}/").text
    assert "chi@example.org" in as_(ada).get(f"{PLACE}{wish.pk}/").text
    connecting.take_back(chi, ada)
    assert "chi@example.org" not in as_(ada).get(f"{PLACE}{wish.pk}/").text
    silence.block(chi, ada)
    assert as_(ada).get(f"{PLACE}{wish.pk}/").status_code == 404


def test_whoever_keeps_nobody_reads_how_somebody_is_kept(makers, ada, as_):
    page = as_(ada).get(f"{PLACE}new/").text
    assert "Those you keep can introduce you." in page
    assert "Here stand your wishes" in as_(ada).get(PLACE).text


def test_what_waits_for_an_answer_comes_first(circle, ada, ben, chi, keep, as_):
    keep(ada, chi)
    mine = asking.ask(ben, chi, wish="counts peas", reason=REASON)
    asked = asking.ask(ada, ben, wish="counts beans", reason=REASON)
    Introduction.objects.filter(pk=asked.pk).update(made_at=now() - timedelta(days=9))
    page = as_(ben).get(PLACE).text
    assert page.index(f"{PLACE}{asked.pk}/") < page.index(f"{PLACE}{mine.pk}/")


# Who asks, and what is asked of each page: the same for two as for six.
QUERIES = {PLACE: 4, f"{PLACE}people/": 5, f"{PLACE}new/": 5}


@pytest.mark.parametrize("path", QUERIES)
def test_a_list_costs_the_same_whatever_its_length(
    circle, ada, ben, person, keep, as_, django_assert_num_queries, path
):
    browser = as_(ada)
    for number in range(3):
        eve, fay = person(f"Eve{number} Ek"), person(f"Fay{number} Fors")
        circle.memberships.create(person=eve)
        circle.memberships.create(person=fay)
        keep(eve, ada)
        keep(eve, ben)
        asking.ask(eve, ada, wish=f"knows {number}", reason=REASON)
        keep(fay, eve)
        passing.pass_on(asking.ask(fay, eve, wish="x", reason="y"), eve, ada)
        if number != 1:
            with django_assert_num_queries(QUERIES[path]):
                page = browser.get(path).text
            assert f"Eve{number}" in page or f"Fay{number}" in page
