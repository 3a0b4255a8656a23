"""A job, with its dates."""

from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peerhood.design.forms import LocalDate
from peerhood.people.forms.fields import OneLine
from peerhood.people.models import Affiliation


class AffiliationForm(forms.ModelForm):
    employer_name = OneLine(
        label=gettext_lazy("Employer"),
        max_length=120,
        widget=forms.TextInput({"autocomplete": "organization"}),
    )
    field_order = ["employer_name", "title", "started_on", "ended_on"]

    class Meta:
        model = Affiliation
        fields = ["title", "started_on", "ended_on"]
        field_classes = {"title": OneLine}
        widgets = {
            "title": forms.TextInput({"autocomplete": "organization-title"}),
            "started_on": LocalDate,
            "ended_on": LocalDate,
        }

    def clean(self) -> dict[str, Any]:
        super().clean()
        started_on, ended_on = self.cleaned_data.get("started_on"), self.cleaned_data.get("ended_on")
        if started_on and ended_on and ended_on < started_on:
            self.add_error("ended_on", _("A job ends after it has begun."))
        if ended_on and ended_on > localdate():
            self.add_error(
                "ended_on", _("This day is still to come. Leave it empty until the job has ended.")
            )
        return self.cleaned_data
