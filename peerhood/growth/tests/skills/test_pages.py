import re
from datetime import timedelta

import pytest

from peerhood.growth.models import Assessment, CircleSkill, SkillOffer
from peerhood.growth.skills import asking, assessing, figures, lists, sharing
from peerhood.packs import skills as packed

IN = "/growth/skills/in/makers/"


def drawing_in(page):
    return re.search(r'<svg viewBox="0 0 320 320".*?</svg>', page.text, re.S).group()


def test_one_says_how_one_sees_oneself_and_reads_it_as_a_drawing_and_as_a_table(as_, ben):
    browser = as_(ben)
    assert "radar-title" not in browser.get("/growth/skills/").text
    page = browser.post("/growth/skills/assess/", {"level-risk": "3", "level-case": "5"}, follow=True)
    assert Assessment.objects.get().levels == {"risk": 3, "case": 5}
    assert 'role="img" aria-labelledby="radar-title radar-about"' in page.text
    assert drawing_in(page).count("<circle ") == 2
    assert re.search(r'<td class="number">12</td><th scope="row">Risk, .*?</th><td>3 · Competent', page.text)
    assert re.search(r'<td class="number">24</td><th scope="row">Business case</th><td>5 · Expert', page.text)
    assert page.text.count("not said") == 25
    assert '<meta name="robots" content="noindex">' in page.text


def test_a_drawings_numbers_are_written_with_a_point_in_swedish_too(as_, ben, profession):
    assessing.assess(ben, profession, {"risk": 3, "case": 5, "change": 2})
    ben.language = "sv"
    ben.save()
    drawing = drawing_in(as_(ben).get("/growth/skills/"))
    numbers = re.findall(r'\b(?:x1|y2|cx|cy|x|y)="([^"]+)"', drawing)
    assert len(numbers) > 100
    assert all(re.fullmatch(r"\d+(\.\d)?", number) for number in numbers)


def test_the_form_begins_with_what_was_said_last(as_, ben, profession):
    assessing.assess(ben, profession, {"risk": 3})
    page = as_(ben).get("/growth/skills/assess/").text
    assert re.findall(r'name="level-(\w+)" value="(\d?)"[^>]*checked', page).count(("risk", "3")) == 1


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"level-risk": ""},
        {"level-risk": "6"},
        {"level-risk": "0"},
        {"level-risk": "3", "level-sawing": "3"},
        {"level-risk": "3", "level-own-1": "3"},
        {"level-risk": "9" * 5_000},
    ],
)
def test_what_cannot_be_is_refused(as_, ben, said):
    assert as_(ben).post("/growth/skills/assess/", {"csrf": "x", **said}).status_code == 422
    assert not Assessment.objects.exists()


def test_history_shows_the_change_and_lets_one_go_after_a_question(as_, ben, profession):
    first = assessing.assess(ben, profession, {"risk": 3})
    first.made_on -= timedelta(days=40)
    first.save()
    assessing.assess(ben, profession, {"risk": 4})
    browser = as_(ben)
    assert (
        "Risk, opportunity and issue management: up from 3 to 4"
        in browser.get("/growth/skills/history/").text
    )
    path = f"/growth/skills/history/{first.pk}/remove/"
    assert "cannot be brought back" in browser.get(path).text
    assert Assessment.objects.count() == 2
    browser.post(path)
    assert Assessment.objects.get().levels == {"risk": 4}


def test_what_one_said_is_ones_own(as_, ada, ben, makers, profession, own_list):
    made = assessing.assess(ben, profession, {"risk": 3})
    browser = as_(ada)
    assert "3 · Competent" not in browser.get("/growth/skills/").text
    assert "skill said" not in browser.get("/growth/skills/history/").text
    for method in (browser.get, browser.post):
        assert method(f"/growth/skills/history/{made.pk}/remove/").status_code == 404
    assert Assessment.objects.exists()


def test_outsiders_find_nothing_of_a_circle(as_, dot, makers, own_list):
    (sawing,) = own_list("Sawing")
    browser = as_(dot)
    for path in (IN, f"{IN}list/", f"{IN}help/", f"{IN}help/{sawing}/", "/growth/skills/of/makers/"):
        assert browser.get(path).status_code == 404
    for path in ("share/", "share-no-more/", "list/", "help/"):
        assert browser.post(IN + path).status_code == 404


def test_a_circle_without_its_own_list_has_no_page_of_it(as_, ben, makers):
    assert as_(ben).get("/growth/skills/of/makers/").status_code == 404
    assert as_(ben).get("/growth/skills/of/makers/assess/").status_code == 404


def test_a_circles_own_list_is_answered_on_a_page_of_its_own(as_, ben, makers, own_list):
    sawing, _gluing, _turning = own_list("Sawing", "Gluing", "Turning")
    browser = as_(ben)
    page = browser.post("/growth/skills/of/makers/assess/", {f"level-{sawing}": "2"}, follow=True)
    assert "radar-title" in page.text
    assert '<th scope="row" lang="en">Sawing</th><td>2 · Practised' in page.text
    assert Assessment.objects.get().circle == makers


def test_organisers_write_the_list_and_members_may_not(as_, ada, ben, makers):
    browser = as_(ada)
    browser.post(f"{IN}list/", {"added": "Sawing\r\n\r\n  Gluing \x85"})
    assert list(lists.of_circle(makers, "en").names.values()) == ["Sawing", "Gluing"]
    line = CircleSkill.objects.get(name="Sawing").pk
    glue = CircleSkill.objects.get(name="Gluing").pk
    browser.post(f"{IN}list/", {f"line-{line}": "Sawing straight", f"line-{glue}": "", "added": ""})
    assert list(lists.of_circle(makers, "en").names.values()) == ["Sawing straight"]
    for method in (as_(ben).get, as_(ben).post):
        assert method(f"{IN}list/", {"added": "Mine"}).status_code == 403
    assert not CircleSkill.objects.filter(name="Mine").exists()


def test_a_line_of_another_circle_is_refused_and_nothing_is_lost(as_, ada, makers, forum):
    lists.change(forum, by=ada, names={}, added=["Theirs"])
    foreign = CircleSkill.objects.get().pk
    answer = as_(ada).post(f"{IN}list/", {f"line-{foreign}": "Mine", "added": "Sawing"})
    assert answer.status_code == 422
    assert ("Sawing" in answer.text, "Theirs" in answer.text) == (True, False)
    assert [skill.name for skill in CircleSkill.objects.all()] == ["Theirs"]


@pytest.mark.parametrize("added", ["x" * 121, "Sawing\x00", "Good\n" + "y" * 121])
def test_a_name_that_is_none_is_refused_beside_its_field(as_, ada, makers, added):
    answer = as_(ada).post(f"{IN}list/", {"added": added})
    assert answer.status_code == 422
    assert "added" in answer.context["form"].errors
    assert not CircleSkill.objects.exists()


def test_sharing_is_one_button_and_back(as_, ben, makers):
    browser = as_(ben)
    assert "Your answers are not counted." in browser.get(IN).text
    assert "Your answers are counted with" in browser.post(f"{IN}share/", follow=True).text
    assert "Your answers are not counted." in browser.post(f"{IN}share-no-more/", follow=True).text
    assert browser.get(f"{IN}share/").status_code == 405


def test_the_circle_reads_counts_from_five_answers_on_and_no_name(as_, ada, makers, eight, says):
    for person, level in zip(eight[:4], (2, 2, 3, 5), strict=True):
        says(person, level)
    figures.reckon_all()
    few = as_(ada).get(IN).text
    assert "There are not enough answers yet" in few
    assert 'class="number"' not in few
    says(eight[4], 5)
    figures.reckon_all()
    page = as_(ada).get(IN).text
    counts = "".join(f'<td class="number">{count}</td>' for count in (0, 2, 1, 0, 2))
    assert counts in page
    assert page.count("too few to show") == 26
    assert "Member" not in re.sub(r"[Mm]embers?\b", "", page)


def test_whoever_organises_reads_no_more_than_a_member(as_, ada, ben, makers, eight, says):
    for person, level in zip(eight, (2, 2, 3, 5, 5), strict=False):
        says(person, level)
    figures.reckon_all()
    tables = [re.search(r"<table>.*?</table>", as_(one).get(IN).text, re.S).group() for one in (ada, ben)]
    assert tables[0] == tables[1]


def test_one_ticks_what_one_can_help_with_and_others_find_it(as_, ada, ben, makers):
    as_(ben).post(f"{IN}help/", {"keys": ["risk", "case"]})
    browser = as_(ada)
    assert f'href="{IN}help/risk/">1 member can help' in browser.get(IN).text
    page = browser.get(f"{IN}help/risk/").text
    assert "Ben Berg" in page
    assert f'href="/connections/coffee/new/{ben.pk}/"' in page
    as_(ben).post(f"{IN}help/", {})
    assert "Ben Berg" not in as_(ada).get(f"{IN}help/risk/").text
    assert f"{IN}help/risk/" not in as_(ada).get(IN).text


def test_what_is_not_on_the_list_cannot_be_ticked_or_looked_up(as_, ada, forum, makers):
    lists.change(forum, by=ada, names={}, added=["Theirs"])
    foreign = CircleSkill.objects.get().key
    for key in (foreign, "sawing", "9" * 5_000):
        assert as_(ada).post(f"{IN}help/", {"keys": ["risk", key]}).status_code == 422
    for key in (foreign, "sawing", "9" * 500):
        assert as_(ada).get(f"{IN}help/{key}/").status_code == 404
    assert not SkillOffer.objects.exists()


def test_pages_ask_the_same_however_many_there_are(
    as_, ben, makers, profession, own_list, person, says, django_assert_num_queries
):
    browser = as_(ben)

    def more(numbers):
        for number in numbers:
            one = person(f"Helper{number}")
            makers.memberships.create(person=one)
            says(one, number % 5 + 1)
            asking.offer(makers, one, profession, ["risk", "case"])
            made = assessing.assess(ben, profession, {"risk": number % 5 + 1})
            made.made_on -= timedelta(days=number + 1)
            made.save()
        sharing.share(makers, ben)
        figures.reckon_all()

    more(range(5))
    pages = {"/growth/skills/": 5, "/growth/skills/history/": 3, IN: 9, f"{IN}help/risk/": 10}
    browser.get(IN)
    for path, count in pages.items():
        with django_assert_num_queries(count):
            browser.get(path)
    more(range(5, 30))
    for path, count in pages.items():
        with django_assert_num_queries(count):
            browser.get(path)
    assert "Page 1 of 2" in browser.get(f"{IN}help/risk/").text


def test_a_profession_without_a_list_says_so(as_, ben, makers, monkeypatch):
    monkeypatch.setattr(packed, "current", lambda: packed.Skills({}))
    browser = as_(ben)
    assert "no list for your profession" in browser.get("/growth/skills/").text
    assert "no list for your profession" in browser.get("/growth/skills/assess/").text
    assert "This circle has no list of skills yet." in browser.get(IN).text
