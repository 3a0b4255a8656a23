"""What somebody fills in to come."""

from typing import Any, ClassVar

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from peerhood.circles.models import Membership
from peerhood.gatherings.models import Gathering, Part, Rsvp
from peerhood.gatherings.permissions import can_see_guests
from peerhood.people.arrival import owner_of
from peerhood.people.models import Person


class AddressForm(forms.Form):
    """A visitor's way in; where they come, if it is held in a room and online."""

    email = forms.EmailField(
        label=_("Your e-mail"),
        help_text=_("No password. We send you a link to confirm."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    part = forms.ChoiceField(label=_("Where will you take part?"), choices=Part.choices)

    def __init__(self, *args: Any, gathering: Gathering, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not gathering.is_hybrid():
            del self.fields["part"]


class NameForm(forms.Form):
    """The name of somebody we do not know yet."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        help_text=_("As you say it. It stands on the guest list, which members see."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )


class WishesForm(forms.ModelForm):
    """What somebody who comes may tell the hosts. All of it may stay empty."""

    diet = forms.CharField(label=_("What I do not eat"), max_length=200, required=False)
    access = forms.CharField(
        label=_("What I need to take part"),
        max_length=300,
        required=False,
        help_text=_("Both are read by the hosts, and forgotten 30 days after."),
    )

    class Meta:
        model = Rsvp
        fields = ["shown_to", "wants_job", "quiet_start"]
        help_texts: ClassVar = {
            "shown_to": _("“The circle” is its members, and whoever else comes."),
            "wants_job": _(
                "Something to do at the beginning: it is easier to talk with a tray in your hands."
            ),
            "quiet_start": _("Nobody comes over at once; whoever greets you shows you a calm corner."),
        }


class PlaceForm(NameForm):
    """Their name, if we do not know it, whom they come with, and whom they bring."""

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

    where = forms.ChoiceField(label=_("Where will you take part?"), choices=Part.choices)

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
        if not gathering.is_hybrid():
            del self.fields["where"]
        # Guests come with a seat, and not into the line.
        for number in range(1, min(gathering.guests_allowed, gathering.free_seats() - 1) + 1):
            label = _("The name of a guest you bring") if number == 1 else _("Another guest")
            self.fields[f"guest_{number}"] = forms.CharField(label=label, max_length=120, required=False)

    def _others(self):
        """Fellow members, and whoever holds a place: all of them names this person can read anyway."""
        inside = (
            Membership.objects.inside().filter(circle__in=self.gathering.hosting_circles()).values("person")
        )
        members = Person.objects.visible_to(self.person).filter(pk__in=inside)
        held = self.gathering.rsvps.held().shown_to_others().values("person")
        known = Person.objects.filter(Q(pk__in=members.values("pk")) | Q(pk__in=held))
        return known.exclude(pk=self.person.pk).exclude(name="")

    def comes_with(self) -> Person | None:
        if address := self.cleaned_data.get("companion_email"):
            friend = owner_of(address.lower())
            return friend if friend and self.gathering.rsvps.held().filter(person=friend).exists() else None
        return self.cleaned_data.get("companion")

    def part(self) -> str:
        return self.cleaned_data.get("where", "")

    def guests(self) -> list[str]:
        names = [self.cleaned_data[name] for name in self.fields if name.startswith("guest_")]
        return [name for name in names if name]


class GuestsForm(forms.Form):
    """The guests somebody with a seat brings, in place of those named before; as many fields as there are places."""

    def __init__(self, *args, rsvp: Rsvp, **kwargs) -> None:
        gathering, named = rsvp.gathering, rsvp.guest_names
        kwargs.setdefault("initial", {f"guest_{number}": name for number, name in enumerate(named, 1)})
        super().__init__(*args, **kwargs)
        free = gathering.free_in(rsvp.part) + rsvp.guests_count
        for number in range(1, max(min(gathering.guests_allowed, free), len(named)) + 1):
            label = _("The name of a guest you bring") if number == 1 else _("Another guest")
            self.fields[f"guest_{number}"] = forms.CharField(label=label, max_length=120, required=False)

    def guests(self) -> list[str]:
        return [name for name in self.cleaned_data.values() if name]
