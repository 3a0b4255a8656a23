from django import forms
from django.utils.translation import gettext_lazy as _


class CodeForm(forms.Form):
    """The one thing asked at the door."""

    code = forms.CharField(
        label=_("Code"),
        max_length=20,
        help_text=_("It is on the big screen, such as KAFFE-42."),
        widget=forms.TextInput(
            attrs={"autocapitalize": "characters", "autocomplete": "off", "spellcheck": "false"}
        ),
    )
