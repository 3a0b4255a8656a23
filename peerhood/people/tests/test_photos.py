import io
import struct
import zlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from PIL.PngImagePlugin import PngImageFile

from peerhood.people import silence
from peerhood.people.models import Photo
from peerhood.people.seeing import photos

CANARY = b"Rosenhill 7, where Ada lives"


def picture(format="JPEG", size=(640, 400), colour=(200, 40, 40), **saved):
    written = io.BytesIO()
    Image.new("RGB", size, colour).save(written, format, **saved)
    return written.getvalue()


def with_a_place(format="JPEG"):
    exif = Image.Exif()
    exif[0x010E] = CANARY.decode()
    exif[0x8825] = {1: "N", 2: (58.0, 35.0, 0.0)}
    return picture(format, exif=exif)


def sized(width, height):
    """A PNG that says it is this large, in a few bytes."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", header), (b"IDAT", zlib.compress(b"")), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )


def opened(content):
    return Image.open(io.BytesIO(bytes(content)))


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP"])
def test_what_is_shown_is_written_anew_and_holds_nothing_but_pixels(ada, format):
    sent = with_a_place(format)
    assert CANARY in sent  # the control: it was in there
    photos.put(ada, sent)
    photo = Photo.objects.get(person=ada)
    for content, side in ((photo.small, 96), (photo.large, 480)):
        made = opened(content)
        assert (made.format, made.size) == ("WEBP", (side, side))
        assert CANARY not in bytes(content)
        assert not made.getexif()
        assert not {"exif", "xmp", "icc_profile"} & set(made.info)


def test_a_photo_taken_sideways_stands_upright(ada):
    exif = Image.Exif()
    exif[0x0112] = 6  # turn a quarter to the right
    left_half = Image.new("RGB", (480, 480), (0, 0, 255))
    left_half.paste((255, 0, 0), (0, 0, 240, 480))
    written = io.BytesIO()
    left_half.save(written, "JPEG", exif=exif, quality=95)
    _small, large = photos.squares(written.getvalue())
    above = opened(large).getpixel((240, 60))
    assert above[0] > 200
    assert above[2] < 60


def test_what_is_seen_through_becomes_white():
    written = io.BytesIO()
    Image.new("RGBA", (100, 100), (0, 0, 0, 0)).save(written, "PNG")
    small, _large = photos.squares(written.getvalue())
    assert min(opened(small).getpixel((48, 48))) > 250


def test_pixels_are_counted_before_they_are_unpacked(monkeypatch):
    unpacked = []
    monkeypatch.setattr(PngImageFile, "load", lambda *_args: unpacked.append(1))
    for side in (40_000, 6_000):
        with pytest.raises(photos.UnusablePhoto, match="more pixels"):
            photos.squares(sized(side, side))
    assert unpacked == []
    # The control: without the cap it would be unpacked.
    monkeypatch.setitem(photos.MOST_PIXELS, "PNG", 10**12)
    with pytest.raises(photos.UnusablePhoto, match="damaged"):
        photos.squares(sized(6_000, 6_000))
    assert unpacked


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        (b"", "no picture"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "no picture"),
        (b"GIF89a" + b"\x00" * 40, "no picture"),
        (picture()[:300], "damaged"),
        (sized(30, 30), "damaged"),
        (b"x" * (photos.MOST_BYTES + 1), "12 MB"),
    ],
)
def test_what_is_no_photo_is_said_and_changes_nothing(ada, sent, said):
    photos.put(ada, picture())
    before = ada.photo_digest
    with pytest.raises(photos.UnusablePhoto, match=said):
        photos.put(ada, sent)
    ada.refresh_from_db()
    assert ada.photo_digest == before


def test_a_photo_is_put_changed_and_removed_on_ones_own_page(client, ada):
    client.force_login(ada)
    assert client.post("/me/photo/", {"photo": SimpleUploadedFile("me.jpg", picture())}).url == "/me/#photo"
    ada.refresh_from_db()
    first = ada.photo_digest
    shown = client.get(f"/people/{ada.pk}/photo/{first}/small.webp")
    assert (shown["Content-Type"], opened(shown.content).size) == ("image/webp", (96, 96))
    assert shown["Cache-Control"] == "private, max-age=3600"
    client.post("/me/photo/", {"photo": SimpleUploadedFile("me.jpg", picture(colour=(0, 0, 200)))})
    ada.refresh_from_db()
    assert ada.photo_digest != first
    assert client.get(f"/people/{ada.pk}/photo/{first}/small.webp").status_code == 404
    client.post("/me/photo/remove/")
    ada.refresh_from_db()
    assert (ada.photo_digest, Photo.objects.count()) == ("", 0)


def test_what_is_wrong_with_a_photo_is_said_on_the_page(client, ada):
    client.force_login(ada)
    answer = client.post("/me/photo/", {"photo": SimpleUploadedFile("me.jpg", b"no")})
    assert (answer.status_code, "no picture we can read" in answer.text) == (422, True)
    assert client.post("/me/photo/", {}).status_code == 422


def test_a_photo_is_shown_to_whoever_may_see_it(client, makers, ada, ben, dot):
    photos.put(ada, picture())
    address = f"/people/{ada.pk}/photo/{ada.photo_digest}/large.webp"

    def answers():
        seen = []
        for viewer in (ben, dot, None):
            client.logout()
            if viewer:
                client.force_login(viewer)
            seen.append(client.get(address).status_code)
        return seen

    assert answers() == [200, 404, 404]
    ada.visibility = {"name": "public", "photo": "members"}
    ada.save()
    assert answers() == [200, 200, 404]
    ada.visibility = {"name": "public", "photo": "me"}
    ada.save()
    assert answers() == [404, 404, 404]


def test_a_block_leaves_no_hole_in_a_list(client, makers, ada, ben):
    photos.put(ada, picture())
    silence.block(ada, ben)
    client.force_login(ben)
    assert client.get(f"/people/{ada.pk}/photo/{ada.photo_digest}/small.webp").status_code == 200
    assert client.get(f"/people/{ada.pk}/").status_code == 404


def test_lists_show_the_photo_in_place_of_letters(client, makers, ada, ben):
    photos.put(ada, picture())
    client.force_login(ben)
    page = client.get("/circles/makers/").text
    assert f'src="/people/{ada.pk}/photo/{ada.photo_digest}/small.webp"' in page
    ada.visibility = {"photo": "me"}
    ada.save()
    assert "small.webp" not in client.get("/circles/makers/").text
