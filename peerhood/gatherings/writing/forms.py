"""What a host fills in to write to everybody: to whom, the words, and in the end the number of readers."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from peerhood.gatherings.writing.to_everybody import LONGEST, To, tidy


class WordsForm(forms.Form):
    to = forms.ChoiceField(
        label=_("To whom?"), choices=To.choices, widget=forms.RadioSelect, initial=To.COMING
    )
    words = forms.CharField(
        label=_("Your words"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_(
            "Markdown works: a blank line begins a paragraph, a dash an item. Write links out in full."
        ),
    )

    def clean_words(self) -> str:
        return tidy(self.cleaned_data["words"])


class NumberForm(forms.Form):
    """How many readers there are, typed in: nobody writes to many by a slip of the hand."""

    typed = forms.IntegerField(
        label=_("Type the number of readers"),
        min_value=0,
        max_value=1_000_000,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, is_mass: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_mass:
            del self.fields["typed"]
