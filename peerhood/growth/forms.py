from collections.abc import Mapping
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from peerhood.design.forms import ChoiceBoxes
from peerhood.growth.for_my_manager.year import PARTS
from peerhood.growth.models import CertificateOffer, Cycle, Entry
from peerhood.growth.models.certificate import LONGEST_OUTCOME, LONGEST_REASON, MOST_OUTCOMES
from peerhood.growth.models.entry import MOST_QUARTERS
from peerhood.growth.models.year import LONGEST_WORDS
from peerhood.packs import cpd

STEP = Decimal("0.25")
EARLIEST = "1970-01-01"


class Hours(forms.DecimalField):
    """Hours in steps of a quarter."""

    def __init__(self, *, least: Decimal = STEP, **said):
        super().__init__(
            min_value=least,
            max_value=MOST_QUARTERS / 4,
            step_size=STEP,
            max_digits=5,
            decimal_places=2,
            **said,
        )

    def validate(self, value):
        super().validate(value)
        # Before the validators, which reckon in floating point and know no number beyond it.
        if value is not None and abs(value) > MOST_QUARTERS / 4:
            raise ValidationError(_("A day has 24 hours at most."))


def day_field() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date", "min": EARLIEST}, format="%Y-%m-%d")


class AttendedForm(forms.ModelForm):
    """Hours of a gathering: what it was and when is known. The pack's sides are fields of their own."""

    hours = Hours(label=gettext_lazy("Hours"))

    class Meta:
        model = Entry
        fields = ["is_education", "learned", "reflection", "evidence"]
        widgets = {
            "learned": forms.Textarea(attrs={"rows": 4}),
            "reflection": forms.Textarea(attrs={"rows": 4}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.sides: Mapping[str, cpd.Words] = cpd.current().sides
        if self.instance.pk:
            self.initial["hours"] = Decimal(self.instance.quarters) / 4
        for key, name in self.sides.items():
            self.fields[f"side_{key}"] = Hours(
                label=cpd.said(name, get_language() or ""), required=False, least=Decimal(0)
            )
            self.initial[f"side_{key}"] = Decimal(self.instance.split.get(key, 0)) / 4
        first = [*(name for name in ("title", "provider", "day") if name in self.fields), "hours"]
        self.order_fields([*first, *(f"side_{key}" for key in self.sides)])

    def clean(self):
        super().clean()
        cleaned = self.cleaned_data
        split = {key: int((cleaned.get(f"side_{key}") or 0) * 4) for key in self.sides}
        if sum(split.values()) > int((cleaned.get("hours") or 0) * 4) and "hours" in cleaned:
            raise ValidationError(_("The sides together are more than the hours."))
        self.split = {key: quarters for key, quarters in split.items() if quarters}
        return cleaned

    def said(self) -> dict:
        """What the act wants: quarters, and how they are split."""
        told = {name: self.cleaned_data[name] for name in self.Meta.fields}
        return told | {"quarters": int(self.cleaned_data["hours"] * 4), "split": self.split}


class OwnForm(AttendedForm):
    """Something learned elsewhere."""

    class Meta:
        model = Entry
        fields = ["title", "provider", "day", *AttendedForm.Meta.fields]
        widgets = AttendedForm.Meta.widgets | {"day": day_field()}


class CycleForm(forms.ModelForm):
    class Meta:
        model = Cycle
        fields = ["certification", "starts_on", "ends_on"]
        widgets = {"starts_on": day_field(), "ends_on": day_field()}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        rules, language = cpd.current(), get_language() or ""
        names = {rule.key: cpd.said(rule.name, language) for rule in rules.rules}
        self.fields["certification"] = forms.ChoiceField(
            label=self.fields["certification"].label, choices=list(names.items())
        )
        self.fields["ends_on"].required = False
        self.fields["ends_on"].help_text = _("Leave it empty for a cycle of the usual length.")

    def clean(self):
        super().clean()
        cleaned = self.cleaned_data
        if cleaned.get("starts_on") and "ends_on" in cleaned and not cleaned["ends_on"]:
            self._last_day(cleaned)
        if cleaned.get("starts_on") and cleaned.get("ends_on") and cleaned["ends_on"] < cleaned["starts_on"]:
            self.add_error("ends_on", _("The last day is before the first."))
        return cleaned

    def _last_day(self, cleaned):
        rule = cpd.current().holding(cleaned.get("certification", ""), cleaned["starts_on"])
        try:
            cleaned["ends_on"] = rule and rule.last_day(cleaned["starts_on"])
        except (ValueError, OverflowError):
            self.add_error("starts_on", _("Choose another first day."))


class OfferForm(forms.ModelForm):
    """What stands on a gathering's certificates."""

    hours = Hours(label=gettext_lazy("Hours"))

    class Meta:
        model = CertificateOffer
        fields = ["title", "outcomes"]
        widgets = {"outcomes": forms.Textarea(attrs={"rows": 6})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["hours"] = Decimal(self.instance.quarters) / 4

    def clean_outcomes(self):
        lines = [line.strip() for line in self.cleaned_data["outcomes"].splitlines()]
        lines = [line for line in lines if line]
        if len(lines) > MOST_OUTCOMES:
            raise ValidationError(_("Eight lines at most. Which matter most?"))
        if any(len(line) > LONGEST_OUTCOME for line in lines):
            raise ValidationError(_("A line has 160 characters at most."))
        return "\n".join(lines)

    def said(self) -> dict:
        """What the act wants."""
        told = {name: self.cleaned_data[name] for name in self.Meta.fields}
        return told | {"quarters": int(self.cleaned_data["hours"] * 4)}


class TakeBackForm(forms.Form):
    """A certificate that was shown to whoever runs the gathering."""

    uid = forms.CharField(
        label=gettext_lazy("Id"),
        max_length=60,
        help_text=gettext_lazy("As it is printed on the certificate."),
    )
    reason = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=LONGEST_REASON,
        help_text=gettext_lazy("Its holder reads this; nobody else does."),
    )


class YearForm(forms.Form):
    """What one takes from a year, and which parts stand on the page."""

    words = forms.CharField(
        label=PARTS["words"],
        max_length=LONGEST_WORDS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=gettext_lazy(
            "In your own words, without names: what you learned, and what you do differently now."
        ),
    )
    parts = forms.MultipleChoiceField(
        label=gettext_lazy("What stands on it"),
        choices=list(PARTS.items()),
        widget=ChoiceBoxes,
        required=False,
    )
