"""Devices: where somebody is signed in, and signing out from afar.

A device is written down when it is first used and once a day afterwards, with what its browser
calls itself and no network address. Signing one out ends its session at once.
"""

import re
from collections.abc import Callable
from importlib import import_module

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.timezone import localdate, now

from peerhood import journal
from peerhood.people.models import Device, Person
from peerhood.platform import presence

# The session remembers under which key and on which day it was last written down.
NOTED = "device"
# The first that matches: many browsers also name others.
BROWSERS = {
    "Edg": "Edge",
    "OPR|Opera": "Opera",
    "SamsungBrowser": "Samsung Internet",
    "Firefox|FxiOS": "Firefox",
    "Chrom|CriOS": "Chrome",
    "Safari": "Safari",
}
SYSTEMS = {
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Android": "Android",
    "Windows": "Windows",
    "Mac OS": "Mac",
    "CrOS": "ChromeOS",
    "Linux": "Linux",
}


class DevicesMiddleware:
    """Write the device of a signed-in request down, once a day."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        note(request)
        return self.get_response(request)


def note(request: HttpRequest) -> None:
    """Keep when this device was last used, to the day; nothing of a visitor's."""
    noted = [request.session.session_key, localdate().isoformat()]
    person = request.user
    if isinstance(person, Person) and noted[0] and request.session.get(NOTED) != noted:
        note_in(request.session, person, request.headers.get("User-Agent", ""))


@transaction.atomic
def note_in(session: SessionBase, person: Person, user_agent: str) -> None:
    """Write a device down under its session, which remembers it; whoever was erased this moment has none."""
    if not presence.is_here(person):
        return
    browser, system = named(user_agent)
    known = {"person": person, "browser": browser, "system": system, "last_used_on": localdate()}
    Device.objects.update_or_create(session_key=session.session_key, defaults=known)
    session[NOTED] = [session.session_key, localdate().isoformat()]
    session.save()


def devices_of(person: Person) -> QuerySet[Device]:
    """Where somebody is signed in now, the latest used first."""
    alive = Session.objects.filter(pk=OuterRef("session_key"), expire_date__gt=now())
    return Device.objects.filter(Exists(alive), person=person)


@transaction.atomic
def sign_out(device: Device) -> None:
    """End a device's session, now. What is open there is turned away at its next question."""
    person = device.person
    _end([device])
    journal.record("person.signed_out", person, by=person)


@transaction.atomic
def sign_out_others(person: Person, session_key: str) -> int:
    """End every session but this one; how many there were."""
    others = list(Device.objects.filter(person=person).exclude(session_key=session_key))
    _end(others)
    if others:
        journal.record("person.signed_out", person, by=person)
    return len(others)


@transaction.atomic
def sign_out_everywhere(person: Person) -> None:
    _end(list(Device.objects.filter(person=person)))


@transaction.atomic
def forget_old() -> None:
    """Forget devices whose session has ended, and sessions that have run out."""
    Session.objects.filter(expire_date__lt=now()).delete()
    alive = Session.objects.filter(pk=OuterRef("session_key"))
    Device.objects.filter(~Exists(alive)).delete()


def named(user_agent: str) -> tuple[str, str]:
    """Browser and system in a word each; empty when they are none we know.

    >>> named("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0")
    ('Edge', 'Windows')
    >>> named("curl/8")
    ('', '')
    """
    browser = next((word for pattern, word in BROWSERS.items() if re.search(pattern, user_agent)), "")
    system = next((word for pattern, word in SYSTEMS.items() if re.search(pattern, user_agent)), "")
    return browser, system


def _end(devices: list[Device]) -> None:
    store = import_module(settings.SESSION_ENGINE).SessionStore
    for device in devices:
        # The row and what the cache has of it.
        store(device.session_key).delete()
    Device.objects.filter(pk__in=[device.pk for device in devices]).delete()


def forget_here(response: HttpResponse) -> HttpResponse:
    """Have this browser forget what it kept for whoever signs out: the list at a door, and what was not sent from it."""
    response["Clear-Site-Data"] = '"storage"'
    return response
