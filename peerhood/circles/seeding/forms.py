"""What somebody fills in to plant a seed, a page at a time, and to show it to people."""

import re
from datetime import timedelta
from zoneinfo import available_timezones

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.dates import WEEKDAYS
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from peerhood import packs
from peerhood.circles.models import Seed
from peerhood.circles.seeding.inviting import MOST_ADDRESSES
from peerhood.design.forms import ChoiceCards, LocalDate, LocalTime
from peerhood.people.forms import OneLine

LONGEST_WAIT = timedelta(days=180)


class WordsForm(forms.ModelForm):
    """First page: what the circle is for."""

    name = OneLine(label=_("Name"), max_length=80)
    time_zone = forms.ChoiceField(label=_("Time zone"))

    class Meta:
        model = Seed
        fields = ["name", "purpose", "town", "language", "time_zone", "kind"]
        help_texts = {
            "purpose": _("One or two sentences: who meets, and what for."),
            "kind": _("Once it has opened. By invitation, nobody outside learns that it exists."),
        }
        widgets = {"kind": ChoiceCards, "purpose": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        here = [zone for zone in available_timezones() if zone.startswith(("Europe/", "Atlantic/"))]
        given = self.initial.get("time_zone") or "UTC"
        zones = sorted({*here, "UTC", given})
        self.fields["time_zone"].choices = [(zone, zone.replace("_", " ")) for zone in zones]  # type: ignore[attr-defined]


def not_too_far(day) -> None:
    if not localdate() < day <= localdate() + LONGEST_WAIT:
        raise ValidationError(_("Choose a day between tomorrow and half a year from now."))


class RhythmForm(forms.ModelForm):
    """Second page: how often, when, and how many it takes."""

    weekday = forms.TypedChoiceField(label=_("Weekday"), choices=list(WEEKDAYS.items()), coerce=int)
    threshold = forms.IntegerField(
        label=_("It opens when so many others have said yes"),
        min_value=2,
        max_value=50,
        help_text=_("You come on top. Six is enough for a good table."),
    )
    size = forms.IntegerField(label=_("How many you would like to be, at most"), min_value=3, max_value=200)
    sprouts_by = forms.DateField(
        label=_("Or it ends on"),
        widget=LocalDate,
        validators=[not_too_far],
        help_text=_("You can give it more time. We remind you a week ahead."),
    )

    class Meta:
        model = Seed
        fields = ["cadence", "weekday", "starts_at_time", "threshold", "size", "sprouts_by"]
        widgets = {"cadence": ChoiceCards, "starts_at_time": LocalTime}

    def clean(self) -> dict:
        said = super().clean() or {}
        if said.get("size") and said.get("threshold") and said["size"] <= said["threshold"]:
            self.add_error("size", _("With you, there would be more people than that when it opens."))
        return said


class PlanForm(forms.Form):
    """Third page: what the first three gatherings could be about."""

    first = OneLine(label=_("The first gathering"), max_length=120)
    second = OneLine(label=_("The second"), max_length=120, required=False)
    third = OneLine(label=_("The third"), max_length=120, required=False)

    def __init__(self, *args, instance: Seed, **kwargs) -> None:
        names = ("first", "second", "third")
        kwargs.setdefault("initial", dict(zip(names, instance.themes, strict=False)))
        super().__init__(*args, **kwargs)
        self.instance = instance
        for field in self.fields.values():
            field.widget.attrs["list"] = "themes"

    def starters(self) -> list[str]:
        """Themes to begin with, in the language of the circle to be."""
        return packs.current().themes(self.instance.language)

    def clean(self) -> dict:
        said = super().clean() or {}
        return {"themes": [theme for name in self.fields if (theme := said.get(name))]}


class AddressesForm(forms.Form):
    """Whom to write to; what separates the addresses does not matter."""

    addresses = forms.CharField(
        label=_("Their addresses"),
        max_length=6_000,
        widget=forms.Textarea(
            attrs={"rows": 3, "spellcheck": "false", "autocapitalize": "none", "autocomplete": "off"}
        ),
        help_text=_("One on each line, or with commas between them."),
    )

    def clean_addresses(self) -> list[str]:
        given = [word.strip("<>\"'") for word in re.split(r"[\s,;]+", self.cleaned_data["addresses"])]
        addresses = list(dict.fromkeys(word.lower() for word in given if word))
        wrong = [address for address in addresses if not _is_address(address)]
        if wrong:
            said = ngettext(
                "This is not an address: %(these)s", "These are not addresses: %(these)s", len(wrong)
            )
            raise ValidationError(said % {"these": ", ".join(wrong[:5])})
        if len(addresses) > MOST_ADDRESSES:
            raise ValidationError(_("At most %(most)d addresses.") % {"most": MOST_ADDRESSES})
        if not addresses:
            raise ValidationError(_("Write at least one address."))
        return addresses


def _is_address(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return len(text) <= 254


class DayForm(forms.Form):
    """Until when a seed may grow."""

    sprouts_by = forms.DateField(label=_("New day"), widget=LocalDate, validators=[not_too_far])


class NameForm(forms.Form):
    """The name of somebody who says yes and has not told us yet."""

    name = OneLine(
        label=_("Your name"),
        max_length=120,
        help_text=_("The planter sees it, and so does whoever else says yes."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
