"""What organisers say of members, and answer to those who would like to be."""

from django import forms
from django.utils.translation import gettext_lazy as _

from peerhood.circles.models import Membership
from peerhood.design.forms import ChoiceCards


class RoleForm(forms.ModelForm):
    """A member's role, and whether they are a contact person."""

    class Meta:
        model = Membership
        fields = ["role", "is_contact"]
        widgets = {"role": ChoiceCards}
        help_texts = {"is_contact": _("Members see the names of the contact persons on the circle’s page.")}


class FilterForm(forms.Form):
    """Which part of the member list to show. What it does not understand, it leaves out."""

    q = forms.CharField(label=_("Name"), required=False, max_length=80)
    role = forms.ChoiceField(
        label=_("Role"), required=False, choices=[("", _("All roles")), *Membership.Role.choices]
    )
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("On the list")), *Membership.State.choices]
    )


class GreetForm(forms.Form):
    """What a greeter writes to a newcomer."""

    text = forms.CharField(label=_("Your words"), max_length=2000, widget=forms.Textarea(attrs={"rows": 6}))


class ReasonForm(forms.Form):
    """Why: to somebody who applied, or who is taken off the list."""

    reason = forms.CharField(
        label=_("Why?"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
