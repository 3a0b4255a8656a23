"""What is filled in at the door, and what a phone tells of its taps."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from peerhood.gatherings.arriving.taps import Kind, Tap


class WalkInForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=120)
    email = forms.EmailField(label=_("E-mail"), required=False)


class TapForm(forms.Form):
    """One tap; which fields it needs depends on its kind."""

    key = forms.UUIDField()
    kind = forms.ChoiceField(choices=Kind.choices)
    tapped_at = forms.DateTimeField()
    rsvp = forms.IntegerField(required=False, min_value=1, max_value=2**62)
    of = forms.UUIDField(required=False)
    seen_at = forms.DateTimeField(required=False)
    name = forms.CharField(label=_("Name"), max_length=120, required=False)
    email = forms.EmailField(label=_("E-mail"), required=False)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("kind") == Kind.WALK_IN:
            if not said.get("name") and "name" not in self.errors:
                self.add_error("name", _("Write their name."))
        elif not said.get("rsvp") and not said.get("of"):
            self.add_error("rsvp", _("Say who it is."))
        return said

    def tap(self) -> Tap:
        said = self.cleaned_data
        return Tap(
            key=said["key"],
            kind=said["kind"],
            tapped_at=said["tapped_at"],
            rsvp_pk=said["rsvp"],
            of=said["of"],
            seen_at=said["seen_at"],
            name=said["name"],
            email=said["email"],
        )
