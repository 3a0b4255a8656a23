"""What an organiser fills in about a series."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from peerhood.design.forms import LocalDateTime, LocalTime
from peerhood.gatherings import series_templates
from peerhood.gatherings.models import SavedAgenda, Series

# Beyond this, a date is a slip of the finger.
FARTHEST = timedelta(days=731)
WEEKDAYS = [
    (0, _("Monday")),
    (1, _("Tuesday")),
    (2, _("Wednesday")),
    (3, _("Thursday")),
    (4, _("Friday")),
    (5, _("Saturday")),
    (6, _("Sunday")),
]
WEEKS = [
    (1, _("The first")),
    (2, _("The second")),
    (3, _("The third")),
    (4, _("The fourth")),
    (5, _("The last")),
]


class SeriesForm(forms.ModelForm):
    """How often, when, where, and for how many; the template has filled in what it can."""

    weekday = forms.TypedChoiceField(label=_("Weekday"), choices=WEEKDAYS, coerce=int)
    week_of_month = forms.TypedChoiceField(
        label=_("Which one"),
        choices=WEEKS,
        coerce=int,
        help_text=_(
            "Of its month. Every six weeks, the weeks count instead; without a fixed day, neither does."
        ),
    )

    class Meta:
        model = Series
        fields = [
            *("cadence", "week_of_month", "weekday", "starts_at_time", "capacity", "place_name", "address"),
        ]
        widgets = {"starts_at_time": LocalTime}


class ChangeSeriesForm(SeriesForm):
    """What there is to change about a series, its agenda among it."""

    template = forms.ChoiceField(label=_("Agenda"), required=False)

    class Meta(SeriesForm.Meta):
        fields = ["name", "template", "saved_agenda", *SeriesForm.Meta.fields]
        labels = {"saved_agenda": _("An agenda of your own")}
        help_texts = {"saved_agenda": _("It takes the place of the one above.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = self.instance.circle.language
        self.fields["template"].choices = [  # type: ignore[attr-defined]
            (key, series_templates.said(template.names, language))
            for key, template in series_templates.every().items()
        ]
        saved = self.fields["saved_agenda"]
        saved.queryset = self.instance.circle.saved_agendas.all()  # type: ignore[attr-defined]
        saved.empty_label = _("None")  # type: ignore[attr-defined]

    def clean(self) -> dict:
        said = super().clean() or {}
        if not said.get("template") and not said.get("saved_agenda"):
            self.add_error("template", _("Choose an agenda."))
        return said


class DateForm(forms.Form):
    """The day of one draft; without one, the series' next day is taken."""

    starts_at = forms.DateTimeField(label=_("On this date"), required=False, widget=LocalDateTime)

    def clean_starts_at(self) -> Any:
        starts_at = self.cleaned_data["starts_at"]
        if starts_at and not now() < starts_at < now() + FARTHEST:
            raise forms.ValidationError(_("Choose a date within two years from now."))
        return starts_at


class NameForm(forms.ModelForm):
    """What an agenda is kept under."""

    class Meta:
        model = SavedAgenda
        fields = ["name"]
