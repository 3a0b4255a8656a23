"""One stylesheet: small, kept for ever under its own address, and dressed in tokens only."""

import gzip
import re

import pytest

from peerhood.design import fonts, stylesheet

BUDGET = 14 * 1024
COLOUR = re.compile(r"#[0-9a-f]{3,8}\b|rgb\(|hsl\(", re.IGNORECASE)


def test_all_css_of_all_steps_fits_in_the_budget():
    assert len(stylesheet.current().zipped) <= BUDGET


def test_the_layers_come_first():
    order = b"@layer reset,tokens,base,components,steps,utilities;"
    assert stylesheet.current().text[: len(order)] == order


def test_the_fonts_are_at_the_addresses_that_they_are_cut_to():
    found = re.findall(r'url\("([^"]+)"\)', stylesheet.current().text.decode())
    assert found == [f"/static/{fonts.path(name)}" for name in fonts.FACES]


def test_squeezing_changes_no_brace():
    whole = "".join(file.read_text() for file in stylesheet.files())
    squeezed = stylesheet.current().text.decode()
    bare = re.sub(r"/\*.*?\*/", "", whole, flags=re.DOTALL)
    assert [squeezed.count(sign) for sign in "{}"] == [bare.count(sign) for sign in "{}"]


def test_a_step_dresses_in_tokens_only():
    colourful = {
        file.name: COLOUR.findall(file.read_text())
        for file in stylesheet.files()
        if file.parent != stylesheet.FOLDER and COLOUR.search(file.read_text())
    }
    assert colourful == {}


def test_its_own_address_is_kept_for_ever(client):
    response = client.get(f"/style/{stylesheet.current().digest}.css")
    assert response["Content-Type"] == "text/css; charset=utf-8"
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response["Vary"] == "Accept-Encoding"
    assert response.content == stylesheet.current().text


@pytest.mark.django_db
def test_it_is_the_same_file_for_those_who_have_signed_in(client, ada):
    client.force_login(ada)
    response = client.get(f"/style/{stylesheet.current().digest}.css")
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response["Vary"] == "Accept-Encoding"


def test_the_address_of_an_older_page_is_answered_for_a_minute(client):
    response = client.get("/style/older.css")
    assert response["Cache-Control"] == "public, max-age=60"
    assert response.content == stylesheet.current().text


def test_it_comes_zipped_to_those_who_take_it(client):
    response = client.get("/style/current.css", headers={"Accept-Encoding": "gzip, deflate, br"})
    assert response["Content-Encoding"] == "gzip"
    assert gzip.decompress(response.content) == stylesheet.current().text


def test_it_comes_plain_to_those_who_refuse_gzip(client):
    response = client.get("/style/current.css", headers={"Accept-Encoding": "br, gzip;q=0"})
    assert response.has_header("Content-Encoding") is False


def test_nobody_posts_to_it(client):
    assert client.post("/style/current.css").status_code == 405
