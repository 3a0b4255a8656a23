"""Jobs, each with its dates, and the employers they are held at."""

from django.db import models
from django.db.models.functions import Lower
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from peerhood.people.models.person import Person


class Employer(models.Model):
    """An organisation people work for. Never a customer of ours: no page is made for employers."""

    name = models.CharField(max_length=120)
    sector = models.CharField(max_length=20, blank=True)
    town = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(Lower("name"), name="one_employer_per_name")]

    def __str__(self) -> str:
        return self.name


class Affiliation(models.Model):
    """A dated job at an employer. Changing it changes nothing else that is the person's."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="affiliations")
    employer = models.ForeignKey(Employer, models.PROTECT, related_name="affiliations")
    title = models.CharField(_("Title"), max_length=120, blank=True)
    started_on = models.DateField(_("From"), null=True, blank=True)
    ended_on = models.DateField(_("Until"), null=True, blank=True)

    class Meta:
        ordering = ["-started_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ended_on=None)
                | models.Q(started_on=None)
                | models.Q(ended_on__gte=models.F("started_on")),
                name="job_ends_after_it_starts",
            )
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.employer}" if self.title else str(self.employer)

    def is_current(self) -> bool:
        return self.ended_on is None or self.ended_on >= localdate()
