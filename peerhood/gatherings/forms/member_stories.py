"""What a member would tell."""

from django import forms

from peerhood.gatherings.models import MemberStory


class MemberStoryForm(forms.ModelForm):
    class Meta:
        model = MemberStory
        fields = ["title", "about"]
        widgets = {"about": forms.Textarea(attrs={"rows": 3})}
