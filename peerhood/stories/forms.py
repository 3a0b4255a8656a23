from django import forms

from peerhood.stories.models import Story


class StoryForm(forms.ModelForm):
    class Meta:
        model = Story
        fields = ["title", "teaser", "text"]
        widgets = {"text": forms.Textarea(attrs={"rows": 16})}


class EditForm(StoryForm):
    """``version`` is the one the writer read."""

    version = forms.IntegerField(widget=forms.HiddenInput)
