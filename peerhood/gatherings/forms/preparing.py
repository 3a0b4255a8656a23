"""What a host asks those who come to prepare."""

from django import forms

from peerhood.gatherings.models import Preparation


class PreparationForm(forms.ModelForm):
    class Meta:
        model = Preparation
        fields = ["first_question", "second_question", "reading"]
        widgets = {"reading": forms.Textarea(attrs={"rows": 4})}
