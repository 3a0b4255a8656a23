"""The address somebody comes in by."""

from django import forms
from django.utils.translation import gettext_lazy


class AddressForm(forms.Form):
    address = forms.EmailField(
        label=gettext_lazy("Your e-mail address"),
        max_length=254,
        widget=forms.EmailInput({"autocomplete": "email", "autocapitalize": "none", "spellcheck": "false"}),
    )
