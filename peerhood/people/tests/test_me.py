import pytest

from peerhood import packs

MINE = {
    "name": "Ada Andersson",
    "work": "office of one",
    "ask_me_about": "coffee",
    "town": "Norrköping",
    "language": "en",
    "time_zone": "Europe/Stockholm",
}


@pytest.fixture
def page(client, ada):
    client.force_login(ada)
    return client


def test_what_one_says_about_oneself_can_be_changed(page, ada):
    assert page.post("/me/", MINE | {"name": "Ada A.", "time_zone": "Europe/London"}).url == "/me/"
    ada.refresh_from_db()
    assert (ada.name, ada.work, ada.town, ada.time_zone) == (
        "Ada A.",
        "office of one",
        "Norrköping",
        "Europe/London",
    )


def test_every_question_of_the_pack_can_be_answered_and_unanswered(page, ada):
    first = {field.key: next(iter(field.answers)) for field in packs.current().fields.values()}
    answers = {
        f"profile_{key}": [answer] if packs.current().fields[key].several else answer
        for key, answer in first.items()
    }
    page.post("/me/", MINE | answers)
    ada.refresh_from_db()
    assert {f"profile_{key}": answer for key, answer in ada.profile.items()} == answers
    page.post("/me/", MINE)
    ada.refresh_from_db()
    assert ada.profile == {}


def test_answers_to_another_pack_are_kept(page, ada):
    ada.profile = {"ward": "night"}
    ada.save()
    page.post("/me/", MINE)
    ada.refresh_from_db()
    assert ada.profile == {"ward": "night"}


def test_choosing_a_language_sets_it_for_the_person_and_for_this_device(page, ada, settings):
    page.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    page.post("/me/", MINE | {"language": "sv"})
    ada.refresh_from_db()
    assert (ada.language, page.get("/me/")["Content-Language"]) == ("sv", "sv")


def test_saving_something_else_leaves_the_devices_language_alone(page, settings):
    page.cookies[settings.LANGUAGE_COOKIE_NAME] = "sv"
    page.post("/me/", MINE | {"town": "Örebro"})
    assert page.get("/me/")["Content-Language"] == "sv"


def test_rights_cannot_be_written_along(page, ada):
    more = {
        "is_staff": "on",
        "is_superuser": "on",
        "email": "evil@example.org",
        "profile": '{"x": 1}',
        "welcomed_at": "",
    }
    page.post("/me/", MINE | more)
    ada.refresh_from_db()
    assert (ada.is_staff, ada.is_superuser, ada.email, ada.profile) == (False, False, "ada@example.org", {})
    assert ada.welcomed_at is not None


@pytest.mark.parametrize(
    "wrong", [{"name": ""}, {"time_zone": "Europe/Atlantis"}, {"language": "fi"}, {"town": "x" * 81}]
)
def test_what_is_wrong_is_said_on_the_form_and_nothing_is_written(page, ada, wrong):
    answer = page.post("/me/", MINE | {"work": "changed"} | wrong)
    ada.refresh_from_db()
    assert (answer.status_code, ada.work) == (422, "")


def test_the_page_is_nobody_elses(client, ada, page):
    assert page.get("/me/")["Cache-Control"] == "private, no-store"
    page.logout()
    assert page.get("/me/").url == "/sign-in/?next=/me/"


def test_a_zone_without_a_region_stays_choosable_for_whoever_has_it(page, ada):
    ada.time_zone = "UTC"
    ada.save()
    assert '<option value="UTC" selected>' in page.get("/me/").text


def test_the_page_asks_the_same_number_of_questions_for_any_number_of_jobs(
    page, ada, django_assert_num_queries
):
    from peerhood.people import affiliations

    for count in (3, 30):
        for number in range(count):
            affiliations.add(ada, f"Employer {count}-{number}")
        with django_assert_num_queries(5):  # person, first names, person for the form, addresses, jobs
            page.get("/me/")
