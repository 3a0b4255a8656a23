"""Quiet hours, as they are filled in."""

from datetime import time

from django import forms

from peerhood.notices.quiet_hours import BEGIN, END


class QuietForm(forms.Form):
    quiet = forms.BooleanField(required=False)
    quiet_begins = forms.TimeField(required=False)
    quiet_ends = forms.TimeField(required=False)

    def chosen(self) -> tuple[time, time]:
        """From when until when; the same hour twice where none are wanted."""
        begins = self.cleaned_data["quiet_begins"] or BEGIN
        ends = self.cleaned_data["quiet_ends"] or END
        if not self.cleaned_data["quiet"]:
            return begins, begins
        # Never quiet is said with the switch; one hour twice is a slip.
        return (begins, ends) if begins != ends else (BEGIN, END)
