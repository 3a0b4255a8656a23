"""Making: a picture anew from what is sent, as a WebP with nothing but pixels in it.

Its size is looked at before it is opened, and its pixels before they are unpacked; no place, time or hidden
part of the file comes along.
"""

import io
import warnings
from dataclasses import dataclass

from django.utils.translation import gettext as _

MOST_BYTES = 12_000_000
# A JPEG is unpacked at a fraction of its size; the others whole, at three or four bytes a pixel.
MOST_PIXELS = {"JPEG": 100_000_000, "PNG": 25_000_000, "WEBP": 25_000_000}
# px. As wide as the text, twice as fine.
WIDEST, TALLEST = 1344, 2000
WHITE = (255, 255, 255)


class UnusablePicture(ValueError):
    """The file makes no picture; the message says why, to whoever sent it."""


@dataclass(frozen=True)
class Made:
    content: bytes
    width: int
    height: int


def made_of(content: bytes) -> Made:
    """
    Raises:
        UnusablePicture: too large, or no JPEG, PNG or WebP that can be read.
    """
    from PIL import Image, ImageOps, UnidentifiedImageError

    if len(content) > MOST_BYTES:
        raise UnusablePicture(_("A picture may be 12 MB at most."))
    try:
        with warnings.catch_warnings():
            # Our own caps are narrower than the library's warning.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            picture = Image.open(io.BytesIO(content), formats=list(MOST_PIXELS))
            if picture.width * picture.height > MOST_PIXELS[str(picture.format)]:
                raise Image.DecompressionBombError
            picture.draft("RGB", (WIDEST, TALLEST))
            upright = ImageOps.exif_transpose(picture)
            upright.thumbnail((WIDEST, TALLEST))
            return _written(upright.convert("RGBA"))
    except Image.DecompressionBombError as error:
        raise UnusablePicture(
            _("This picture has more pixels than we can open. Send a smaller one.")
        ) from error
    except UnidentifiedImageError as error:
        raise UnusablePicture(_("This is no picture we can read. JPEG, PNG and WebP work.")) from error
    except Exception as error:
        # Decoders let out whatever they stumble over in a broken file.
        raise UnusablePicture(_("This picture is damaged. Try to save it again, or send another.")) from error


def _written(picture) -> Made:
    from PIL import Image

    flat = Image.new("RGB", picture.size, WHITE)
    flat.paste(picture, mask=picture.getchannel("A"))
    written = io.BytesIO()
    flat.save(written, "WEBP", quality=80, method=4)
    return Made(written.getvalue(), *flat.size)
