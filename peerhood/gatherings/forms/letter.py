"""What a letter to an employer wants to know. None of it is kept."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from peerhood.design.forms import ChoiceCards


class LetterForm(forms.Form):
    language = forms.ChoiceField(
        label=_("Language of the letter"), choices=settings.LANGUAGES, widget=ChoiceCards
    )
    employer = forms.CharField(
        label=_("Your employer"),
        max_length=120,
        required=False,
        help_text=_("Leave it empty if you like. It stands in the letter, and we do not keep it."),
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    names_circle = forms.BooleanField(
        label=_("Name the circle and the gathering"),
        required=False,
        help_text=_("Otherwise the letter speaks of a professional network meeting."),
    )

    def __init__(self, *args, may_name_circle, **kwargs):
        super().__init__(*args, **kwargs)
        if not may_name_circle:
            del self.fields["names_circle"]
