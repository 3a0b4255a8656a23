from django import forms

from peerhood.connections.models import Note
from peerhood.design.forms import LocalDate


class NoteForm(forms.ModelForm):
    class Meta:
        model = Note
        fields = ["text", "follow_up_on"]
        widgets = {"text": forms.Textarea(attrs={"rows": 5}), "follow_up_on": LocalDate()}
