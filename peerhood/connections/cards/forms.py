"""What somebody chooses for a card of their own, or for the one who scanned theirs: only what their profile says."""

from collections.abc import Collection
from dataclasses import asdict

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from peerhood.connections.cards.face import FIELDS, face_of
from peerhood.people.models import Person


class ShowsForm(forms.Form):
    shows = forms.MultipleChoiceField(
        label=_("What your card says beside your name"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, posted: QueryDict | None, *, person: Person, shows: Collection[str]) -> None:
        super().__init__(posted, initial={"shows": list(shows)})
        said = asdict(face_of(person))
        choices = [(key, f"{label}: {_words(said[key])}") for key, label in FIELDS.items() if said[key]]
        self.fields["shows"].choices = choices  # type: ignore[attr-defined]
        self.is_empty = not choices


def _words(said: str | list[str]) -> str:
    return said if isinstance(said, str) else " · ".join(said)
