from django import forms
from django.utils.translation import gettext_lazy as _

from peerhood.mixing.models import Plan


class MixForm(forms.Form):
    """How the tables are to be: sizes are a wish, one more or less where the numbers ask for it."""

    table_size = forms.IntegerField(label=_("People at a table"), min_value=2, max_value=12, initial=4)
    rounds_count = forms.IntegerField(label=_("Rounds"), min_value=1, max_value=12, initial=3)
    meet_again = forms.ChoiceField(
        label=_("Second meetings"),
        choices=Plan.MeetAgain,
        initial=Plan.MeetAgain.FEW,
        help_text=_(
            "For two who decided to keep in touch and have not met since. Nobody learns who they are."
        ),
    )
