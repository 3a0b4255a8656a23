"""A member list to read in, and the yes to its preview."""

from django import forms
from django.utils.translation import gettext_lazy as _

from peerhood.circles.importing.reading import MOST_BYTES


class ListForm(forms.Form):
    """A member list to read in: a file, or its text."""

    file = forms.FileField(
        label=_("A file"),
        required=False,
        allow_empty_file=True,
        help_text=_("CSV, at most 5 MB and 20,000 rows."),
    )
    text = forms.CharField(
        label=_("Or the text itself"),
        required=False,
        # A tab at the start of a line is an empty first cell.
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}),
    )

    def clean(self) -> dict:
        said = super().clean() or {}
        if not said.get("file") and not said.get("text") and not self.errors:
            raise forms.ValidationError(_("Choose a file, or paste the list."))
        return said

    def content(self) -> bytes:
        """The bytes of the list, at most one more than may be read: what is larger is refused unread."""
        file = self.cleaned_data.get("file")
        return file.read(MOST_BYTES + 1) if file else self.cleaned_data["text"].encode()

    def file_name(self) -> str:
        file = self.cleaned_data.get("file")
        return file.name if file else ""


class ConfirmForm(forms.Form):
    """The organiser's yes to a preview."""

    writes = forms.BooleanField(label=_("Write to the people who have an address"), required=False)
