"""Small things a host fills in: places, another circle."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from peerhood.circles.models import Circle
from peerhood.gatherings.models import Gathering, Part


class AnotherCircleForm(forms.Form):
    """Which circle to ask."""

    circle = forms.ModelChoiceField(
        Circle.objects.none(), label=_("Which circle?"), empty_label=_("Choose a circle")
    )

    def __init__(self, *args: Any, circles: QuerySet[Circle], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["circle"].queryset = circles  # type: ignore[attr-defined]


class CapacityForm(forms.Form):
    """How many places there are, in the parts this gathering has."""

    capacity = forms.IntegerField(label=_("Places in the room"), min_value=1, max_value=32_000)
    online_capacity = forms.IntegerField(label=_("Places online"), min_value=1, max_value=32_000)

    def __init__(self, *args: Any, gathering: Gathering, **kwargs: Any) -> None:
        sizes = {"capacity": gathering.capacity, "online_capacity": gathering.online_capacity}
        kwargs["initial"] = sizes
        super().__init__(*args, **kwargs)
        if Part.ROOM not in gathering.parts:
            del self.fields["capacity"]
        if Part.ONLINE not in gathering.parts:
            del self.fields["online_capacity"]


class OnlineForm(forms.Form):
    """The link to join; those with a seat read it from an hour before."""

    online_url = forms.URLField(
        label=_("Link for those who join online"), max_length=200, assume_scheme="https"
    )
