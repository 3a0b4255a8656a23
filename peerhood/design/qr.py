"""QR codes, drawn on the server as inline SVG: dark on white in every theme, or no camera reads them."""

import segno
from django.utils.safestring import SafeString, mark_safe


def drawn(address: str, *, border: int = 2) -> SafeString:
    """``border`` is the quiet around it, in squares; four is what the standard asks for where all else is dark."""
    code = segno.make(address, error="m", micro=False)
    return mark_safe(
        code.svg_inline(omitsize=True, border=border, light="#fff", svgclass="qr", lineclass=None)
    )
