"""What one writes to be introduced, and to pass it on."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from peerhood.connections.introductions import queries
from peerhood.connections.models import Introduction
from peerhood.people.models import Person


class WishForm(forms.ModelForm):
    class Meta:
        model = Introduction
        fields = ["wish", "go_between", "reason"]
        widgets = {"reason": forms.Textarea(attrs={"rows": 4})}
        help_texts = {
            "wish": _("In your words: “has worked alone for ten years, too”."),
            "go_between": _("Somebody you keep. You do not hear whether they know anybody: they may pass it on, or not."),
            "reason": _("They read it, and so does whoever it reaches."),
        }  # fmt: skip

    def __init__(self, *args: Any, asker: Person, wanted: Person | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["go_between"].queryset = queries.kept_by(asker).order_by("name", "pk")  # type: ignore[attr-defined]
        if wanted:
            del self.fields["wish"]
        else:
            self.fields["wish"].required = True


class PassOnForm(forms.ModelForm):
    class Meta:
        model = Introduction
        fields = ["passed_to", "line"]
        labels = {"passed_to": _("To whom")}
        widgets = {"line": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "line": _("Why the two of them, in your words. It goes along with what was written to you.")
        }

    def __init__(self, *args: Any, introduction: Introduction, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        possible = queries.may_be_passed_to(introduction).order_by("name", "pk")
        self.fields["passed_to"].queryset = possible  # type: ignore[attr-defined]
        self.fields["passed_to"].required = True
        if not introduction.wish:
            # There is one answer, and no choice.
            self.fields["passed_to"].widget = forms.HiddenInput()
            self.initial["passed_to"] = introduction.wanted_id
