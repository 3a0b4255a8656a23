"""An entry: so many quarters of an hour somebody learned, with what they learned."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from peerhood.gatherings.confidentiality import Surface
from peerhood.gatherings.models import Gathering
from peerhood.growth.quarters import hours

# A day has no more.
MOST_QUARTERS = 96


class Entry(models.Model):
    """What one person learned on one day, and for how long."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="cpd_entries")
    # Set where the hours come from having been checked in. It counts once, whatever is pressed.
    gathering = models.ForeignKey(Gathering, models.SET_NULL, null=True, related_name="cpd_entries")
    title = models.CharField(_("What it was"), max_length=120)
    provider = models.CharField(_("Who gave it"), max_length=120, blank=True)
    day = models.DateField(_("Day"))
    quarters = models.PositiveSmallIntegerField()
    # Quarters by the sides of the pack; together no more than ``quarters``.
    split = models.JSONField(default=dict)
    is_education = models.BooleanField(
        _("Education"), default=True, help_text=_("Not ticked: you gave something back to the profession.")
    )
    learned = models.TextField(
        _("What I learned"), blank=True, max_length=2000, help_text=_("In your own words, without names.")
    )
    reflection = models.TextField(
        _("Reflection"), blank=True, max_length=4000, help_text=_("For yourself: it is in no text to paste.")
    )
    evidence = models.CharField(
        _("Evidence"),
        blank=True,
        max_length=300,
        help_text=_("A link, or where you keep the programme, the receipt or the certificate."),
    )
    created_at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["-day", "-pk"]
        indexes = [models.Index(fields=["person", "day"], name="growth_entries_of_person")]
        constraints = [
            models.UniqueConstraint(fields=["person", "gathering"], name="a_gathering_counts_once"),
            models.CheckConstraint(
                condition=models.Q(quarters__gte=1, quarters__lte=MOST_QUARTERS), name="entry_takes_time"
            ),
        ]

    def __str__(self) -> str:
        return self.title_outside

    def get_absolute_url(self) -> str:
        return reverse("growth:entry", args=[self.pk])

    @property
    def hours(self) -> str:
        return hours(self.quarters)

    @property
    def is_discreet(self) -> bool:
        """Must what leaves keep quiet about what it was? Asked anew each time: a level may have become stricter."""
        return self.gathering is not None and self.gathering.is_discreet_on(Surface.CALENDAR_DETAILS)

    @property
    def title_outside(self) -> str:
        return gettext("Network meeting") if self.is_discreet else self.title

    @property
    def provider_outside(self) -> str:
        return gettext("A professional network") if self.is_discreet else self.provider
