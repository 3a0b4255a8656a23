"""A comment under a story, a report of one, and who follows a story's comments by mail."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from peerhood.stories.models.story import Story

MAY_BE_EDITED_FOR = timedelta(minutes=10)


class CommentQuerySet(models.QuerySet):
    def standing(self):
        """What readers see, or of which they see that it was taken away."""
        return self.exclude(state=Comment.State.HELD).order_by("created_at", "pk")

    def held(self):
        """What waits for a moderator, the oldest first."""
        return self.filter(state=Comment.State.HELD).order_by("created_at", "pk")

    def to_look_at(self, moderator):
        """What stands, and somebody reported since anybody looked; never the moderator's own words."""
        reported = CommentReport.objects.filter(comment=models.OuterRef("pk"), closed_at=None)
        others = self.filter(models.Q(author=None) | ~models.Q(author=moderator))
        return others.filter(models.Exists(reported), state=Comment.State.SHOWN).order_by("created_at", "pk")


class Comment(models.Model):
    """By a member, or by a guest who is nobody here: a name, and for a while an address that is never shown."""

    class State(models.TextChoices):
        SHOWN = "shown", _("Shown")
        HELD = "held", pgettext_lazy("comment", "Held")
        HIDDEN = "hidden", _("Hidden")
        WITHDRAWN = "withdrawn", _("Taken back")

    story = models.ForeignKey(Story, models.CASCADE, related_name="comments")
    # A comment that is answered stays as an empty place, so that no answer hangs in the air.
    parent = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="replies")
    depth = models.PositiveSmallIntegerField(default=0)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="comments"
    )
    guest_name = models.CharField(max_length=80, blank=True)
    # Emptied as soon as a moderator has decided, and after a month in any case.
    guest_address = models.EmailField(blank=True)
    is_told = models.BooleanField(default=False)
    text = models.TextField(_("Comment"), max_length=4000, help_text=_("Markdown works."))
    language = models.CharField(max_length=8, choices=settings.LANGUAGES)
    state = models.CharField(max_length=10, choices=State, default=State.SHOWN)
    created_at = models.DateTimeField(default=now)
    edited_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=0)
    hidden_reason = models.CharField(_("Why"), max_length=200, blank=True)

    objects = CommentQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["story", "state", "created_at"], name="comments_in_order")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="hidden") | ~Q(hidden_reason=""), name="comment_hidden_for_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(guest_address="") | Q(state="held", author=None),
                name="comment_address_while_held",
            ),
        ]

    def __str__(self) -> str:
        return "A comment"

    def get_absolute_url(self) -> str:
        return f"{self.story.get_absolute_url()}#comment-{self.pk}"

    def is_shown(self) -> bool:
        return self.state == self.State.SHOWN

    def is_held(self) -> bool:
        return self.state == self.State.HELD

    def is_hidden(self) -> bool:
        return self.state == self.State.HIDDEN

    def is_by_guest(self) -> bool:
        return self.author_id is None and bool(self.guest_name)

    def is_fresh(self) -> bool:
        """May its author still change it?"""
        return now() < self.created_at + MAY_BE_EDITED_FOR


class CommentReport(models.Model):
    """A word to the moderators; whoever wrote the comment never reads it."""

    comment = models.ForeignKey(Comment, models.CASCADE, related_name="reports")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="comment_reports")
    text = models.CharField(_("What is wrong with it?"), max_length=300)
    created_at = models.DateTimeField(default=now)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["comment", "by"], name="one_report_of_a_comment_each")]

    def __str__(self) -> str:
        return "A report of a comment"


class Following(models.Model):
    """Somebody gets a mail when a comment is added. Known to them alone."""

    story = models.ForeignKey(Story, models.CASCADE, related_name="followings")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="story_followings")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["story", "person"], name="one_following_each")]

    def __str__(self) -> str:
        return "A following"
