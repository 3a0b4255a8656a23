"""An offer to mentor, what one asks a mentor with, goals, a note, a line, and one more day."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from peerhood.circles.models import Circle
from peerhood.design.forms import LocalDate
from peerhood.growth.models.mentoring import (
    AT_MOST,
    BY_ITSELF,
    GOAL_LENGTH,
    MOST_GOALS,
    MentoringAsk,
    MentoringNote,
    MentorOffer,
)
from peerhood.growth.models.opportunity import today_in


class OfferForm(forms.ModelForm):
    class Meta:
        model = MentorOffer
        fields = ["about", "cap"]
        widgets = {"about": forms.Textarea(attrs={"rows": 3})}


class Goals(forms.CharField):
    """Up to five lines; cleaned to a list."""

    def __init__(self, **said: Any) -> None:
        super().__init__(
            label=_("Goals, one on each line"),
            help_text=_("Up to five."),
            max_length=(GOAL_LENGTH + 2) * MOST_GOALS,
            widget=forms.Textarea(attrs={"rows": MOST_GOALS}),
            **said,
        )

    def clean(self, value: Any) -> Any:
        lines = [line.strip() for line in super().clean(value).splitlines() if line.strip()]
        if len(lines) > MOST_GOALS:
            raise ValidationError(_("Five goals at most: one on each line."))
        if any(len(line) > GOAL_LENGTH for line in lines):
            raise ValidationError(_("One of these lines is too long for a goal."))
        return lines


class GoalsForm(forms.Form):
    goals = Goals()


class AskForm(forms.Form):
    why = MentoringAsk._meta.get_field("why").formfield(widget=forms.Textarea(attrs={"rows": 4}))
    goals = Goals()
    ends_on = forms.DateField(
        label=_("Until when"),
        widget=LocalDate,
        help_text=_("Twelve months at most. It ends by itself that day."),
    )

    def __init__(self, *args: Any, circle: Circle, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.circle = circle
        self.initial.setdefault("ends_on", today_in(circle) + BY_ITSELF)

    def clean_ends_on(self):
        day, today = self.cleaned_data["ends_on"], today_in(self.circle)
        if not today < day <= today + AT_MOST:
            raise ValidationError(_("Choose a day after today, within twelve months."))
        return day


class NoteForm(forms.ModelForm):
    class Meta:
        model = MentoringNote
        fields = ["text"]
        widgets = {"text": forms.Textarea(attrs={"rows": 5})}


class GainedForm(forms.ModelForm):
    class Meta:
        model = MentoringNote
        fields = ["gained"]


class DayForm(forms.Form):
    day = forms.DateField(label=_("Until when"), widget=LocalDate)
