"""What people fill in about a circle and its members."""

from zoneinfo import available_timezones

from django import forms
from django.utils.translation import gettext_lazy as _

from peerhood.circles.importing.reading import MOST_BYTES
from peerhood.circles.models import Circle, Membership, Report
from peerhood.design.forms import ChoiceCards


class CircleForm(forms.ModelForm):
    """What a circle says of itself."""

    time_zone = forms.ChoiceField(label=_("Time zone"))

    class Meta:
        model = Circle
        fields = ["name", "purpose", "eligibility", "agreement", "town", "language", "time_zone", "kind"]
        help_texts = {
            "purpose": _("One or two sentences: who meets, and what for."),
            "eligibility": _("What somebody should do or be to feel at home here."),
            "agreement": _("What everybody says yes to when they join."),
            "kind": _("A circle by invitation, or within one employer, is shown to nobody outside."),
        }
        widgets = {"kind": ChoiceCards}

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        here = [zone for zone in available_timezones() if zone.startswith(("Europe/", "Atlantic/"))]
        zones = sorted({*here, "UTC", self.instance.time_zone})
        self.fields["time_zone"].choices = [(zone, zone.replace("_", " ")) for zone in zones]  # type: ignore[attr-defined]


class RoleForm(forms.ModelForm):
    """A member's role, and whether they are a contact person."""

    class Meta:
        model = Membership
        fields = ["role", "is_contact"]
        widgets = {"role": ChoiceCards}
        help_texts = {"is_contact": _("Members see the names of the contact persons on the circle’s page.")}


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


class FilterForm(forms.Form):
    """Which part of the member list to show. What it does not understand, it leaves out."""

    q = forms.CharField(label=_("Name"), required=False, max_length=80)
    role = forms.ChoiceField(
        label=_("Role"), required=False, choices=[("", _("All roles")), *Membership.Role.choices]
    )
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("On the list")), *Membership.State.choices]
    )


class ListForm(forms.Form):
    """A member list to read in: a file, or its text."""

    file = forms.FileField(
        label=_("A file"),
        required=False,
        allow_empty_file=True,
        help_text=_("CSV, at most 5 MB and 20,000 rows."),
    )
    text = forms.CharField(
        label=_("Or the text itself"),
        required=False,
        # A tab at the start of a line is an empty first cell.
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}),
    )

    def clean(self) -> dict:
        said = super().clean() or {}
        if not said.get("file") and not said.get("text") and not self.errors:
            raise forms.ValidationError(_("Choose a file, or paste the list."))
        return said

    def content(self) -> bytes:
        """The bytes of the list, at most one more than may be read: what is larger is refused unread."""
        file = self.cleaned_data.get("file")
        return file.read(MOST_BYTES + 1) if file else self.cleaned_data["text"].encode()

    def file_name(self) -> str:
        file = self.cleaned_data.get("file")
        return file.name if file else ""


class ConfirmForm(forms.Form):
    """The organiser's yes to a preview."""

    writes = forms.BooleanField(label=_("Write to the people who have an address"), required=False)
