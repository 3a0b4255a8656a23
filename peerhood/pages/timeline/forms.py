"""A host's own words."""

from django import forms

from peerhood.gatherings.models import HostMessage


class WordsForm(forms.Form):
    """The field as the model says it; there is no row before something is written."""

    words = HostMessage._meta.get_field("words").formfield(widget=forms.Textarea(attrs={"rows": 4}))
