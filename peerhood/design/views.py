"""The living page, which shows every component in every state."""

from datetime import datetime, timedelta

from django import forms
from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils.timezone import get_current_timezone, now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from peerhood.design.forms import ChoiceBoxes, ChoiceCards, LocalDateTime, Toggle

BEHAVIOURS = [
    f"design/{name}.js"
    for name in ("round-timer", "dot-stepper", "file-drop", "confirm-dialog", "character-count")
]
ICONS = ["calendar", "users", "coffee", "map-pin", "clock", "lightbulb", "book-open", "shuffle", "lock"]
SIZES = [
    ("one", _("One, a PMO of one")),
    ("two", _("Two")),
    ("few", _("Three to five")),
    ("many", _("Six or more")),
]
TOPICS = [
    ("value", _("The value of the office")),
    ("alone", _("Being alone in the job")),
    ("tools", _("Tools")),
]


class Specimen(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label=_("Your name"), help_text=_("As you say it."), max_length=80)
    email = forms.EmailField(label=_("Your e-mail"))
    starts_at = forms.DateTimeField(label=_("Starts"), widget=LocalDateTime)
    language = forms.ChoiceField(label=_("Language"), choices=[("en", "English"), ("sv", "Svenska")])
    size = forms.ChoiceField(label=_("How many are you?"), choices=SIZES, widget=ChoiceCards)
    topics = forms.MultipleChoiceField(
        label=_("What would you like to talk about?"), choices=TOPICS, widget=ChoiceBoxes, required=False
    )
    note = forms.CharField(
        label=_("Anything the hosts should know?"), widget=forms.Textarea, max_length=300, required=False
    )
    agreed = forms.BooleanField(
        label=_("I keep to the circle’s agreement"), help_text=_("Use what you learn. Never say who said it.")
    )
    reminded = forms.BooleanField(label=_("Remind me the day before"), widget=Toggle, required=False)
    locked = forms.CharField(label=_("Circle"), initial="Makers", disabled=True)


@require_safe
def living(request):
    answers = {"name": "", "email": "ada@", "starts_at": "soon", "language": "sv", "size": "few"}
    wrong = Specimen({f"wrong-{name}": answer for name, answer in answers.items()}, prefix="wrong")
    wrong.add_error(None, _("Two of the answers do not fit together. Nothing was saved."))
    return render(
        request,
        "design/living.html",
        {
            "form": Specimen(initial={"size": "one", "starts_at": _example_day(), "reminded": True}),
            "wrong": wrong,
            "behaviours": BEHAVIOURS,
            "icons": ICONS,
            "page": Paginator(range(70), 10).get_page(request.GET.get("page", 2)),
            **_example_times(),
        },
    )


@require_safe
def specimen(request, page):
    """A whole page made of nothing but the components, for others to copy."""
    return render(request, f"design/{page}.html", _example_times())


def _example_day() -> datetime:
    return datetime(now().year, 1, 21, 13, tzinfo=get_current_timezone())


def _example_times() -> dict:
    day, server_now = _example_day(), now()
    return {
        "starts_at": day,
        "ends_at": day + timedelta(hours=4),
        "evening": day + timedelta(days=40, hours=5),
        "evening_ends": day + timedelta(days=40, hours=8),
        "server_now": server_now,
        "round_ends_at": server_now + timedelta(seconds=161),
        "people": ["Maja Ek", "Sten Lind", "Ines Holm", "Nils Ahl"],
    }
