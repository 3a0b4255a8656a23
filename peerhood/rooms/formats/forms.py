"""A recipe as fields to fill in: what it is, its roles, its parts and their steps. ``editor`` holds them together."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from peerhood.gatherings.confidentiality import Level
from peerhood.rooms.formats import faults, words
from peerhood.rooms.formats.recipe import Clock, Contribution, Grouping, Step, Visibility

BRIEF = {"rows": 2}


class Lines(forms.CharField):
    """One thing on each line."""

    widget = forms.Textarea

    def clean(self, value: str) -> tuple[str, ...]:
        text = super().clean(value)
        return tuple(line.strip() for line in text.splitlines() if line.strip())


class Lengths(forms.CharField):
    """Minutes, one after the other: "2, 1" or "1:30" (as seconds)."""

    def clean(self, value: str) -> tuple[int, ...]:
        pieces = [piece.strip() for piece in super().clean(value).replace(";", ",").split(",")]
        return tuple(self._seconds(piece) for piece in pieces if piece)

    def _seconds(self, piece: str) -> int:
        minutes, colon, seconds = piece.partition(":")
        if not all(
            number.isdecimal() and len(number) < 4 for number in (minutes, *([seconds] * bool(colon)))
        ):
            raise ValidationError(_("Write minutes, such as 2, 1 or 1:30."))
        return int(minutes) * 60 + int(seconds or 0)


class RecipeForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)
    name = forms.CharField(label=_("Name"), max_length=faults.TITLE)
    says = forms.CharField(
        label=_("In one sentence"), max_length=faults.SAYS, required=False, widget=forms.Textarea(BRIEF)
    )
    fewest = forms.IntegerField(label=_("At least so many people"), min_value=1, max_value=faults.MOST_PEOPLE)
    most = forms.IntegerField(
        label=_("At most so many people"), min_value=1, max_value=faults.MOST_PEOPLE, required=False
    )
    brings = Lines(
        label=_("What has to be there"),
        help_text=_("One thing on each line."),
        max_length=5_000,
        required=False,
        widget=forms.Textarea(BRIEF),
    )
    cards = Lines(
        label=_("Cards to sort"),
        help_text=_("For a step in which cards are put in order: a word or two on each line."),
        max_length=5_000,
        required=False,
        widget=forms.Textarea(BRIEF),
    )
    first_names_only = forms.BooleanField(label=_("First names only, until the last part"), required=False)


class RoleForm(forms.Form):
    key = forms.CharField(max_length=40, widget=forms.HiddenInput)
    name = forms.CharField(label=_("Role"), max_length=faults.TITLE)
    says = forms.CharField(
        label=_("What they do"), max_length=faults.SAYS, required=False, widget=forms.Textarea(BRIEF)
    )


class PartForm(forms.Form):
    # How many of the steps that follow are its own.
    steps_count = forms.IntegerField(min_value=0, max_value=faults.MOST_STEPS, widget=forms.HiddenInput)
    times = forms.IntegerField(
        label=_("How many times"),
        help_text=_("0: until you go on."),
        min_value=0,
        max_value=faults.MOST_TIMES,
        initial=1,
    )
    each = forms.CharField(label=_("What one time is called"), max_length=faults.TITLE, required=False)


class StepForm(forms.Form):
    title = forms.CharField(label=_("Step"), max_length=faults.TITLE)
    minutes = forms.IntegerField(label=_("Minutes"), min_value=0, max_value=240, initial=5)
    seconds = forms.IntegerField(label=_("Seconds"), min_value=0, max_value=59, initial=0)
    clock = forms.ChoiceField(label=_("This long"), choices=list(words.CLOCKS.items()), initial=Clock.FIXED)
    says = forms.CharField(
        label=_("What people are asked"),
        max_length=faults.SAYS,
        required=False,
        widget=forms.Textarea(BRIEF),
    )
    script = forms.CharField(
        label=_("What you say or mind"),
        max_length=faults.SCRIPT,
        required=False,
        widget=forms.Textarea(BRIEF),
    )
    grouping = forms.ChoiceField(
        label=_("Groups"), choices=list(words.GROUPINGS.items()), initial=Grouping.ALL
    )
    group_size = forms.IntegerField(label=_("People at a table"), min_value=0, max_value=99, required=False)
    contribution = forms.ChoiceField(
        label=_("What people add"), choices=list(words.CONTRIBUTIONS.items()), initial=Contribution.NONE
    )
    each = forms.IntegerField(
        label=_("At most so many each"),
        help_text=_("Empty: as many as they like."),
        min_value=0,
        max_value=99,
        required=False,
    )
    shows = forms.ChoiceField(
        label=_("Who sees it"), choices=list(words.VISIBILITIES.items()), initial=Visibility.TOGETHER
    )
    level = forms.ChoiceField(
        label=_("A stricter rule"),
        choices=[("", _("As the item"))] + [choice for choice in Level.choices if choice[0] != Level.OPEN],
        required=False,
    )
    role = forms.ChoiceField(label=_("Who leads"), required=False)
    extends = Lengths(
        label=_("A topic may be given more"),
        help_text=_("Minutes, one after the other: 2, 1."),
        max_length=40,
        required=False,
    )
    warns = forms.IntegerField(
        label=_("Say it so many seconds before the end"), min_value=0, max_value=14_400, required=False
    )
    hosts_stay = forms.BooleanField(label=_("One stays at each table"), required=False)

    MAIN = ("title", "minutes", "seconds", "clock", "says", "script", "grouping", "contribution")

    def __init__(self, *args: Any, roles: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [("", _("Nobody in particular")), *roles]  # type: ignore[attr-defined]

    def main(self) -> list[forms.BoundField]:
        return [self[name] for name in self.MAIN]

    def more(self) -> list[forms.BoundField]:
        return [field for field in self if field.name not in self.MAIN]

    def has_more(self) -> bool:
        """Whether something is said, or wrong, in what is folded away."""
        return any(field.errors for field in self.more())

    def step(self) -> Step:
        said = dict(self.cleaned_data)
        seconds = said.pop("minutes") * 60 + said.pop("seconds")
        for name in ("group_size", "each", "warns"):
            said[name] = said[name] or 0
        said["clock"], said["grouping"] = Clock(said["clock"]), Grouping(said["grouping"])
        said["contribution"], said["shows"] = Contribution(said["contribution"]), Visibility(said["shows"])
        return Step(seconds=seconds, **said)


class Whole(BaseFormSet):
    """Forms of which none may be left empty, in whatever order they were added."""

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        return {**super().get_form_kwargs(index), "empty_permitted": False}


def _several(form: type[forms.Form], most: int) -> type[BaseFormSet]:
    return formset_factory(form, Whole, extra=0, max_num=most, validate_max=True, absolute_max=most + 1)


RoleForms = _several(RoleForm, faults.MOST_ROLES)
PartForms = _several(PartForm, faults.MOST_STEPS)
StepForms = _several(StepForm, faults.MOST_STEPS)
