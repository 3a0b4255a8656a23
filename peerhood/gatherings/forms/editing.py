"""What a host fills in about a gathering and its run of the day."""

from collections.abc import Iterable
from typing import Any, Self

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.forms import formset_factory
from django.utils.translation import gettext_lazy as _

from peerhood.circles.models import Membership
from peerhood.design.forms import LocalDateTime
from peerhood.gatherings.agenda import MOST_LINES, Line
from peerhood.gatherings.models import AgendaItem, Gathering
from peerhood.people.models import Person
from peerhood.platform.whole_numbers import whole_number


class PeopleField(forms.ModelMultipleChoiceField):
    """Some of the people offered. A number longer than a database takes is nobody's, as any other unknown one."""

    def clean(self, value: Any) -> Any:
        for said in value or ():
            if whole_number(str(said)) < 0:
                raise ValidationError(
                    self.error_messages["invalid_choice"], code="invalid_choice", params={"value": said}
                )
        return super().clean(value)


class GatheringForm(forms.ModelForm):
    """What a host can change. It ends when the agenda does, so there is no end to fill in."""

    # Asked for in a part of their own; most gatherings leave them as they are.
    OF_PLACES = ("online_capacity", "policy", "needs_approval", "guests_allowed")

    version = forms.IntegerField(widget=forms.HiddenInput)
    online_url = forms.URLField(
        label=_("Link for those who join online"), max_length=200, required=False, assume_scheme="https"
    )

    class Meta:
        model = Gathering
        fields = [
            *("title", "purpose", "words", "starts_at", "capacity", "mode", "online_url"),
            *("place_name", "address", "directions", "hosts"),
            *("online_capacity", "policy", "needs_approval", "guests_allowed"),
        ]
        field_classes = {"hosts": PeopleField}
        widgets = {
            "purpose": forms.Textarea(attrs={"rows": 2}),
            "starts_at": LocalDateTime,
            "words": forms.Textarea(attrs={"rows": 5}),
            "directions": forms.Textarea(attrs={"rows": 2}),
            "hosts": forms.CheckboxSelectMultiple,
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["hosts"].queryset = self._helpers()  # type: ignore[attr-defined]
        self.fields["hosts"].required = False
        self.fields["purpose"].required = True

    def main(self) -> list[forms.BoundField]:
        return [field for field in self.visible_fields() if field.name not in self.OF_PLACES]

    def places(self) -> list[forms.BoundField]:
        return [self[name] for name in self.OF_PLACES]

    def has_faulty_places(self) -> bool:
        return any(field.errors for field in self.places())

    def _helpers(self):
        """Those who could host: the circles' organisers, hosts, facilitators, greeters, and who does already."""
        helping = Membership.objects.by_their_own_yes().filter(circle__in=self.instance.hosting_circles())
        helping = helping.exclude(role=Membership.Role.MEMBER).values("person")
        hosting = Gathering.hosts.through.objects.filter(gathering=self.instance.pk).values("person")
        return Person.objects.filter(Q(pk__in=helping) | Q(pk__in=hosting)).order_by("name", "pk")


class ReachForm(forms.Form):
    """Whether a change is about one gathering of a series or about all that follow it, too."""

    ONE, ALL = "one", "all"
    reach = forms.ChoiceField(
        label=_("What does this change?"),
        choices=[(ONE, _("Only this one")), (ALL, _("This one and all that follow"))],
        initial=ONE,
        widget=forms.RadioSelect,
        help_text=_(
            "Title, place, directions, mode, places, hour and agenda go on to the others and to the series. "
            "Each keeps its day, its speakers and its materials."
        ),
    )
    # The versions of those that follow, as they were when the page was read: "12:3,15:0".
    seen = forms.CharField(required=False, max_length=4000, widget=forms.HiddenInput)

    @classmethod
    def about(cls, following: Iterable[Gathering]) -> Self:
        return cls(initial={"seen": ",".join(f"{one.pk}:{one.version}" for one in following)})

    def is_about_all(self) -> bool:
        return self.cleaned_data["reach"] == self.ALL

    def versions(self) -> dict[int, int]:
        pairs = (pair.partition(":") for pair in self.cleaned_data["seen"].split(","))
        return {whole_number(pk): whole_number(at) for pk, _colon, at in pairs}


class LineForm(forms.ModelForm):
    """One line of the agenda."""

    class Meta:
        model = AgendaItem
        fields = ["kind", "title", "length_minutes", "speaker", "confidentiality", "materials"]
        widgets = {"materials": forms.Textarea(attrs={"rows": 2})}

    length_minutes = forms.IntegerField(label=_("Minutes"), min_value=1, max_value=600)
    # Which item this line was read from, so that it stays that item whatever else is changed about it.
    item_pk = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def line(self) -> Line:
        return Line(**self.cleaned_data)


AgendaForms = formset_factory(
    LineForm, extra=0, min_num=1, validate_min=True, max_num=MOST_LINES, validate_max=True
)


def moved(lines: list[dict], change: str) -> tuple[list[dict], int]:
    """Do "add", or "up-2", "down-2", "remove-2" to rows as typed; return them and the row to look at next.

    >>> moved(["a", "b", "c"], "up-1")
    (['b', 'a', 'c'], 0)
    >>> moved(["a", "b", "c"], "remove-2")
    (['a', 'b'], 1)
    """
    act, _dash, number = change.partition("-")
    at = whole_number(number, len(lines))
    lines = list(lines)
    if act == "add" and len(lines) < MOST_LINES:
        lines.append({"kind": AgendaItem.Kind.TALK, "length_minutes": 15})
    elif act == "remove" and at < len(lines) > 1:
        del lines[at]
        at = min(at, len(lines) - 1)
    elif act in {"up", "down"} and 0 <= (to := at + (1 if act == "down" else -1)) < len(lines):
        lines[at], lines[to] = lines[to], lines[at]
        at = to
    return lines, at
