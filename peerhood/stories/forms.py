"""What a writer fills in."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from peerhood.design.forms import LocalDateTime
from peerhood.gatherings.forms.editing import PeopleField
from peerhood.people.forms import OneLine
from peerhood.people.models import Person
from peerhood.stories.models import Newsroom, Picture, Story
from peerhood.stories.pictures.making import MOST_BYTES
from peerhood.stories.topics import tagging


class TopicsField(OneLine):
    """Words with commas between them: a list of at most five."""

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[str]:  # type: ignore[override]
        names = [name.strip() for name in super().to_python(value).split(",")]
        return list({tagging.slug_of(name): name for name in names if tagging.slug_of(name)}.values())

    def validate(self, value: Any) -> None:
        super().validate(value)
        if len(value) > tagging.MOST:
            raise forms.ValidationError(gettext("Five topics at most. Which would you leave out?"))
        if any(len(name) > 60 for name in value):
            raise forms.ValidationError(gettext("A topic has 60 characters at most."))


class AffiliationsField(forms.CharField):
    """Where somebody works, one on each line, without the empty ones."""

    widget = forms.Textarea(attrs={"rows": 2})

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        kwargs.setdefault("max_length", 400)
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        lines = [line.strip() for line in str(super().to_python(value) or "").splitlines()]
        return "\n".join(line for line in lines if line)


class StoryForm(forms.ModelForm):
    """``for_author``: it asks where they work. Of what is told without names, neither that nor another address is asked."""

    # What the preview and the search for names look at.
    WORDS = ("title", "teaser", "text")

    topics = TopicsField(
        label=_("Topics"),
        required=False,
        max_length=400,
        help_text=_("What it is about, five at most, with commas between them."),
    )
    affiliations = AffiliationsField(
        label=_("Under your name"),
        help_text=_(
            "Where you work, one on each line. It is read with your name, and stays when you change jobs."
        ),
    )
    canonical_url = forms.URLField(
        label=_("It was published first at"),
        required=False,
        max_length=300,
        assume_scheme="https",
        help_text=_("The address, if it stands elsewhere already. Search engines then look there."),
    )

    class Meta:
        model = Story
        fields = ["title", "teaser", "text", "topics", "affiliations", "is_members_only", "canonical_url"]
        widgets = {"text": forms.Textarea(attrs={"rows": 16})}

    def __init__(self, *args: Any, for_author: bool = True, is_named: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_named or not for_author:
            del self.fields["affiliations"]
        if not is_named:
            del self.fields["canonical_url"]
        if self.instance.pk:
            self.initial["topics"] = [topic.name for topic in self.instance.topics.all()]

    def words(self) -> list[str]:
        return [self[name].value() or "" for name in self.WORDS]


class EditForm(StoryForm):
    """``version`` is the one the writer read."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class PictureForm(forms.ModelForm):
    """Stands in the writer's own form, so that nothing typed is lost: filled in only when a picture is added."""

    use_required_attribute = False
    picture = forms.FileField(
        label=_("Picture"),
        help_text=_("JPEG, PNG or WebP. We make it anew and keep nothing else of the file."),
        widget=forms.FileInput({"accept": "image/jpeg,image/png,image/webp"}),
    )
    alt = OneLine(
        label=_("What it shows"),
        max_length=300,
        help_text=_("For whoever does not see it."),
    )
    credit = OneLine(
        label=_("Whose it is, and its licence"),
        max_length=200,
        help_text=_("It stands under the picture: “Photo: Kim Alm, CC BY 4.0”."),
    )

    class Meta:
        model = Picture
        fields = ["alt", "credit"]

    field_order = ["picture", "alt", "credit"]

    def content(self) -> bytes:
        """At most one byte more than may be read: what is larger is refused unopened."""
        return self.cleaned_data["picture"].read(MOST_BYTES + 1)


class ScheduleForm(forms.Form):
    """When to publish; left empty, now."""

    at = forms.DateTimeField(label=_("Publish at"), required=False, widget=LocalDateTime)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)


class WordForm(forms.ModelForm):
    class Meta:
        model = Story
        fields = ["sent_back_with"]
        widgets = {"sent_back_with": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sent_back_with"].required = True
        self.fields["sent_back_with"].help_text = _(
            "What it still needs. They read it in a mail and beside the draft."
        )


class NewsroomForm(forms.ModelForm):
    editors = PeopleField(
        label=_("Editors beside the organisers"),
        queryset=Person.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Newsroom
        fields = ["reviews_first", "editors"]
        labels = {"reviews_first": _("An editor reads each story before it is published")}

    def __init__(self, *args: Any, people, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["editors"].queryset = people  # type: ignore[attr-defined]


class AgreeForm(forms.Form):
    affiliations = AffiliationsField(
        label=_("Under your name"),
        help_text=_(
            "Where you work, one on each line. It is read with your name, and stays when you change jobs."
        ),
    )


class AskForm(forms.Form):
    person = forms.ModelChoiceField(label=_("Somebody of the circle"), queryset=Person.objects.none())

    def __init__(self, *args: Any, people, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people  # type: ignore[attr-defined]
