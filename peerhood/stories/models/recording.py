"""A recording of an open agenda item, kept elsewhere: here are its address, its chapters and what is said in it."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from peerhood.gatherings import confidentiality
from peerhood.gatherings.confidentiality import Surface
from peerhood.gatherings.models import AgendaItem, Gathering


class RecordingQuerySet(models.QuerySet):
    def allowed(self):
        """Of items that may still be recorded: an item that got a rule keeps its recording to itself."""
        return self.exclude(item__confidentiality__in=confidentiality.forbidding(Surface.RECORDING))

    def visible_to(self, person):
        """Of gatherings they may know of, in the order of the agenda."""
        seen = Gathering.objects.visible_to(person).order_by().values("pk")
        return self.allowed().filter(item__gathering__in=seen).order_by("item__position", "pk")

    def run_by(self, person):
        """Also those an item's rule keeps from everybody, for whoever may take them away."""
        return self.filter(item__gathering__in=Gathering.objects.run_by(person).order_by().values("pk"))


class Recording(models.Model):
    """It goes with its item."""

    class Kind(models.TextChoices):
        LINK = "link", _("A link")
        YOUTUBE = "youtube", "YouTube"
        VIMEO = "vimeo", "Vimeo"
        PEERTUBE = "peertube", "PeerTube"

    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="recordings")
    title = models.CharField(_("Title"), max_length=120)
    url = models.URLField(_("Address of the recording"), max_length=500)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.LINK)
    language = models.CharField(_("Language"), max_length=8, choices=settings.LANGUAGES)
    # Lines of a time and a title; read by recordings.chapters.
    chapters = models.TextField(pgettext_lazy("of a recording", "Chapters"), blank=True, max_length=4000)
    transcript = models.TextField(_("Transcript or captions"), blank=True, max_length=200_000)
    attached_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="recordings_attached"
    )
    attached_at = models.DateTimeField(default=now)
    # When whoever attached it said that whoever speaks agreed.
    agreed_at = models.DateTimeField()

    objects = RecordingQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "url"], name="one_recording_an_address")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("stories:recording", args=[self.pk])
