"""Which language and which clock a page speaks. January is "januari" in Swedish."""

from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext

from peerhood.people.preferences import PreferencesMiddleware

SWEDISH = {"Accept-Language": "sv-SE,sv;q=0.9,en;q=0.5"}


@pytest.fixture
def heard(rf, ada):
    """What a page would say to somebody: its words, its clock, its headers."""

    def ask(person, cookie=None, **headers):
        request = rf.get("/", headers=headers)
        request.user = person
        if cookie:
            request.COOKIES[settings.LANGUAGE_COOKIE_NAME] = cookie
        page = PreferencesMiddleware(
            lambda request: HttpResponse(f"{gettext('January')} {timezone.get_current_timezone_name()}")
        )
        return page(request)

    return ask


@pytest.fixture
def visitor():
    from django.contrib.auth.models import AnonymousUser

    return AnonymousUser()


def test_a_visitor_is_spoken_to_in_the_browsers_language(heard, visitor):
    assert heard(visitor, **SWEDISH).text == "januari Europe/Stockholm"
    assert heard(visitor, **{"Accept-Language": "fi"}).text == "January Europe/Stockholm"


def test_a_visitor_may_choose_another_language(heard, visitor):
    assert heard(visitor, cookie="en", **SWEDISH).text.split()[0] == "January"


def test_a_person_is_spoken_to_in_their_own_language_whatever_the_browser_says(heard, ada):
    assert heard(ada, **SWEDISH).text.split()[0] == "January"
    ada.language = "sv"
    assert heard(ada, **{"Accept-Language": "en"}).text.split()[0] == "januari"


def test_the_devices_choice_wins_over_the_profile_and_changes_nothing_about_it(client, ada):
    client.force_login(ada)
    client.post("/i18n/setlang/", {"language": "sv", "next": "/me/"})
    assert client.get("/me/")["Content-Language"] == "sv"
    ada.refresh_from_db()
    assert ada.language == "en"


@pytest.mark.parametrize("cookie", ["fi", "../etc", "", "sv; x"])
def test_a_cookie_that_names_no_language_of_ours_is_no_choice(heard, ada, cookie):
    assert heard(ada, cookie=cookie).text.split()[0] == "January"


def test_times_are_shown_on_the_persons_clock(heard, ada):
    ada.time_zone = "Europe/London"
    assert heard(ada).text.split()[1] == "Europe/London"


@pytest.mark.parametrize("zone", ["Europe/Atlantis", "", "../../etc/passwd", "Europe/"])
def test_a_zone_that_is_gone_locks_nobody_out(heard, ada, zone):
    ada.time_zone = zone
    assert heard(ada).text.split()[1] == "Europe/Stockholm"


def test_the_answer_says_its_language_and_what_it_hangs_on(heard, visitor):
    answer = heard(visitor, **SWEDISH)
    assert (answer["Content-Language"], answer["Vary"]) == ("sv", "Accept-Language, Cookie")


def test_the_language_ends_with_the_page(heard, ada):
    before, zone = gettext("January"), timezone.get_current_timezone()
    ada.language, ada.time_zone = "sv", "Europe/London"
    heard(ada)
    assert (gettext("January"), timezone.get_current_timezone()) == (before, zone)
    assert zone == ZoneInfo("Europe/Stockholm")
