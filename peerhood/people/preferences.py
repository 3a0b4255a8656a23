"""Language and time zone follow the person, then the browser.

The language switch at the foot of each page writes a cookie, and the cookie wins
over the profile, so that somebody on a borrowed phone can read in their own words.
It is the device's choice and changes nothing about the person: mails keep coming
in the language of the profile. Choosing a language on one's own profile is the
person's choice, and takes the cookie away (``people.views.me.me``).
"""

from collections.abc import Callable
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers

from peerhood.people.models import Person


class PreferencesMiddleware:
    """Speak the person's language and show their time; a visitor's cookie or browser decides otherwise."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        person = request.user
        if person.is_authenticated:
            language, zone = _language_of(person, request), _zone_of(person)
        else:
            language, zone = translation.get_language_from_request(request), ZoneInfo(settings.TIME_ZONE)
        with translation.override(language), timezone.override(zone):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        patch_vary_headers(response, ["Accept-Language", "Cookie"])
        return response


def _language_of(person: Person, request: HttpRequest) -> str:
    # The cookie is only a device's word when it names a language we ship.
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
    return chosen if chosen in dict(settings.LANGUAGES) else person.language


def _zone_of(person: Person) -> ZoneInfo:
    try:
        return ZoneInfo(person.time_zone)
    except (ZoneInfoNotFoundError, ValueError):
        # Zones are renamed now and then; that must not lock anybody out.
        return ZoneInfo(settings.TIME_ZONE)
