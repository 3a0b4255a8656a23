"""Addresses on the web that a page may link to."""

from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _

_is_address = URLValidator(schemes=["https", "http"])


def is_web_address(value: str) -> None:
    """Refuse what is no http or https address, has a port beyond all ports, or a name before its host.

    What stands before an @ can pass for the host: https://known.example@elsewhere.example.
    """
    try:
        _is_address(value)
        at = urlsplit(value)
        is_plain = at.port != 0 and "@" not in at.netloc
    except (ValidationError, ValueError):
        is_plain = False
    if not is_plain:
        raise ValidationError(_("This is no address on the web. It begins with https://"))
