"""An opportunity, a line to its author, a report, a reason to hide it; and what one is open to talk about."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from peerhood.circles.models import Circle
from peerhood.design.forms import ChoiceBoxes, LocalDate
from peerhood.gatherings.forms.editing import PeopleField
from peerhood.growth.models.opportunity import (
    Interest,
    Kind,
    OpenToTalk,
    Opportunity,
    OpportunityReport,
    today_in,
)
from peerhood.growth.opportunities import open_to_talk
from peerhood.people.models import Person


class OpportunityForm(forms.ModelForm):
    link = forms.URLField(label=_("Link"), max_length=300, required=False, assume_scheme="https")

    class Meta:
        model = Opportunity
        fields = ["kind", "title", "text", "place", "link", "last_day"]
        widgets = {"text": forms.Textarea(attrs={"rows": 6}), "last_day": LocalDate}
        help_texts = {"last_day": _("It goes by itself when this day is over. Ninety days at most.")}

    def __init__(self, *args: Any, circle: Circle, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.circle = circle
        if not self.instance.pk:
            self.initial.setdefault("last_day", today_in(circle) + Opportunity.BY_ITSELF)

    def clean_last_day(self):
        day, today = self.cleaned_data["last_day"], today_in(self.circle)
        if day < today:
            raise ValidationError(_("This day is over. Choose one to come."))
        if day > today + Opportunity.AT_MOST:
            raise ValidationError(_("Ninety days at most. You can renew it later."))
        return day


class InterestForm(forms.ModelForm):
    class Meta:
        model = Interest
        fields = ["words"]


class ReportForm(forms.ModelForm):
    class Meta:
        model = OpportunityReport
        fields = ["text"]


class HideForm(forms.Form):
    reason = forms.CharField(
        label=_("Why"), max_length=300, help_text=_("Whoever wrote it reads this, and nobody else.")
    )


class CirclesField(PeopleField):
    """Some of one's circles. A number longer than a database takes is none of them."""


class OpenToTalkForm(forms.ModelForm):
    kinds = forms.MultipleChoiceField(label=_("About what"), choices=Kind.choices, widget=ChoiceBoxes)

    class Meta:
        model = OpenToTalk
        fields = ["kinds", "words", "circles"]
        field_classes = {"circles": CirclesField}
        widgets = {"circles": ChoiceBoxes}
        labels = {"circles": _("Members of which circles may know")}

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["circles"].queryset = open_to_talk.circles_to_choose(person)  # type: ignore[attr-defined]
