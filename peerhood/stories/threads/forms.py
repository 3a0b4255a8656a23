"""A question, something to moan about, and a reply."""

from django import forms
from django.utils.translation import gettext_lazy as _

from peerhood.design.forms import LocalDate
from peerhood.stories.models.thread import Reply, Thread


class MoanForm(forms.ModelForm):
    class Meta:
        model = Thread
        fields = ["title", "text"]
        widgets = {"text": forms.Textarea(attrs={"rows": 6})}


class QuestionForm(MoanForm):
    reply_by = forms.DateField(
        label=_("Reply by"), widget=LocalDate, help_text=_("After this day you get the replies in one mail.")
    )


class DayForm(forms.Form):
    reply_by = forms.DateField(label=_("Reply by"), widget=LocalDate)


class ReplyForm(forms.ModelForm):
    class Meta:
        model = Reply
        fields = ["text"]
        widgets = {"text": forms.Textarea(attrs={"rows": 4})}
