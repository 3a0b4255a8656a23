"""A cycle: from when to when somebody gathers hours for one certification."""

from django.conf import settings
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from peerhood.packs import cpd


class Cycle(models.Model):
    """One certification of one person, and the days of its cycle."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="cpd_cycles")
    certification = models.CharField(_("Certification"), max_length=40)
    starts_on = models.DateField(_("First day"))
    ends_on = models.DateField(_("Last day"))

    class Meta:
        ordering = ["-ends_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")), name="cycle_ends_after_start"
            ),
            models.UniqueConstraint(
                fields=["person", "certification", "starts_on"],
                name="one_cycle_from_a_day",
                violation_error_message=_("You have a cycle from that day for this certification."),
            ),
        ]

    def __str__(self) -> str:
        return cpd.said(self.rule.name, get_language() or "") if self.rule else self.certification

    @property
    def unit(self) -> str:
        """In what its hours are counted; empty when the pack no longer knows."""
        return cpd.said(self.rule.unit, get_language() or "") if self.rule else ""

    @cached_property
    def rule(self) -> cpd.Rule | None:
        """The version that holds; None when the pack no longer knows the certification."""
        return cpd.current().holding(self.certification, self.starts_on)
