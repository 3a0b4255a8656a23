"""A pitch, and a card about somebody else's."""

from django import forms

from peerhood.growth.models.pitch import Pitch, PitchCard


class PitchForm(forms.ModelForm):
    class Meta:
        model = Pitch
        fields = ["title", "text"]
        widgets = {"text": forms.Textarea(attrs={"rows": 8})}


class CardForm(forms.ModelForm):
    class Meta:
        model = PitchCard
        fields = ["heard", "stayed", "to_try"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in self.Meta.fields:
            self.fields[name].required = True
            self.fields[name].widget = forms.Textarea(attrs={"rows": 2, "maxlength": 400})
