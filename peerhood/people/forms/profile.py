"""What people say about themselves, and who sees each answer."""

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.utils.translation import get_language, get_language_info, gettext_lazy
from django.utils.translation import gettext as _

from peerhood import packs
from peerhood.design.forms import ChoiceBoxes
from peerhood.people.forms.fields import LinksField, OneLine
from peerhood.people.models import Person
from peerhood.people.seeing.cards import answers_to, language_name
from peerhood.people.seeing.photos import MOST_BYTES
from peerhood.people.seeing.visibility import FIELDS, Level, level_of

# Languages often spoken where our networks are; others that somebody chose before stay.
SPOKEN = [
    "ar",
    "bs",
    "da",
    "de",
    "en",
    "es",
    "et",
    "fa",
    "fi",
    "fr",
    "hr",
    "is",
    "it",
    "lt",
    "lv",
    "nb",
    "nl",
    "pl",
    "pt",
    "ro",
    "ru",
    "so",
    "sr",
    "sv",
    "ti",
    "tr",
    "uk",
    "zh",
]


class PhotoForm(forms.Form):
    photo = forms.FileField(
        label=gettext_lazy("Photo"),
        help_text=gettext_lazy("JPEG, PNG or WebP. We cut it to a square and keep nothing else of the file."),
        widget=forms.FileInput({"accept": "image/jpeg,image/png,image/webp"}),
    )

    def content(self) -> bytes:
        """At most one byte more than may be read: what is larger is refused unopened."""
        return self.cleaned_data["photo"].read(MOST_BYTES + 1)


class WorkForm(forms.ModelForm):
    """Fields of the person, and the pack's questions about their work."""

    only_asked_first = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        pack, language = packs.current(), get_language() or settings.LANGUAGE_CODE
        self.pack_keys = [f.key for f in pack.fields.values() if f.asked_first or not self.only_asked_first]
        for key in self.pack_keys:
            self.fields[f"profile_{key}"] = self._question(pack, key, language)

    def _question(self, pack: packs.Pack, key: str, language: str) -> forms.Field:
        label, choices = pack.label(key, language), pack.choices(key, language)
        given = answers_to(self.instance, key)
        if pack.fields[key].several:
            return forms.MultipleChoiceField(
                label=label, choices=choices, initial=given, required=False, widget=ChoiceBoxes
            )
        return forms.ChoiceField(
            label=label, choices=[("", "–"), *choices], initial="".join(given[:1]), required=False
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
    """Three questions, on one page, and whether all members may find one by the answers."""

    only_asked_first = True

    may_be_found = forms.BooleanField(
        label=gettext_lazy("Others like me may find me by this, before we share a circle"),
        help_text=gettext_lazy(
            "Everybody who has signed in here then sees it. Without it, only people in your circles do."
        ),
        required=False,
    )

    class Meta:
        model = Person
        fields = ["name", "work", "town", "ask_me_about"]
        field_classes = dict.fromkeys(fields, OneLine)
        widgets = {
            "name": forms.TextInput({"autocomplete": "name"}),
            "town": forms.TextInput({"autocomplete": "address-level2"}),
        }

    def clean(self) -> dict[str, Any]:
        super().clean()
        if self.cleaned_data.pop("may_be_found", False):
            asked = [*self.Meta.fields, *(f"profile.{key}" for key in self.pack_keys)]
            self.cleaned_data["visibility"] = self.instance.visibility | dict.fromkeys(asked, Level.MEMBERS)
        return self.cleaned_data


class ProfileForm(WorkForm):
    """Everything one may say about oneself, and beside each answer who sees it."""

    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages you speak"), required=False, widget=ChoiceBoxes
    )
    links = LinksField(
        label=gettext_lazy("Links"),
        help_text=gettext_lazy("One on each line, five at most, such as https://example.org/me"),
        required=False,
    )

    class Meta:
        model = Person
        fields = [
            "name",
            "work",
            "ask_me_about",
            "would_learn",
            "could_talk",
            "town",
            "languages",
            "links",
            "language",
            "time_zone",
        ]
        field_classes = dict.fromkeys(
            ["name", "work", "ask_me_about", "would_learn", "could_talk", "town"], OneLine
        )
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
        self.fields["languages"].choices = _spoken(self.instance.languages)  # type: ignore[attr-defined]
        for name in self._seen_names():
            self.fields[_see(name)] = forms.ChoiceField(
                label=_("Seen by"),
                choices=Level.choices[1:] if name == "name" else Level.choices,
                initial=level_of(self.instance.visibility, name),
                # Left out, it stays as it is.
                required=False,
            )

    def _seen_names(self) -> list[str]:
        return [*FIELDS, *(f"profile.{key}" for key in self.pack_keys)]

    def clean(self) -> dict[str, Any]:
        super().clean()
        chosen = {name: self.cleaned_data.pop(_see(name), "") for name in self._seen_names()}
        said = {name: level for name, level in chosen.items() if level}
        self.cleaned_data["visibility"] = self.instance.visibility | said
        return self.cleaned_data

    def sayings(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Each question about oneself with who sees the answer, as the page shows them."""
        own = [name for name in FIELDS if name in self.fields]
        return [
            *((self[name], self[_see(name)]) for name in own),
            *((self[f"profile_{key}"], self[_see(f"profile.{key}")]) for key in self.pack_keys),
        ]

    def elsewhere(self) -> list[tuple[str, forms.BoundField]]:
        """Who sees what is changed in other places of the page."""
        return [(_("Your photo"), self[_see("photo")]), (_("Your job"), self[_see("job")])]


def _see(name: str) -> str:
    """
    >>> _see("profile.sector")
    'see_profile_sector'
    """
    return f"see_{name.replace('.', '_')}"


def _spoken(chosen: list[str]) -> list[tuple[str, str]]:
    """Languages to choose from, by their name in the page's language."""
    codes = {*SPOKEN, *chosen}
    return sorted(((code, language_name(code)) for code in codes), key=lambda choice: choice[1])


def _zones(now_chosen: str) -> list[tuple[str, Any]]:
    """Time zones by part of the world; names without one are left to computers, unless it is the one chosen."""
    regions: dict[str, list[tuple[str, str]]] = {}
    for zone in sorted(available_timezones() | {now_chosen}):
        region, _slash, place = zone.partition("/")
        if zone == now_chosen or (place and region != "Etc"):
            regions.setdefault(region, []).append((zone, (place or zone).replace("_", " ")))
    return list(regions.items())
