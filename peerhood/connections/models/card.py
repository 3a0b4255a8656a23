"""The contact cards that somebody holds out, and what was left with them."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _


class ContactCard(models.Model):
    """One of the two cards of a person, with what it says beside the name.

    The address is made of the seed and our secret key, and only its hash is kept: whoever reads the database
    can neither follow it nor make it.
    """

    class Kind(models.TextChoices):
        BADGE = "badge", _("For the badge")
        PHONE = "phone", _("For the phone")

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=5, choices=Kind)
    # Keys of cards.face.FIELDS; the name is always on it.
    shows = models.JSONField(default=list)
    seed = models.CharField(max_length=32)
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "kind"], name="one_contact_card_of_a_kind"),
            models.CheckConstraint(condition=Q(kind__in=["badge", "phone"]), name="contact_card_kind"),
        ]

    def __str__(self) -> str:
        return f"Contact card {self.pk}"


class OldCardAddress(models.Model):
    """The hash of an address that is handed out no longer. Whose it was is not kept."""

    token_hash = models.CharField(max_length=64, unique=True)
    ended_at = models.DateTimeField(default=now)

    def __str__(self) -> str:
        return f"Old address {self.pk}"


class LeftCard(models.Model):
    """Somebody scanned a card and left theirs: to its owner it is told that they said "we met"."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    leaver = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    # What the leaver agreed to show to the owner until both keep each other.
    shows = models.JSONField(default=list)
    left_at = models.DateTimeField(default=now)
    # The owner would rather not; the leaver does not learn of it.
    is_declined = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "leaver"], name="one_left_card_with_each"),
            models.CheckConstraint(condition=~Q(owner=F("leaver")), name="no_card_left_with_oneself"),
        ]

    def __str__(self) -> str:
        return f"Left card {self.pk}"
