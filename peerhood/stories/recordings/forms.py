from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peerhood.stories.models import Recording
from peerhood.stories.recordings import words

WORDS = ("title", "url", "language", "chapters", "transcript")


class RecordingForm(forms.ModelForm):
    url = forms.URLField(
        label=gettext_lazy("Address of the recording"),
        max_length=500,
        assume_scheme="https",
        help_text=gettext_lazy(
            "YouTube, Vimeo and PeerTube are shown here after a click; anything else is a link."
        ),
    )

    class Meta:
        model = Recording
        fields = WORDS
        widgets = {
            "chapters": forms.Textarea(attrs={"rows": 5}),
            "transcript": forms.Textarea(attrs={"rows": 10}),
        }
        help_texts = {
            "chapters": gettext_lazy("A line each: 0:00 Welcome"),
            "transcript": gettext_lazy("Text, or a caption file (WebVTT, SubRip) pasted here."),
        }

    def clean_chapters(self) -> str:
        try:
            words.chapters_of(self.cleaned_data["chapters"])
        except ValueError as line:
            raise forms.ValidationError(
                _("This line has no time: %(line)s. Write it like 12:30 Questions.") % {"line": line}
            ) from None
        return self.cleaned_data["chapters"]

    def words(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in WORDS}

    def validate_unique(self) -> None:
        """The act says what becomes of an address that is here already."""


class AttachForm(RecordingForm):
    has_agreed = forms.BooleanField(
        label=gettext_lazy("Whoever speaks in it has agreed to being recorded, and to its being here"),
        required=True,
    )
