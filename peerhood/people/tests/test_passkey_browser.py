"""The whole ceremony in a real browser, with a key made of air (CDP's virtual authenticator)."""

import pytest
from allauth.mfa.models import Authenticator
from django.db import connections

pytest.importorskip("playwright")
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True, scope="module")
def queries_beside_the_browser(browser):
    """The browser keeps an event loop in this thread; the tests' own queries are sync all the same."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        yield
        # Inside the event loop Django keeps connections of its own; left open, they outlive the test database.
        connections.close_all()


@pytest.fixture
def page(browser):
    context = browser.new_context()
    yield context.new_page()
    context.close()


@pytest.fixture
def key(page):
    """A key that knows its owner and finds them verified."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    made = devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return lambda answers: devtools.send(
        "WebAuthn.setUserVerified",
        {"authenticatorId": made["authenticatorId"], "isUserVerified": answers},
    )


def sign_in_by_code(page, live_server, latest_code, address):
    page.goto(f"{live_server.url}/sign-in/")
    page.get_by_label("Your e-mail address").fill(address)
    page.get_by_role("button", name="Send me a code").click()
    page.get_by_label("Code", exact=True).fill(latest_code(address).lower())
    page.get_by_role("button", name="Come in").click()


def test_a_passkey_is_made_and_opens_the_door(page, key, live_server, ada, latest_code):
    sign_in_by_code(page, live_server, latest_code, "ada@example.org")
    page.goto(f"{live_server.url}/me/passkeys/")
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_label("A name for it").fill("My phone")
    page.get_by_role("button", name="Make the passkey").click()
    expect(page.get_by_text("The passkey was added.")).to_be_visible()
    expect(page.get_by_role("link", name="Remove My phone")).to_be_visible()

    page.goto(f"{live_server.url}/sign-out/")
    page.locator("main").get_by_role("button", name="Sign out").click()
    page.goto(f"{live_server.url}/sign-in/?next=/me/passkeys/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("heading", name="Your passkeys")).to_be_visible()
    assert Authenticator.objects.get().last_used_at is not None


def test_a_key_that_does_not_open_says_so_and_the_code_still_does(page, key, live_server, ada):
    page.goto(f"{live_server.url}/sign-in/")
    key(False)
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("alert")).to_have_text(
        "No passkey was used. Try again, or have a code sent to you."
    )
    expect(page.get_by_role("button", name="Send me a code")).to_be_enabled()


def test_where_there_can_be_no_passkeys_none_are_offered(page, live_server, db):
    page.goto(live_server.url.replace("localhost", "127.0.0.1") + "/sign-in/")
    expect(page.get_by_role("button", name="Send me a code")).to_be_visible()
    expect(page.get_by_role("button", name="Sign in with a passkey")).to_be_hidden()


def test_nothing_in_the_console_complains(page, live_server, db):
    complaints = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(f"{live_server.url}/sign-in/", wait_until="networkidle")
    assert complaints == []
