"""Pictures in a story: made anew, described, credited, and shown exactly where the story may be read."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from markdown_it import MarkdownIt
from PIL import Image

from peerhood.design import markdown
from peerhood.gatherings.confidentiality import TABLE, Surface
from peerhood.platform.refusals import Refusal
from peerhood.stories import publishing
from peerhood.stories.models import Story
from peerhood.stories.pictures import adding, making, showing

pytestmark = pytest.mark.django_db
EDIT, PICTURE = "/stories/what-we-ate/edit/", "/stories/what-we-ate/pictures/1/"


def jpeg(width=40, height=20, **said):
    written = io.BytesIO()
    Image.new("RGB", (width, height), "red").save(written, "JPEG", **said)
    return written.getvalue()


def typed(**more):
    file = SimpleUploadedFile("soup.jpg", more.pop("content", jpeg()))
    return {
        "title": "Mine",
        "teaser": "",
        "text": "Typed, not saved.",
        "topics": "Soup, Bread",
        "version": "0",
        "add_picture": "1",
        "picture-picture": file,
        "picture-alt": "A bowl",
        "picture-credit": "Photo: Ada, CC BY 4.0",
    } | more


def test_a_picture_is_made_anew_and_nothing_else_of_the_file_comes_along():
    exif = Image.Exif()
    exif[0x010E] = "Where Ada lives"
    made = making.made_of(jpeg(3000, 1500, exif=exif.tobytes()))
    opened = Image.open(io.BytesIO(made.content))
    assert (opened.format, opened.size, dict(opened.getexif())) == ("WEBP", (1344, 672), {})
    assert b"Where Ada lives" not in made.content


@pytest.mark.parametrize("content", [b"", b"<svg onload='x'/>", jpeg()[:200], b"0" * (making.MOST_BYTES + 1)])
def test_what_is_no_picture_is_refused(content):
    with pytest.raises(making.UnusablePicture):
        making.made_of(content)


def test_too_many_pixels_are_refused_before_they_are_unpacked():
    written = io.BytesIO()
    Image.new("1", (6000, 6000)).save(written, "PNG")
    with pytest.raises(making.UnusablePicture, match="more pixels"):
        making.made_of(written.getvalue())


def test_adding_one_loses_nothing_that_was_typed_and_saves_nothing_else(as_, ada, draft):
    page = as_(ada).post(EDIT, typed()).text
    assert "Typed, not saved.\n\n![](picture:1)\n</textarea>" in page
    assert ('value="Mine"' in page, 'value="Soup, Bread"' in page) == (True, True)
    draft.refresh_from_db()
    assert (draft.title, draft.pictures.get().alt) == ("What we ate", "A bowl")


@pytest.mark.parametrize("missing", ["picture-alt", "picture-credit"])
def test_words_for_it_and_whose_it_is_are_asked_for(as_, ada, draft, missing):
    response = as_(ada).post(EDIT, typed(**{missing: ""}))
    assert (response.status_code, "Typed, not saved.</textarea>" in response.text) == (422, True)
    assert not draft.pictures.exists()


def test_a_file_that_is_no_picture_is_said_to_be_none(as_, ada, draft):
    response = as_(ada).post(EDIT, typed(content=b"GIF89a"))
    assert (response.status_code, "no picture we can read" in response.text) == (422, True)


@pytest.fixture
def pictured(draft, ada):
    adding.add(draft, by=ada, content=jpeg(), alt='A "bowl" <b>', credit="Ada & co")
    story = Story.objects.get()
    return publishing.edit(story, by=ada, version=0, text="Look:\n\n![](picture:1)\n\nGood.")


def test_it_stands_in_the_text_with_its_words_and_its_credit(client, pictured, ada):
    publishing.publish(pictured, by=ada)
    page = client.get("/stories/what-we-ate/").text
    assert f'src="{PICTURE}" alt="A &quot;bowl&quot; &lt;b&gt;" width="40" height="20"' in page
    assert "<figcaption>Ada &amp; co</figcaption>" in page
    shown = client.get(PICTURE)
    assert (shown["Content-Type"], shown["X-Content-Type-Options"]) == ("image/webp", "nosniff")


@pytest.mark.parametrize(
    "text",
    [
        "![x](https://evil.example/pixel.png)",
        "![x](picture:2)",
        "![x](//evil.example/a)",
        "Words ![x](picture:1)",
        '<img src="/stories/what-we-ate/pictures/1/">',
    ],
)
def test_no_other_picture_is_shown(pictured, text):
    assert "<img" not in showing.text_of(pictured, text)


def test_control_its_own_is(pictured):
    assert "<img" in showing.text_of(pictured, "![x](picture:1)")


def test_the_second_lock_holds_alone(monkeypatch, pictured):
    monkeypatch.setattr(markdown, "_reader", lambda: MarkdownIt("commonmark", {"html": True}))
    text = f'<img src="https://evil.example/p"> <img src="{PICTURE}" onload="x">'
    shown = showing.text_of(pictured, text)
    assert (PICTURE in shown, "evil" in shown, "onload" in shown) == (True, False, False)


def test_it_is_seen_exactly_when_the_story_is(client, as_, pictured, ada, ben, dot):
    assert [as_(person).get(PICTURE).status_code for person in (ada, ben, dot)] == [200, 404, 404]
    publishing.publish(pictured, by=ada)
    client.logout()
    assert client.get(PICTURE).status_code == 200
    publishing.edit(pictured, by=ada, version=1, is_members_only=True)
    assert (client.get(PICTURE).status_code, as_(ben).get(PICTURE).status_code) == (404, 200)


@pytest.mark.parametrize("level", [level for level in TABLE if level != "confidential"])
@pytest.mark.parametrize("is_turned", [False, True])
def test_photos_are_shown_where_the_table_says(client, pictured, ada, monkeypatch, level, is_turned):
    publishing.publish(pictured, by=ada)
    pictured.gathering.agenda.create(
        position=8, kind="talk", title="Talk", length_minutes=5, confidentiality=level
    )
    allowed = (level == "open") != is_turned
    monkeypatch.setitem(TABLE[level].cells, Surface.PHOTOS, allowed)
    page = client.get("/stories/what-we-ate/").text
    assert (client.get(PICTURE).status_code == 200, "<figure" in page) == (allowed, allowed)
    if not allowed:
        with pytest.raises(Refusal):
            adding.add(pictured, by=ada, content=jpeg(), alt="x", credit="y")


def test_a_number_is_never_given_again(as_, pictured, ada):
    as_(ada).post(EDIT, {"text": "x", "version": "1", "remove_picture": "1"})
    assert not pictured.pictures.exists()
    assert adding.add(pictured, by=ada, content=jpeg(), alt="x", credit="y").number == 2


def test_who_may_not_change_the_text_adds_none(as_, ben, ada, pictured):
    publishing.publish(pictured, by=ada)
    assert as_(ben).post(EDIT, typed()).status_code == 403


def test_the_preview_shows_what_is_typed_with_its_pictures_and_keeps_nothing(as_, ada, ben, pictured):
    path = "/stories/preview/"
    typed_words = {"title": "<b>T", "text": "So **much**\n\n![](picture:1)"}
    page = as_(ada).post(f"{path}?story=what-we-ate", typed_words).text
    assert ("<strong>much</strong>" in page, "<figure" in page, "&lt;b&gt;T" in page) == (True, True, True)
    assert as_(ben).post(f"{path}?story=what-we-ate", typed_words).status_code == 404
    assert "<figure" not in as_(ben).post(path, typed_words).text
    assert "hx-post=" in as_(ada).get(EDIT).text
