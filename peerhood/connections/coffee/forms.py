"""What one writes to ask somebody to coffee, and what an organiser and a member say of rounds."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_lazy as _

from peerhood.connections.coffee import asking, rounds
from peerhood.connections.models import Coffee, CoffeeCadence, CoffeeHabit
from peerhood.design.forms import ChoiceCards, LocalDate, LocalDateTime
from peerhood.people.models import Person


class CoffeeForm(forms.ModelForm):
    class Meta:
        model = Coffee
        fields = ["first_at", "second_at", "place", "words"]
        widgets = {
            "first_at": LocalDateTime,
            "second_at": LocalDateTime,
            "words": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args: Any, asker: Person, asked: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].help_text = _near_both(asker, asked)

    def clean_first_at(self) -> datetime:
        return _to_come(self.cleaned_data["first_at"])

    def clean_second_at(self) -> datetime:
        at = _to_come(self.cleaned_data["second_at"])
        if at == self.cleaned_data.get("first_at"):
            raise ValidationError(_("Choose two different times."))
        return at


def _to_come(at: datetime) -> datetime:
    if at <= now():
        raise ValidationError(_("This time is over."))
    if at > now() + asking.AT_LATEST:
        raise ValidationError(_("Choose a time within the next two months."))
    return at


def _near_both(asker: Person, asked: Person) -> Any:
    """Where both are, as far as it may be read."""
    name, theirs, mine = asked.first_name, asked.town_in_circles, asker.town
    if theirs and mine.strip().casefold() == theirs.strip().casefold():
        return _("You are both in %(town)s. A call is fine, too.") % {"town": theirs}
    if theirs and mine:
        towns = {"name": name, "theirs": theirs, "mine": mine}
        return _("%(name)s is in %(theirs)s, you are in %(mine)s: somewhere near both, or a call.") % towns
    if theirs:
        said = {"name": name, "theirs": theirs}
        return _("%(name)s is in %(theirs)s. Somewhere near both, or a call.") % said
    return _("Somewhere near both of you, or a call.")


class CadenceForm(forms.ModelForm):
    class Meta:
        model = CoffeeCadence
        fields = ["every_days", "next_on", "across_chapters"]
        widgets = {"every_days": ChoiceCards, "next_on": LocalDate}
        help_texts = {
            "next_on": _("At nine in the morning. Members are asked four days before."),
            "across_chapters": _("Members of the network and its other chapters may take part, too."),
        }

    def __init__(self, *args: Any, circle, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["every_days"].choices = CoffeeCadence.Every.choices  # type: ignore[attr-defined]
        if not rounds.may_cross_chapters(circle):
            del self.fields["across_chapters"]

    def clean_next_on(self):
        day = self.cleaned_data["next_on"]
        if day <= localdate():
            raise ValidationError(_("Choose a day to come: members need time to answer."))
        return day


class HabitForm(forms.ModelForm):
    class Meta:
        model = CoffeeHabit
        fields = ["every_round", "paused_until"]
        widgets = {"paused_until": LocalDate}
        help_texts = {"paused_until": _("From that day on you take part again. Leave it empty for no pause.")}
