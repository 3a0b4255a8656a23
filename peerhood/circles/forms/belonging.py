"""What people say when they join, pause, leave and hand over."""

from datetime import timedelta

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from peerhood.circles import handing_over
from peerhood.circles.entering.links import MOST_USES
from peerhood.circles.models import Circle, Handover, Membership
from peerhood.circles.pausing import today_in
from peerhood.design.forms import ChoiceCards, LocalDate
from peerhood.people.forms import OneLine
from peerhood.people.models import Person

LONGEST_PAUSE = timedelta(days=3 * 366)
MOST_CHOICES = 200


class ApplicationForm(forms.Form):
    """The way somebody comes, and the circle's own questions, each to be answered."""

    def __init__(self, *args, circle: Circle, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        # The circle's words keep its language among ours.
        own = '<span lang="{}">{}</span>'
        routes = [(route, format_html(own, circle.language, route)) for route in circle.routes()]
        self.fields["route"] = forms.ChoiceField(label=_("Which is you?"), choices=routes, widget=ChoiceCards)
        for number, question in enumerate(circle.questions):
            self.fields[f"answer_{number}"] = forms.CharField(
                label=format_html(own, circle.language, question),
                max_length=2000,
                widget=forms.Textarea(attrs={"rows": 4}),
            )

    def said(self) -> dict:
        answers = [answer for name, answer in self.cleaned_data.items() if name.startswith("answer_")]
        return {"route": self.cleaned_data["route"], "answers": answers}


class NameForm(forms.Form):
    """The name of somebody who comes in and has not told us yet."""

    name = OneLine(
        label=_("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )


class LinkForm(forms.Form):
    """An invitation link to be made."""

    address = forms.EmailField(
        label=_("For one address"),
        required=False,
        max_length=254,
        widget=forms.EmailInput({"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
        help_text=_(
            "Its owner joins at once; anybody else who gets the link can ask to join. We keep no address, "
            "and write to nobody: you send the link yourself."
        ),
    )
    most_uses = forms.IntegerField(
        label=_("How many may join by it"),
        min_value=1,
        max_value=MOST_USES,
        initial=1,
        help_text=_("A link for one address is for one person."),
    )
    days = forms.TypedChoiceField(
        label=_("How long it works"),
        coerce=int,
        initial=14,
        choices=[(7, _("A week")), (14, _("Two weeks")), (30, _("A month")), (90, _("Three months"))],
    )
    note = OneLine(
        label=_("A note to yourself"),
        required=False,
        max_length=80,
        help_text=_("So that you know it again. Only you see it."),
    )


class PauseForm(forms.Form):
    until = forms.DateField(
        label=_("Until"),
        required=False,
        widget=LocalDate,
        help_text=_("On that day you are back without doing anything. Left empty, you say when."),
    )

    def __init__(self, *args, circle: Circle, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.today = today_in(circle)

    def clean_until(self):
        until = self.cleaned_data["until"]
        if until and until <= self.today:
            raise forms.ValidationError(
                gettext("This day is not ahead of us. A pause ends tomorrow at the earliest.")
            )
        if until and until > self.today + LONGEST_PAUSE:
            raise forms.ValidationError(
                gettext("That is further ahead than we can promise. Leave it empty instead.")
            )
        return until


class LeaveForm(forms.Form):
    word = forms.CharField(
        label=_("A word to the organisers"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("They get it by mail, with your name. We keep it nowhere else."),
    )


class HandoverForm(forms.Form):
    """Whom to ask, and what the organiser does afterwards."""

    to = forms.ModelChoiceField(label=_("Whom do you ask?"), queryset=Membership.objects.none())
    afterwards = forms.ChoiceField(
        label=_("And then?"), choices=Handover.Afterwards, initial="stay", widget=ChoiceCards
    )

    def __init__(self, *args, circle: Circle, by: Person, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        could = handing_over.could_take_over(circle, by).select_related("person")
        self.fields["to"].queryset = could  # type: ignore[attr-defined]
        self.fields["to"].choices = [("", "–"), *self._named(could)]  # type: ignore[attr-defined]

    def _named(self, could):
        """Those who have a role first, and by name; in a large circle, whom the member list named as well."""
        named = [(one.pk, str(one.person)) for one in could.order_by("role", "person__name")[:MOST_CHOICES]]
        asked = str(self.initial.get("to") or self.data.get("to") or "")
        if asked.isdecimal() and len(asked) < 10 and int(asked) not in {pk for pk, _name in named}:
            named += [(one.pk, str(one.person)) for one in could.filter(pk=asked)]
        return named
