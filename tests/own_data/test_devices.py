import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from peerhood.people import devices
from peerhood.people.models import Device
from peerhood.rooms import presence, running
from peerhood.rooms.models import Participant

pytestmark = pytest.mark.django_db
PAGE = "/me/data/"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 Version/19.0 Safari/604.1"
)


def signed_in(person, agent=FIREFOX) -> Client:
    browser = Client(headers={"user-agent": agent})
    browser.force_login(person)
    assert browser.get("/me/").status_code == 200
    return browser


def device_of(browser) -> Device:
    return Device.objects.get(session_key=browser.session.session_key)


def test_each_device_is_listed_and_this_one_is_marked(ben):
    laptop, _phone = signed_in(ben), signed_in(ben, IPHONE)
    page = laptop.get(PAGE).text
    assert "Firefox on Linux" in page
    assert "Safari on iPhone" in page
    assert page.count("This device") == 1
    assert page.count("sign-out/") == 1


def test_no_network_address_is_kept(ben):
    browser = Client(headers={"user-agent": FIREFOX}, REMOTE_ADDR="203.0.113.9")
    browser.force_login(ben)
    browser.get("/me/")
    assert "203.0.113.9" not in str(Device.objects.values().get())
    assert "203.0.113.9" not in str(Session.objects.get().get_decoded())


def test_a_device_is_written_down_once_a_day(ben, django_assert_num_queries):
    browser = signed_in(ben)
    with django_assert_num_queries(3):  # the person, first names, and what the page itself asks for
        browser.get("/people/0/photo/x/small.webp")
    assert Device.objects.count() == 1


def test_a_device_signed_out_from_afar_is_out_at_once(ben):
    laptop, phone = signed_in(ben), signed_in(ben, IPHONE)
    laptop.post(f"{PAGE}devices/{device_of(phone).pk}/sign-out/")
    assert phone.get("/me/").status_code == 302
    assert laptop.get("/me/").status_code == 200
    assert Device.objects.count() == 1


def test_all_others_are_signed_out_and_this_one_stays(ben, ada):
    laptop, phone, tablet, hers = (signed_in(ben), signed_in(ben), signed_in(ben), signed_in(ada))
    laptop.post(f"{PAGE}devices/sign-out-others/")
    assert [browser.get("/me/").status_code for browser in (laptop, phone, tablet, hers)] == [
        200,
        302,
        302,
        200,
    ]


def test_somebody_elses_device_is_not_mine_to_sign_out(ben, ada):
    mine, hers = signed_in(ben), signed_in(ada)
    assert mine.post(f"{PAGE}devices/{device_of(hers).pk}/sign-out/").status_code == 404
    assert hers.get("/me/").status_code == 200


def test_a_new_sign_in_gets_a_new_session(ben):
    """No session that somebody else planted becomes mine (fixation)."""
    browser = Client()
    browser.get("/sign-in/")
    session = browser.session
    session["planted"] = True
    session.save()
    planted = session.session_key
    browser.cookies["sessionid"] = planted
    browser.force_login(ben)
    browser.get("/me/")
    assert browser.session.session_key != planted
    assert not Session.objects.filter(pk=planted).exists()
    assert Device.objects.get().session_key == browser.session.session_key


def test_whoever_signs_out_a_device_is_not_themselves_in_a_room_there(
    makers, ada, ben, gathering, django_capture_on_commit_callbacks
):
    room = running.open_room(gathering(makers), by=ada)
    token = presence.enter(room, ben)
    assert presence.recognise(room, token=token).person == ben
    laptop, phone = signed_in(ben), signed_in(ben, IPHONE)
    with django_capture_on_commit_callbacks(execute=True):
        laptop.post(f"{PAGE}devices/{device_of(phone).pk}/sign-out/")
    assert presence.recognise(room, token=token) is None
    assert presence.recognise(room, token="", person=ben) == Participant.objects.get()


def test_devices_whose_session_ended_are_forgotten(ben):
    browser, stays = signed_in(ben), signed_in(ben)
    Session.objects.get(pk=browser.session.session_key).delete()
    devices.forget_old()
    assert [device.session_key for device in Device.objects.all()] == [stays.session.session_key]
