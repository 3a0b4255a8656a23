"""A certificate: what somebody was at, as it was printed; and what a gathering gives certificates of.

Certificates are not connected to a membership or a job: they outlive both, and the gathering, too.
"""

import uuid

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from peerhood.gatherings.confidentiality import Surface
from peerhood.gatherings.models import Gathering
from peerhood.growth.models.entry import MOST_QUARTERS
from peerhood.growth.quarters import hours
from peerhood.people.models import Person

# All of it stands on one page.
MOST_OUTCOMES, LONGEST_OUTCOME = 8, 160
LONGEST_REASON = 300
TAKES_TIME = models.Q(quarters__gte=1, quarters__lte=MOST_QUARTERS)


class OnIt(models.Model):
    """What stands on a certificate beside its holder."""

    title = models.CharField(_("Title"), max_length=120)
    # One on each line.
    outcomes = models.TextField(
        _("Learning outcomes"),
        max_length=MOST_OUTCOMES * (LONGEST_OUTCOME + 2),
        help_text=_("One on each line, eight at most: what somebody who was there knows or can do now."),
    )
    quarters = models.PositiveSmallIntegerField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title

    @property
    def hours(self) -> str:
        return hours(self.quarters)

    @property
    def outcome_lines(self) -> list[str]:
        return self.outcomes.splitlines()


class CertificateOffer(OnIt):
    """That a gathering gives certificates, and what stands on them."""

    gathering = models.OneToOneField(Gathering, models.CASCADE, related_name="certificate_offer")
    # The achievement, in the words of Open Badges: the same for everybody who was there.
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    class Meta:
        constraints = [models.CheckConstraint(condition=TAKES_TIME, name="offer_takes_time")]


class Certificate(OnIt):
    """What one person was at, in the words that were printed."""

    holder = models.ForeignKey(Person, models.CASCADE, related_name="certificates")
    gathering = models.ForeignKey(Gathering, models.SET_NULL, null=True, related_name="certificates")
    # Random, so that an address cannot be guessed; it is the printed id, too.
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    achievement_uid = models.UUIDField(editable=False)
    name = models.CharField(max_length=120)
    provider = models.CharField(max_length=120)
    day = models.DateField()
    language = models.CharField(max_length=8, choices=settings.LANGUAGES)
    issued_at = models.DateTimeField(default=now)
    withdrawn_at = models.DateTimeField(null=True)
    # Whoever runs the gathering says why; a holder need not.
    withdrawn_with = models.CharField(_("Why"), max_length=LONGEST_REASON, blank=True)

    class Meta:
        ordering = ["-day", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["holder", "gathering"], name="one_certificate_each"),
            models.CheckConstraint(condition=TAKES_TIME, name="certificate_takes_time"),
            models.CheckConstraint(
                condition=models.Q(withdrawn_with="") | models.Q(withdrawn_at__isnull=False),
                name="only_a_withdrawn_certificate_has_a_reason",
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("growth:certificate", args=[self.uid])

    @property
    def address(self) -> str:
        """Where anybody may ask whether it is valid."""
        return settings.SITE_URL + self.get_absolute_url()

    @property
    def is_valid(self) -> bool:
        return self.withdrawn_at is None

    @property
    def was_taken_back(self) -> bool:
        """By those who run the gathering, and not by its holder."""
        return bool(self.withdrawn_with)

    @property
    def is_discreet(self) -> bool:
        """Must it keep quiet about what it was? Asked anew each time: a level may have become stricter."""
        return self.gathering is not None and self.gathering.is_discreet_on(Surface.CALENDAR_DETAILS)

    @property
    def title_outside(self) -> str:
        return gettext("Network meeting") if self.is_discreet else self.title

    @property
    def provider_outside(self) -> str:
        return gettext("A professional network") if self.is_discreet else self.provider

    @property
    def outcomes_outside(self) -> list[str]:
        return [] if self.is_discreet else self.outcome_lines
