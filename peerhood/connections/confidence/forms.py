from django import forms

from peerhood.connections.models import ThankYou


class ThanksForm(forms.ModelForm):
    class Meta:
        model = ThankYou
        fields = ["text"]
        widgets = {"text": forms.Textarea(attrs={"rows": 4})}
