"""A pulse is one line."""

from django import forms

from peerhood.stories.models.pulse import Pulse


class PulseForm(forms.ModelForm):
    class Meta:
        model = Pulse
        fields = ["ask"]
