"""An elevator pitch, its owner's alone; and what those they asked wrote to them about it."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from peerhood.people.models import Person

MOST_ASKED = 5


class Pitch(models.Model):
    """What one would say of oneself in sixty seconds."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="pitches")
    title = models.CharField(_("For which occasion"), max_length=80)
    text = models.TextField(
        _("What you say"), max_length=1500, help_text=_("A hundred and fifty words are about a minute.")
    )
    changed_at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["-changed_at", "-pk"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("growth:pitch", args=[self.pk])


class PitchCardQuerySet(models.QuerySet):
    def visible_to(self, person):
        """Asked of them or for them, unless one of the two has blocked the other since."""
        seen = Person.objects.not_hidden_from(person).values("pk")
        both = self.filter(peer__in=seen, pitch__person__in=seen)
        return both.filter(models.Q(peer=person) | models.Q(pitch__person=person))

    def written(self):
        return self.filter(written_at__isnull=False)

    def waiting(self):
        """Neither written nor put away."""
        return self.filter(written_at=None, put_away_at=None)


class PitchCard(models.Model):
    """A peer was asked for a card, and may have written it. Read by the two and nobody else."""

    pitch = models.ForeignKey(Pitch, models.CASCADE, related_name="cards")
    peer = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    heard = models.CharField(_("What I heard you say"), max_length=400, blank=True)
    stayed = models.CharField(_("What stayed with me"), max_length=400, blank=True)
    to_try = models.CharField(_("One thing to try"), max_length=400, blank=True)
    asked_at = models.DateTimeField(default=now)
    written_at = models.DateTimeField(null=True)
    # By the peer, quietly: its owner reads no difference.
    put_away_at = models.DateTimeField(null=True)

    objects = PitchCardQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["pitch", "peer"], name="one_card_of_a_peer")]

    def __str__(self) -> str:
        return f"Card {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("growth:pitch_card", args=[self.pk])
