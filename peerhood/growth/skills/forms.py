"""How one sees oneself, what one can help with, and a circle's own list."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peerhood.design.forms import ChoiceBoxes
from peerhood.growth.models import CircleSkill
from peerhood.growth.skills.lists import MOST, SkillList
from peerhood.packs import skills as packed
from peerhood.people.forms import OneLine

LEVEL, LINE = "level-", "line-"


class AssessForm(forms.Form):
    """A field a skill. What is skipped is not said."""

    def __init__(
        self, *args: Any, skills: SkillList, language: str, said: dict[str, int], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        pack = packed.current()
        names = [(number, pack.level(number, language)) for number in packed.LEVELS]
        levels = [(str(n), name if name == str(n) else f"{n} · {name}") for n, name in names]
        for key, name in skills.names.items():
            self.fields[f"{LEVEL}{key}"] = forms.ChoiceField(
                label=name,
                choices=[("", _("Not yet, or skip it")), *levels],
                widget=forms.RadioSelect,
                required=False,
                initial=str(said.get(key, "")),
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if {name for name in self.data if name.startswith(LEVEL)} - self.fields.keys():
            raise ValidationError(_("That is not on this list."))
        if not self.errors and not any(cleaned.values()):
            raise ValidationError(_("Answer at least one."))
        return cleaned

    def levels(self) -> dict[str, int]:
        """What was said, by key."""
        return {name.removeprefix(LEVEL): int(level) for name, level in self.cleaned_data.items() if level}


class HelpForm(forms.Form):
    keys = forms.MultipleChoiceField(
        label=gettext_lazy("I can help with"), required=False, widget=ChoiceBoxes, choices=[]
    )

    def __init__(self, *args: Any, skills: SkillList, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["keys"].choices = list(skills.names.items())  # type: ignore[attr-defined]


class ListForm(forms.Form):
    """A circle's own list: each line may get another name, or none; new ones stand below, a line each."""

    added = forms.CharField(
        label=gettext_lazy("New ones"),
        required=False,
        max_length=MOST * 125,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("A line each."),
    )

    def __init__(self, *args: Any, lines: list[CircleSkill], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number, skill in enumerate(lines, 1):
            self.fields[f"{LINE}{skill.pk}"] = OneLine(
                label=_("Line %(number)d") % {"number": number},
                required=False,
                max_length=120,
                initial=skill.name,
            )
        self.order_fields([name for name in self.fields if name != "added"])

    def clean_added(self) -> list[str]:
        line = OneLine(max_length=120)
        return [line.clean(each) for each in self.cleaned_data["added"].splitlines() if each.strip()]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if {name for name in self.data if name.startswith(LINE)} - self.fields.keys():
            raise ValidationError(_("The list was changed meanwhile. Look at it again."))
        return cleaned

    def names(self) -> dict[int, str]:
        """The name of each line, by its number; empty for one that goes."""
        lines = {name: said for name, said in self.cleaned_data.items() if name.startswith(LINE)}
        return {int(name.removeprefix(LINE)): said for name, said in lines.items()}
