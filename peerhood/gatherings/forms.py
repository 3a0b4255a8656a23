"""What people fill in. Forms check what was typed; what may be done is the acts' to say."""

from datetime import timedelta
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.forms import formset_factory
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from peerhood.circles.models import Circle, Membership
from peerhood.design.forms import LocalDateTime, LocalTime
from peerhood.gatherings.agenda import MOST_LINES, Line
from peerhood.gatherings.models import AgendaItem, Gathering, Series
from peerhood.gatherings.permissions import can_see_guests
from peerhood.gatherings.polling import FEWEST_SLOTS, MOST_SLOTS
from peerhood.people.arrival import owner_of
from peerhood.people.models import Person

WEEKDAYS = [
    (0, _("Monday")),
    (1, _("Tuesday")),
    (2, _("Wednesday")),
    (3, _("Thursday")),
    (4, _("Friday")),
    (5, _("Saturday")),
    (6, _("Sunday")),
]
WEEKS = [
    (1, _("The first")),
    (2, _("The second")),
    (3, _("The third")),
    (4, _("The fourth")),
    (5, _("The last")),
]


# Beyond this, a date is a slip of the finger.
FARTHEST = timedelta(days=731)


class AddressForm(forms.Form):
    """A visitor's way in."""

    email = forms.EmailField(
        label=_("Your e-mail"),
        help_text=_("No password. We send you a code to confirm."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class PlaceForm(forms.Form):
    """The name of somebody we do not know yet, and whom they come with."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        help_text=_("As you say it. It stands on the guest list, which members see."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    companion = forms.ModelChoiceField(
        Person.objects.none(),
        label=_("I am coming with"),
        required=False,
        empty_label=_("Nobody in particular"),
        help_text=_("You share a table in the first round, and meet others after that."),
    )
    companion_email = forms.EmailField(
        label=_("I am coming with"),
        required=False,
        help_text=_(
            "Their e-mail, once they have a place too. You share a table in the first round, "
            "and meet others after that."
        ),
    )

    def __init__(self, *args: Any, gathering: Gathering, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.gathering, self.person = gathering, person
        if person.name:
            del self.fields["name"]
        # Names are for members; somebody new writes an address they know, and learns nothing from it.
        if can_see_guests(person, gathering):
            del self.fields["companion_email"]
            self.fields["companion"].queryset = self._others().order_by("name", "pk")  # type: ignore[attr-defined]
        else:
            del self.fields["companion"]

    def _others(self):
        """Fellow members, and whoever holds a place: all of them names this person can read anyway."""
        inside = (
            Membership.objects.inside().filter(circle__in=self.gathering.hosting_circles()).values("person")
        )
        members = Person.objects.visible_to(self.person).filter(pk__in=inside)
        held = self.gathering.rsvps.held().values("person")
        known = Person.objects.filter(Q(pk__in=members.values("pk")) | Q(pk__in=held))
        return known.exclude(pk=self.person.pk).exclude(name="")

    def comes_with(self) -> Person | None:
        if address := self.cleaned_data.get("companion_email"):
            friend = owner_of(address.lower())
            return friend if friend and self.gathering.rsvps.held().filter(person=friend).exists() else None
        return self.cleaned_data.get("companion")


class GatheringForm(forms.ModelForm):
    """What a host can change. It ends when the agenda does, so there is no end to fill in."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    online_url = forms.URLField(
        label=_("Link for those who join online"), max_length=200, required=False, assume_scheme="https"
    )

    class Meta:
        model = Gathering
        fields = [
            *("title", "words", "starts_at", "capacity", "mode", "online_url"),
            *("place_name", "address", "directions", "hosts"),
        ]
        widgets = {
            "starts_at": LocalDateTime,
            "words": forms.Textarea(attrs={"rows": 5}),
            "directions": forms.Textarea(attrs={"rows": 2}),
            "hosts": forms.CheckboxSelectMultiple,
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["hosts"].queryset = self._helpers()  # type: ignore[attr-defined]
        self.fields["hosts"].required = False

    def _helpers(self):
        """Those who could host: the circles' organisers, hosts, facilitators, greeters, and who does already."""
        helping = Membership.objects.by_their_own_yes().filter(circle__in=self.instance.hosting_circles())
        helping = helping.exclude(role=Membership.Role.MEMBER).values("person")
        hosting = Gathering.hosts.through.objects.filter(gathering=self.instance.pk).values("person")
        return Person.objects.filter(Q(pk__in=helping) | Q(pk__in=hosting)).order_by("name", "pk")


class LineForm(forms.ModelForm):
    """One line of the agenda."""

    class Meta:
        model = AgendaItem
        fields = ["kind", "title", "length_minutes", "speaker", "confidentiality"]

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
    at = int(number) if number.isdecimal() else len(lines)
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


class SeriesForm(forms.ModelForm):
    """How often, when, where, and for how many; the template has filled in what it can."""

    weekday = forms.TypedChoiceField(label=_("Weekday"), choices=WEEKDAYS, coerce=int)
    week_of_month = forms.TypedChoiceField(
        label=_("Which one"),
        choices=WEEKS,
        coerce=int,
        help_text=_("Of its month. Every six weeks, the weeks count instead."),
    )

    class Meta:
        model = Series
        fields = [
            *("cadence", "week_of_month", "weekday", "starts_at_time", "capacity", "place_name", "address"),
        ]
        widgets = {"starts_at_time": LocalTime}


class PollForm(forms.Form):
    """Which dates to ask about; the fields are filled in with what the series would choose."""

    title = forms.CharField(label=_("What the gathering is about"), max_length=120)

    def __init__(self, *args: Any, starts: list | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(1, MOST_SLOTS + 1):
            given = starts[number - 1] if starts and number <= len(starts) else None
            self.fields[f"start_{number}"] = forms.DateTimeField(
                label=_("Date %(number)d") % {"number": number},
                widget=LocalDateTime,
                required=number <= FEWEST_SLOTS,
                initial=given,
            )

    def clean(self) -> dict:
        said = super().clean() or {}
        starts = [said[name] for name in self.fields if name.startswith("start_") and said.get(name)]
        for name in self.fields:
            if name.startswith("start_") and said.get(name) and not now() < said[name] < now() + FARTHEST:
                self.add_error(name, _("Choose a date within two years from now."))
        return {"title": said.get("title", ""), "starts": starts}


class AnotherCircleForm(forms.Form):
    """Which circle to ask."""

    circle = forms.ModelChoiceField(
        Circle.objects.none(), label=_("Which circle?"), empty_label=_("Choose a circle")
    )

    def __init__(self, *args: Any, circles: QuerySet[Circle], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["circle"].queryset = circles  # type: ignore[attr-defined]


class CapacityForm(forms.Form):
    capacity = forms.IntegerField(label=_("Places"), min_value=1, max_value=32_000)


class WalkInForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=120)
    email = forms.EmailField(label=_("E-mail"), required=False)
