"""How long what is kept: no network address at all, devices with their session, the texts of mails for a month."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils.timezone import localdate, now

from peerhood.notices import sending, tasks
from peerhood.notices.models import Mail
from peerhood.people import devices
from peerhood.people.models import Device
from tests.own_data.test_canary import tables_with

pytestmark = pytest.mark.django_db
ADDRESS = "203.0.113.77"


def test_no_network_address_is_stored(makers, ben):
    browser = Client(REMOTE_ADDR=ADDRESS, headers={"x-forwarded-for": ADDRESS})
    browser.post("/sign-in/", {"address": "ben@example.org"})
    browser.force_login(ben)
    for path in ("/", "/me/", "/me/data/", "/circles/makers/"):
        assert browser.get(path).status_code == 200
    browser.post("/me/data/export/")
    assert tables_with("ben@example.org") != {}  # control: what is stored is found
    assert tables_with(ADDRESS) == {}


def test_texts_of_mails_are_kept_for_thirty_days_and_no_mail_is_written_twice(makers, ada):
    def write():
        return sending.send(ada, "circles/accepted", key="once", circle=makers)

    sent = write()
    Mail.objects.update(state=Mail.State.SENT, created_at=now() - timedelta(days=29, hours=23))
    tasks.forget_old_mails()
    assert Mail.objects.get().text == sent.text != ""
    Mail.objects.update(created_at=now() - timedelta(days=30, minutes=1))
    tasks.forget_old_mails()
    forgotten = Mail.objects.get()
    assert (forgotten.subject, forgotten.text, forgotten.html) == ("", "", "")
    assert write() is None


def test_a_device_that_is_not_used_is_forgotten_within_ninety_days(ben, client):
    assert timedelta(days=90).total_seconds() > settings.SESSION_COOKIE_AGE
    client.force_login(ben)
    Device.objects.update(last_used_on=localdate() - timedelta(days=61))
    Session.objects.update(expire_date=now() - timedelta(days=1))
    devices.forget_old()
    assert (Device.objects.count(), Session.objects.count()) == (0, 0)
