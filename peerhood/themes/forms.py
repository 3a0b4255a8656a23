from django import forms

from peerhood.themes.models import Theme


class ProposeForm(forms.ModelForm):
    class Meta:
        model = Theme
        fields = ["title", "question"]
        widgets = {"question": forms.Textarea(attrs={"rows": 3})}
