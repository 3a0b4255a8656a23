"""An agenda item: one line of the run of the day."""

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from peerhood.gatherings.confidentiality import TABLE, Level, Rule, Surface, allows, asks_something
from peerhood.gatherings.models.gathering import Gathering


class AgendaItem(models.Model):
    """One line of the run of the day."""

    class Kind(models.TextChoices):
        ARRIVAL = "arrival", _("Arrival")
        TALK = "talk", _("Talk")
        EXERCISE = "exercise", _("Exercise")
        MEMBER_STORY = "story", _("Member story")
        FIKA = "fika", _("Fika")
        MIXING = "mixing", _("Mixing")
        FORMAT = "format", _("Format")
        BALLOT = "ballot", _("Ballot")
        CLOSING = "closing", _("Closing")

    Confidentiality = Level

    gathering = models.ForeignKey(Gathering, models.CASCADE, related_name="agenda")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(_("Kind"), max_length=10, choices=Kind)
    title = models.CharField(_("Title"), max_length=120)
    length_minutes = models.PositiveSmallIntegerField(_("Minutes"))
    speaker = models.CharField(_("Who"), max_length=120, blank=True)
    materials = models.TextField(
        _("Materials"),
        blank=True,
        max_length=1000,
        help_text=_("Links, or what to bring. Markdown works."),
    )
    confidentiality = models.CharField(
        _("Confidentiality"), max_length=12, choices=Confidentiality, default=Confidentiality.OPEN
    )

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(length_minutes__gte=1), name="agenda_item_takes_time"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def length(self) -> timedelta:
        return timedelta(minutes=self.length_minutes)

    def has_promise(self) -> bool:
        """May less than everything be told outside?"""
        return asks_something(self.confidentiality)

    @property
    def rule(self) -> Rule:
        """What its level means and asks."""
        return TABLE[self.confidentiality]

    def is_led_in_public(self) -> bool:
        """May visitors read who leads it?"""
        return allows(self.confidentiality, Surface.SPEAKER_PUBLIC)

    def is_told_in_mails(self) -> bool:
        """May a mail or a letter say what it is about, and who leads it? Else it is of a kind."""
        return allows(self.confidentiality, Surface.MAIL_DETAILS)
