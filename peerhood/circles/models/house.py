"""A house: the part of an address after the @ that opens a circle within one employer."""

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from peerhood.circles.models.circle import Circle

DOMAIN = r"(?!-)[a-z0-9-]{1,63}(?<!-)(\.(?!-)[a-z0-9-]{1,63}(?<!-))+"
is_domain = RegexValidator(rf"\A{DOMAIN}\Z", _("This is not the end of an address, such as example.org."))


class House(models.Model):
    """People with a proven address at this domain see the in-house circle, and may join it at once."""

    circle = models.ForeignKey(Circle, models.CASCADE, related_name="houses")
    domain = models.CharField(max_length=120, validators=[is_domain])

    class Meta:
        ordering = ["domain"]
        constraints = [models.UniqueConstraint(fields=["circle", "domain"], name="one_house_per_domain")]

    def __str__(self) -> str:
        return self.domain
