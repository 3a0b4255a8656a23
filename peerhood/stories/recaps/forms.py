from django import forms
from django.utils.translation import gettext_lazy as _

from peerhood.stories.recaps.lines import LONGEST


class LineForm(forms.Form):
    line = forms.CharField(
        label=_("Your line"),
        max_length=LONGEST,
        help_text=_("What stays with you, in one sentence."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
