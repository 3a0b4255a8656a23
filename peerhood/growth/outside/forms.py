from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peerhood.design.forms import LocalDate
from peerhood.growth.models import OutsideEvent
from peerhood.people.forms import OneLine

SAID = ("title", "starts_on", "ends_on", "place", "is_online", "link", "why")


class OutsideEventForm(forms.ModelForm):
    link = forms.URLField(
        label=gettext_lazy("Address on the web"), required=False, max_length=500, assume_scheme="https"
    )

    class Meta:
        model = OutsideEvent
        fields = SAID
        field_classes = {"title": OneLine, "place": OneLine}
        widgets = {
            "starts_on": LocalDate,
            "ends_on": LocalDate,
            "why": forms.Textarea(attrs={"rows": 3}),
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        starts_on, ends_on = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", _("The last day is before the first."))
        if "place" not in self.errors and not cleaned.get("place") and not cleaned.get("is_online"):
            self.add_error("place", _("Say where it is, or that one can take part online."))
        return cleaned

    def said(self) -> dict[str, Any]:
        """What the act wants."""
        return {name: self.cleaned_data[name] for name in SAID}
