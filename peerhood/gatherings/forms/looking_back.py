"""Two questions to those who came, and the hosts' notes."""

from django import forms
from django.utils.translation import gettext_lazy as _

from peerhood.gatherings.models import LookBack


class SayForm(forms.Form):
    at_home = forms.ChoiceField(
        label=_("Did you feel at home?"), choices=LookBack.AtHome.choices, widget=forms.RadioSelect
    )
    line = forms.CharField(
        label=_("One line, if you like"),
        max_length=300,
        required=False,
        help_text=_("Avoid details that only you know."),
    )


class NotesForm(forms.ModelForm):
    class Meta:
        model = LookBack
        fields = ["notes"]
        widgets = {"notes": forms.Textarea(attrs={"rows": 6})}
