"""What organisers say of their circle, and of how people join it."""

from datetime import date
from zoneinfo import available_timezones

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from peerhood.circles.models import Circle
from peerhood.circles.models.house import is_domain
from peerhood.design.forms import ChoiceCards, LocalDate
from peerhood.people.forms import OneLine

MOST_QUESTIONS = 6
LONGEST_QUESTION = 200
MOST_DOMAINS = 20


class CircleForm(forms.ModelForm):
    """What a circle says of itself."""

    time_zone = forms.ChoiceField(label=_("Time zone"))
    agreement = forms.CharField(
        label=_("What members agree to"),
        required=False,
        max_length=4000,
        widget=forms.Textarea,
        help_text=_(
            "What everybody says yes to when they join. Other words here, and members are asked again."
        ),
    )
    field_order = ["name", "purpose", "eligibility", "agreement"]

    class Meta:
        model = Circle
        fields = ["name", "purpose", "eligibility", "town", "founded_on", "language", "time_zone", "kind"]
        help_texts = {
            "purpose": _("One or two sentences: who meets, and what for."),
            "eligibility": _("What somebody should do or be to feel at home here."),
            "founded_on": _("Its years are counted from this day. Left empty, from the day it came here."),
            "kind": _("A circle by invitation, or within one employer, is shown to nobody outside."),
        }
        widgets = {"kind": ChoiceCards, "founded_on": LocalDate}

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        agreement = self.instance.current_agreement()
        self.fields["agreement"].initial = agreement.text if agreement else ""
        here = [zone for zone in available_timezones() if zone.startswith(("Europe/", "Atlantic/"))]
        zones = sorted({*here, "UTC", self.instance.time_zone})
        self.fields["time_zone"].choices = [(zone, zone.replace("_", " ")) for zone in zones]  # type: ignore[attr-defined]

    def clean_founded_on(self) -> date | None:
        founded_on = self.cleaned_data["founded_on"]
        if founded_on and founded_on > localdate():
            raise forms.ValidationError(gettext("This day is still to come."))
        return founded_on


class EntranceForm(forms.Form):
    """The two ways in, the circle's own questions, and the addresses of its house."""

    leading_route = OneLine(
        label=_("The first way in"),
        required=False,
        max_length=160,
        help_text=_("Who comes because it is their work. Left empty, it says: “I lead this kind of work.”"),
    )
    curious_route = OneLine(
        label=_("The second way in"),
        required=False,
        max_length=160,
        help_text=_("Who comes to learn. Left empty, it says: “I am curious, and willing to share.”"),
    )
    member_limit = forms.IntegerField(
        label=_("How many at most"),
        required=False,
        min_value=1,
        max_value=5000,
        help_text=_("Left empty, as many as come. Nobody is dropped when there are more already."),
    )
    questions = forms.CharField(
        label=_("Your questions"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One on each line, six at most. Two are usually enough."),
    )
    domains = forms.CharField(
        label=_("Addresses of your house"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2, "spellcheck": "false", "autocapitalize": "none"}),
        help_text=_(
            "What stands after the @, one on each line. Whoever has proven such an address sees this circle "
            "and may join at once; nobody else learns that it exists."
        ),
    )

    def __init__(self, *args, circle: Circle, **kwargs) -> None:
        kwargs["initial"] = {
            "leading_route": circle.leading_route,
            "curious_route": circle.curious_route,
            "member_limit": circle.member_limit,
            "questions": "\n".join(circle.questions),
            "domains": "\n".join(house.domain for house in circle.houses.all()),
        }
        super().__init__(*args, **kwargs)
        if circle.kind != Circle.Kind.IN_HOUSE:
            # What an in-house circle once said is kept, and means nothing until it is one again.
            self.fields["domains"].disabled = True
            self.fields["domains"].widget = forms.HiddenInput()

    def clean_questions(self) -> list[str]:
        questions = _lines(self.cleaned_data["questions"])
        if len(questions) > MOST_QUESTIONS:
            raise forms.ValidationError(gettext("Six questions at most. Which would you leave out?"))
        if any(len(question) > LONGEST_QUESTION for question in questions):
            raise forms.ValidationError(gettext("A question has 200 characters at most."))
        return questions

    def clean_domains(self) -> list[str]:
        domains = [line.rpartition("@")[2].strip().lower() for line in _lines(self.cleaned_data["domains"])]
        for domain in domains:
            is_domain(domain)
            if len(domain) > 120:
                raise forms.ValidationError(is_domain.message)
        if len(domains) > MOST_DOMAINS:
            raise forms.ValidationError(gettext("Twenty at most."))
        return sorted(set(domains))


def _lines(text: str) -> list[str]:
    """Each line once, without the space around it, in order."""
    return list(dict.fromkeys(stripped for line in text.splitlines() if (stripped := line.strip())))
