"""What goes out in front of Django: zipped, safe to keep, and never guessed at."""

import urllib.error
import urllib.request

import pytest

from peerhood.design import fonts

pytestmark = pytest.mark.processes


def fetch(demo, path: str):
    return urllib.request.urlopen(
        urllib.request.Request(demo.url + path, headers={"Accept-Encoding": "gzip"})
    )


def test_a_script_goes_out_zipped_and_is_asked_for_again(demo):
    with fetch(demo, "/static/rooms/live.js") as script:
        assert script.headers["Content-Encoding"] == "gzip"
        assert script.headers["X-Content-Type-Options"] == "nosniff"
        assert script.headers["Cache-Control"] == "max-age=60, public"


def test_a_browser_may_keep_a_font_for_ever(demo):
    with fetch(demo, f"/static/{fonts.path('figtree-latin')}") as font:
        assert "immutable" in font.headers["Cache-Control"]
        assert font.headers["Content-Type"] == "font/woff2"


@pytest.mark.parametrize(
    "path", ["/static/../config/settings.py", "/static/rooms/%2e%2e/%2e%2e/views.py", "/static/nothing.js"]
)
def test_nothing_else_is_served(demo, path):
    with pytest.raises(urllib.error.HTTPError) as refused:
        fetch(demo, path)
    refused.value.close()
    assert refused.value.code == 404


def test_a_page_goes_out_zipped(demo):
    with fetch(demo, "/gatherings/") as page:
        assert page.headers["Content-Encoding"] == "gzip"
        assert len(page.read()) < 6_000
