"""The questions people answer about themselves."""

import unicodedata
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.utils.timezone import localdate
from django.utils.translation import get_language, get_language_info, gettext_lazy
from django.utils.translation import gettext as _

from peerhood import packs
from peerhood.design.forms import LocalDate
from peerhood.people.models import Affiliation, Person

# They turn the writing around, so that a name could rewrite the words beside it.
BIDI_CONTROLS = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])


class OneLine(forms.CharField):
    """Text that stays on its line: breaks and other control characters become spaces."""

    def to_python(self, value: Any) -> str:
        text = str(super().to_python(value) or "").translate(BIDI_CONTROLS)
        return " ".join("".join(" " if unicodedata.category(c) == "Cc" else c for c in text).split())


class AddressForm(forms.Form):
    address = forms.EmailField(
        label=gettext_lazy("Your e-mail address"),
        max_length=254,
        widget=forms.EmailInput({"autocomplete": "email", "autocapitalize": "none", "spellcheck": "false"}),
    )


class WorkForm(forms.ModelForm):
    """Fields of the person, and the pack's questions about their work."""

    only_asked_first = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        pack, language = packs.current(), get_language() or settings.LANGUAGE_CODE
        self.pack_keys = [f.key for f in pack.fields.values() if f.asked_first or not self.only_asked_first]
        for key in self.pack_keys:
            self.fields[f"profile_{key}"] = forms.ChoiceField(
                label=pack.label(key, language),
                choices=[("", "–"), *pack.choices(key, language)],
                initial=self.instance.profile.get(key, ""),
                required=False,
            )

    def clean(self) -> dict[str, Any]:
        super().clean()
        answers = {key: self.cleaned_data.pop(f"profile_{key}", "") for key in self.pack_keys}
        # What other packs asked stays: a network may change its pack and change it back.
        kept = {key: said for key, said in self.instance.profile.items() if key not in answers}
        self.cleaned_data["profile"] = kept | {key: said for key, said in answers.items() if said}
        return self.cleaned_data

    def pack_fields(self) -> list[forms.BoundField]:
        return [self[f"profile_{key}"] for key in self.pack_keys]


class WelcomeForm(WorkForm):
    """Three questions, on one page."""

    only_asked_first = True

    class Meta:
        model = Person
        fields = ["name", "work", "ask_me_about"]
        field_classes = dict.fromkeys(fields, OneLine)
        widgets = {"name": forms.TextInput({"autocomplete": "name"})}


class ProfileForm(WorkForm):
    class Meta:
        model = Person
        fields = ["name", "work", "ask_me_about", "town", "language", "time_zone"]
        field_classes = dict.fromkeys(["name", "work", "ask_me_about", "town"], OneLine)
        widgets = {
            "name": forms.TextInput({"autocomplete": "name"}),
            "town": forms.TextInput({"autocomplete": "address-level2"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Whoever does not read the page's language finds their own by its own name.
        names = [
            (code, get_language_info(code)["name_local"].capitalize()) for code, _name in settings.LANGUAGES
        ]
        self.fields["language"] = forms.ChoiceField(
            label=_("Language"), choices=names, help_text=_("Of these pages and of our mails to you.")
        )
        self.fields["time_zone"] = forms.ChoiceField(
            label=_("Time zone"), choices=_zones(self.instance.time_zone)
        )


def _zones(now_chosen: str) -> list[tuple[str, Any]]:
    """Time zones by part of the world; names without one are left to computers, unless it is the one chosen."""
    regions: dict[str, list[tuple[str, str]]] = {}
    for zone in sorted(available_timezones() | {now_chosen}):
        region, _slash, place = zone.partition("/")
        if zone == now_chosen or (place and region != "Etc"):
            regions.setdefault(region, []).append((zone, (place or zone).replace("_", " ")))
    return list(regions.items())


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
