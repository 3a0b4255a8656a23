"""Text that stays on its line, and addresses on the web."""

import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _

MOST_LINKS = 5
# They turn the writing around, so that a name could rewrite the words beside it.
BIDI_CONTROLS = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])


class OneLine(forms.CharField):
    """Text that stays on its line: breaks and other control characters become spaces."""

    def to_python(self, value: Any) -> str:
        text = str(super().to_python(value) or "").translate(BIDI_CONTROLS)
        return " ".join("".join(" " if unicodedata.category(c) == "Cc" else c for c in text).split())


class LinksField(forms.CharField):
    """Addresses on the web, one on each line: a list of at most five."""

    widget = forms.Textarea

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.widget.attrs |= {"rows": 3, "spellcheck": "false", "autocapitalize": "none", "inputmode": "url"}
        self.is_address = URLValidator(schemes=["https", "http"])

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[str]:  # type: ignore[override]
        lines = [line.strip() for line in (super().to_python(value) or "").splitlines() if line.strip()]
        # People write example.org and mean https://example.org.
        return [line if "://" in line else f"https://{line}" for line in lines]

    def validate(self, value: Any) -> None:
        super().validate(value)
        if len(value) > MOST_LINKS:
            raise ValidationError(_("Five links at most."))
        for url in value:
            try:
                self.is_address(url)
            except ValidationError as error:
                raise ValidationError(_("“%(line)s” is no address on the web.") % {"line": url}) from error
