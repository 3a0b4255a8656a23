"""How forms look: every field is a question, a place to answer, a word of help, and what went wrong."""

from django import forms
from django.forms.renderers import TemplatesSetting


class FikaRenderer(TemplatesSetting):
    """``{{ form }}`` and ``{{ form.name.as_field_group }}`` come out as ``.field``."""

    form_template_name = "design/form.html"
    field_template_name = "design/field.html"
    formset_template_name = "design/formset.html"


class LocalDateTime(forms.DateTimeInput):
    """A day and a time in the gathering's own time zone, by the browser's picker."""

    input_type = "datetime-local"

    def __init__(self, attrs: dict | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")


class LocalDate(forms.DateInput):
    input_type = "date"

    def __init__(self, attrs: dict | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class LocalTime(forms.TimeInput):
    input_type = "time"

    def __init__(self, attrs: dict | None = None) -> None:
        super().__init__(attrs, format="%H:%M")


class ChoiceCards(forms.RadioSelect):
    """One answer of a few, laid out as cards."""

    template_name = "design/widgets/choices.html"


class ChoiceBoxes(forms.CheckboxSelectMultiple):
    """Several answers of a few, laid out as cards."""

    template_name = "design/widgets/choices.html"


class Toggle(forms.CheckboxInput):
    """On or off, at once clear which."""

    def __init__(self, attrs: dict | None = None) -> None:
        super().__init__({"role": "switch", **(attrs or {})})
