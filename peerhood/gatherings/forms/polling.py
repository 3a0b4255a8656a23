"""The dates a poll asks about."""

from typing import Any

from django import forms
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from peerhood.design.forms import LocalDateTime
from peerhood.gatherings.forms.series import FARTHEST
from peerhood.gatherings.polling import FEWEST_SLOTS, MOST_SLOTS


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
