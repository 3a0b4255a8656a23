"""What is said about competitors, and about how somebody behaved."""

from django import forms
from django.utils.translation import gettext_lazy as _

from peerhood.circles.models import Circle, Report
from peerhood.design.forms import ChoiceCards


class CompetitionForm(forms.Form):
    """Two employers that compete."""

    one_name = forms.CharField(
        label=_("One employer"),
        max_length=120,
        widget=forms.TextInput({"list": "employers", "autocomplete": "off"}),
    )
    other_name = forms.CharField(
        label=_("The other"),
        max_length=120,
        widget=forms.TextInput({"list": "employers", "autocomplete": "off"}),
    )


class ReportForm(forms.ModelForm):
    """What happened, and the organisers of which circle should read it."""

    circle = forms.ModelChoiceField(
        Circle.objects.none(), label=_("Whose organisers"), empty_label=None, widget=ChoiceCards
    )
    field_order = ["circle", "text"]

    class Meta:
        model = Report
        fields = ["text"]

    def __init__(self, *args, circles, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["circle"].queryset = circles  # type: ignore[attr-defined]
        self.fields["circle"].initial = circles.first()


class OutcomeForm(forms.ModelForm):
    """What an organiser did about a report."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["outcome"].required = True

    class Meta:
        model = Report
        fields = ["outcome"]
        help_texts = {"outcome": _("One line, for the other organisers.")}
