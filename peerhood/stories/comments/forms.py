"""What somebody fills in under a story."""

from django import forms
from django.utils.translation import gettext_lazy as _

from peerhood.stories.models import Comment, CommentReport

HONEY = "website"


class CommentForm(forms.ModelForm):
    class Meta:
        model = Comment
        fields = ["text"]
        widgets = {"text": forms.Textarea(attrs={"rows": 5})}


class GuestForm(CommentForm):
    """A visitor says who they are. The field that people do not see is drawn by the template."""

    name = forms.CharField(
        label=_("Your name"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    email = forms.EmailField(
        label=_("Your e-mail"),
        max_length=254,
        help_text=_(
            "Never shown. It is forgotten once your comment has been read, and after 30 days in any case."
        ),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    is_told = forms.BooleanField(label=_("Write to me when it appears"), required=False)
    field_order = ["text", "name", "email", "is_told"]


class EditCommentForm(CommentForm):
    """``version`` is the one its author read."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)


class ReportForm(forms.ModelForm):
    class Meta:
        model = CommentReport
        fields = ["text"]


class HideForm(forms.Form):
    reason = forms.CharField(
        label=_("Why"), max_length=200, help_text=_("It stands in the comment’s place, for everybody.")
    )
