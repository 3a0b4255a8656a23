"""A member story: what a member of the circle would tell, offered before anybody asks."""

from django.conf import settings
from django.db import models
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from peerhood.circles.models import Circle
from peerhood.gatherings.models.agenda_item import AgendaItem


class MemberStory(models.Model):
    """Offered by a member; on an agenda once somebody who runs a gathering has put it there."""

    circle = models.ForeignKey(Circle, models.CASCADE, related_name="member_stories")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="member_stories")
    title = models.CharField(_("What I would tell"), max_length=120)
    about = models.TextField(
        _("In a few lines"),
        max_length=600,
        blank=True,
        help_text=_("What happened, and what others can take from it."),
    )
    offered_at = models.DateTimeField(default=now)
    item = models.OneToOneField(
        AgendaItem, models.SET_NULL, null=True, blank=True, related_name="member_story"
    )
    # A member who listens to it once beforehand; None until somebody has said yes.
    buddy = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name_plural = "member stories"
        ordering = ["offered_at", "pk"]

    def __str__(self) -> str:
        return self.title
