"""An invitation link: whoever has it may join, or ask to, until it runs out."""

from django.conf import settings
from django.db import models
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from peerhood.circles.models.circle import Circle


class InvitationLink(models.Model):
    """A link an organiser gives away. Its token and the address it is for are known to their readers only.

    What is kept is the token's SHA-256, and of an address a hash under our own key: a thief
    of the database can neither use the link nor try out whom it was meant for.
    """

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        USED_UP = "used-up", _("Used up")
        EXPIRED = "expired", _("Expired")
        REVOKED = "revoked", _("Taken back")

    circle = models.ForeignKey(Circle, models.CASCADE, related_name="invitation_links")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    token_digest = models.CharField(max_length=64, unique=True)
    address_digest = models.CharField(max_length=64, blank=True)
    # So that its maker knows it again; nobody else sees it.
    note = models.CharField(_("A note to yourself"), max_length=80, blank=True)
    most_uses = models.PositiveSmallIntegerField(default=1)
    used_count = models.PositiveSmallIntegerField(default=0)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(used_count__lte=models.F("most_uses")), name="no_link_used_too_often"
            )
        ]

    def __str__(self) -> str:
        return f"Link {self.pk} into {self.circle}"

    @property
    def is_addressed(self) -> bool:
        return bool(self.address_digest)

    @property
    def state(self) -> str:
        if self.revoked_at:
            return self.State.REVOKED
        if self.used_count >= self.most_uses:
            return self.State.USED_UP
        return self.State.EXPIRED if self.expires_at <= now() else self.State.OPEN

    def get_state_display(self) -> str:
        return str(self.State(self.state).label)
