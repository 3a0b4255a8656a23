"""Somebody takes along what is kept of them, and then takes it away."""

import io
import json
import re
import uuid
import zipfile

import pytest
from playwright.sync_api import expect

from tests.journeys.test_first_timer import code_mailed_to

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_somebody_takes_their_data_along_and_erases_it(somebody, scripts):
    leaver = somebody("en", width=390, height=844, scripts=scripts)
    page = leaver.page
    word = uuid.uuid4().hex[:8]
    name, address = f"Lea Leaver {word}", f"{word}@example.org"

    leaver.goes_to("/sign-in/")
    page.locator("main input[type=email]").fill(address)
    page.locator("main form button").first.click()
    page.wait_for_url(re.compile("/sign-in/code/"))
    page.locator("input[name=code]").fill(code_mailed_to(somebody, address))
    page.locator("main form button").first.click()
    page.wait_for_url(re.compile("/welcome/"))
    page.locator("[name=name]").fill(name)
    page.locator("main form button").first.click()
    page.wait_for_load_state()

    leaver.goes_to("/me/")
    page.get_by_role("link", name="My data").click()
    leaver.sees("This device")
    page.get_by_role("button", name="Make the file").click()
    # Without scripts the page asks again by itself.
    download = page.get_by_role("link", name="Download")
    expect(download).to_be_visible(timeout=60_000)
    with page.expect_download() as coming:
        download.click()
    with open(coming.value.path(), "rb") as taken:
        file = zipfile.ZipFile(io.BytesIO(taken.read()))
    me = json.loads(file.read("everything.json"))["me"]
    assert (me["name"], me["email"]) == (name, address)

    leaver.goes_to("/me/data/")
    page.get_by_role("link", name="Erase my account").click()
    leaver.sees("What stays")
    page.get_by_label("I know that this cannot be undone.").check()
    page.get_by_role("button", name="Erase everything now").click()
    leaver.sees("Your account is gone")
    leaver.goes_to("/me/")
    assert "/sign-in/" in page.url
