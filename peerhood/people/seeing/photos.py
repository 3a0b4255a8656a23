"""Photos: somebody's face, made anew from what they send.

What is sent is opened, turned upright, cut to a square and written again, so that no place,
time or hidden part of the file comes along, and nothing but a picture is ever served. Its
size is looked at before it is opened, and its pixels before they are unpacked.
"""

import hashlib
import io
import warnings

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from PIL import Image, ImageOps, UnidentifiedImageError

from peerhood import journal
from peerhood.people.models import Person, Photo
from peerhood.platform import presence

MOST_BYTES = 12_000_000
# A JPEG is unpacked at a fraction of its size; the others whole, at three or four bytes a pixel.
MOST_PIXELS = {"JPEG": 100_000_000, "PNG": 25_000_000, "WEBP": 25_000_000}
SMALL, LARGE = 96, 480  # px a side
TOO_MANY_PIXELS = gettext_lazy("This picture has more pixels than we can open. Send a smaller one.")
WHITE = (255, 255, 255)


class UnusablePhoto(ValueError):
    """The file makes no photo; the message says why, to whoever sent it."""


@transaction.atomic
def put(person: Person, content: bytes) -> None:
    """Show this photo instead of any earlier one.

    Raises:
        UnusablePhoto: too large, or no JPEG, PNG or WebP that can be read; nothing is changed.
    """
    small, large = squares(content)
    presence.hold(person)
    Photo.objects.update_or_create(person=person, defaults={"small": small, "large": large})
    _name(person, hashlib.sha256(large).hexdigest()[:16])


@transaction.atomic
def remove(person: Person) -> None:
    Photo.objects.filter(person=person).delete()
    _name(person, "")


def _name(person: Person, digest: str) -> None:
    person.photo_digest = digest
    person.save(update_fields=["photo_digest"])
    journal.record("profile.changed", person, by=person)


def squares(content: bytes) -> tuple[bytes, bytes]:
    """Make a small and a large square of a picture, as WebP files with nothing but pixels in them.

    Raises:
        UnusablePhoto: as in ``put``.
    """
    if len(content) > MOST_BYTES:
        raise UnusablePhoto(_("A photo may be 12 MB at most."))
    try:
        with warnings.catch_warnings():
            # Our own caps are narrower than the library's warning.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            picture = Image.open(io.BytesIO(content), formats=list(MOST_PIXELS))
            if picture.width * picture.height > MOST_PIXELS[str(picture.format)]:
                raise UnusablePhoto(TOO_MANY_PIXELS)
            picture.draft("RGB", (LARGE * 2, LARGE * 2))
            upright = ImageOps.exif_transpose(picture)
            return _square(upright, SMALL), _square(upright, LARGE)
    except UnusablePhoto:
        raise
    except Image.DecompressionBombError as error:
        raise UnusablePhoto(TOO_MANY_PIXELS) from error
    except UnidentifiedImageError as error:
        raise UnusablePhoto(_("This is no picture we can read. JPEG, PNG and WebP work.")) from error
    except Exception as error:
        # Decoders let out whatever they stumble over in a broken file.
        raise UnusablePhoto(_("This picture is damaged. Try to save it again, or send another.")) from error


def _square(picture: Image.Image, side: int) -> bytes:
    cut = ImageOps.fit(picture.convert("RGBA"), (side, side))
    flat = Image.new("RGB", cut.size, WHITE)
    flat.paste(cut, mask=cut.getchannel("A"))
    written = io.BytesIO()
    flat.save(written, "WEBP", quality=80, method=4)
    return written.getvalue()
