"""Circles, and who belongs to them."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_lazy as _

from peerhood.people.models import is_time_zone

# Words that stand where a circle's own word would stand in an address.
TAKEN_SLUGS = {"invitations", "new"}


def is_free_slug(slug: str) -> None:
    if slug in TAKEN_SLUGS:
        raise ValidationError(_("This word is taken."))


class CircleQuerySet(models.QuerySet):
    def visible_to(self, person):
        """Circles whose existence this person may know of: the closed ones only from inside."""
        if not person.is_authenticated:
            return self.filter(kind__in=Circle.OPEN_KINDS)
        inside = models.Exists(
            Membership.objects.inside().filter(circle=models.OuterRef("pk"), person_id=person.pk)
        )
        return self.filter(models.Q(kind__in=Circle.OPEN_KINDS) | inside)


class Circle(models.Model):
    """A group of peers that meets regularly. One with chapters is a network."""

    class Kind(models.TextChoices):
        OPEN = "open", _("Open to everyone")
        BY_APPLICATION = "application", _("By application")
        INVITATION_ONLY = "invitation", _("Invitation only")
        IN_HOUSE = "in-house", _("Within one employer")

    OPEN_KINDS = (Kind.OPEN, Kind.BY_APPLICATION)

    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="chapters")
    name = models.CharField(_("Name"), max_length=80)
    slug = models.SlugField(max_length=60, unique=True, validators=[is_free_slug])
    kind = models.CharField(_("Who can join"), max_length=12, choices=Kind, default=Kind.OPEN)
    purpose = models.TextField(_("What it is for"), max_length=2000)
    eligibility = models.TextField(_("Who it is for"), max_length=4000, blank=True)
    agreement = models.TextField(_("What members agree to"), max_length=4000, blank=True)
    language = models.CharField(_("Language"), max_length=8, choices=settings.LANGUAGES)
    time_zone = models.CharField(_("Time zone"), max_length=60, validators=[is_time_zone])
    town = models.CharField(_("Town"), max_length=80, blank=True)
    created_at = models.DateTimeField(default=now)

    objects = CircleQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("circles:detail", args=[self.slug])

    def is_closed(self) -> bool:
        """Nobody outside may learn that it exists."""
        return self.kind not in self.OPEN_KINDS

    def family(self) -> models.QuerySet["Circle"]:
        """This circle and those whose members may visit it: its parent and its sister chapters."""
        root = self.parent_id or self.pk
        return Circle.objects.filter(models.Q(pk=root) | models.Q(parent=root))


class MembershipQuerySet(models.QuerySet):
    def inside(self):
        """Memberships that open the circle's doors, a paused one too: pausing is not leaving."""
        return self.filter(state__in=Membership.INSIDE)

    def active(self):
        return self.filter(state=Membership.State.ACTIVE)

    def organising(self):
        return self.inside().filter(role=Membership.Role.ORGANISER)

    def contacts(self):
        return self.by_their_own_yes().filter(is_contact=True)

    def invited(self):
        return self.filter(state=Membership.State.INVITED)

    def applied(self):
        return self.filter(state=Membership.State.APPLIED)

    def on_the_list(self):
        """Whom a member list names: who is inside, and who was asked in."""
        return self.filter(state__in=[*Membership.INSIDE, Membership.State.INVITED])

    def known_to(self, organiser):
        """Memberships an organiser may see: not whom another one invited, until that person says yes (rule 7)."""
        invitations = Invitation.objects.filter(membership=models.OuterRef("pk"))
        mine = models.Exists(invitations.filter(by=organiser))
        # Whoever applied and was declined has no invitation, and is known to all organisers.
        somebody_elses = models.Q(state=Membership.State.INVITED) | (
            models.Q(state=Membership.State.DECLINED) & models.Exists(invitations)
        )
        return self.filter(mine | ~somebody_elses)

    def put_on_a_list(self):
        """Memberships an organiser's list made, which the person has not said yes to themselves."""
        return self.inside().filter(self._listed())

    def by_their_own_yes(self):
        """Memberships in which somebody stands by name: a list's word puts nobody forward (rule 7)."""
        return self.inside().exclude(self._listed())

    @staticmethod
    def _listed() -> models.Exists:
        return models.Exists(Invitation.objects.filter(membership=models.OuterRef("pk")))


class Membership(models.Model):
    """One person's place in one circle. It survives a change of employer and of address."""

    class Role(models.TextChoices):
        MEMBER = "member", _("Member")
        GREETER = "greeter", _("Greeter")
        HOST = "host", _("Host")
        FACILITATOR = "facilitator", _("Facilitator")
        ORGANISER = "organiser", _("Organiser")

    class State(models.TextChoices):
        APPLIED = "applied", _("Applied")
        INVITED = "invited", _("Invited")
        ACTIVE = "active", _("Active")
        PAUSED = "paused", _("Paused")
        LEFT = "left", _("Left")
        DECLINED = "declined", _("Declined")

    INSIDE = (State.ACTIVE, State.PAUSED)

    circle = models.ForeignKey(Circle, models.CASCADE, related_name="memberships")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships")
    role = models.CharField(_("Role"), max_length=12, choices=Role, default=Role.MEMBER)
    state = models.CharField(_("State"), max_length=10, choices=State, default=State.ACTIVE)
    joined_on = models.DateField(_("Member since"), default=localdate)
    is_contact = models.BooleanField(_("Contact person"), default=False)
    # Said by the member: "I may share a table with a competitor". Both must say it.
    sits_with_competitors = models.BooleanField(_("May share a table with competitors"), default=False)
    # What an import recognises somebody by who has no address, so that a list read twice adds nobody twice.
    import_key = models.CharField(max_length=60, null=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["circle", "person"], name="one_membership_each"),
            models.UniqueConstraint(fields=["circle", "import_key"], name="one_membership_per_import_key"),
        ]
        indexes = [models.Index(fields=["person", "state"], name="memberships_of_person")]

    def __str__(self) -> str:
        return f"{self.person} in {self.circle}"

    def is_inside(self) -> bool:
        return self.state in self.INSIDE


class Invitation(models.Model):
    """What one organiser's list says of a person; it stands until that person says yes or no themselves.

    Rule 7: while the membership is only invited, nobody but ``by`` sees it. And in every
    list of the circle these words stand in place of the person's own profile, so that an
    import tells nobody whether an address has an account, or in which name.
    """

    membership = models.ForeignKey(Membership, models.CASCADE, related_name="invitations")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    name = models.CharField(max_length=120)
    address = models.EmailField(blank=True)
    employer = models.CharField(max_length=120, blank=True)
    title = models.CharField(max_length=120, blank=True)
    town = models.CharField(max_length=80, blank=True)
    created_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["membership", "by"], name="one_invitation_each")]

    def __str__(self) -> str:
        return self.name

    def work(self) -> str:
        return ", ".join(filter(None, [self.title, self.employer]))


class Competition(models.Model):
    """Two employers that compete, as this circle's organisers see it (the conflict map)."""

    circle = models.ForeignKey(Circle, models.CASCADE, related_name="competitions")
    one = models.ForeignKey("people.Employer", models.CASCADE, related_name="+")
    other = models.ForeignKey("people.Employer", models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["circle", "one", "other"], name="one_competition_per_pair"),
            models.CheckConstraint(
                condition=models.Q(one__lt=models.F("other")), name="competition_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.one} and {self.other}"


class Import(models.Model):
    """A member list an organiser read in: first a preview, then, when confirmed, memberships.

    It is seen by whoever read it in, and by nobody else: a list of contacts is private.
    """

    class State(models.TextChoices):
        PREVIEW = "preview", _("Waiting for your yes")
        RUNNING = "running", _("Adding members")
        DONE = "done", _("Done")
        FAILED = "failed", _("Stopped")

    circle = models.ForeignKey(Circle, models.CASCADE, related_name="imports")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    file_name = models.CharField(max_length=200)
    source = models.CharField(max_length=20)
    # Parsed rows with what will happen to each; emptied when the import is done (retention).
    rows = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=State, default=State.PREVIEW)
    done_count = models.PositiveIntegerField(default=0)
    total_count = models.PositiveIntegerField(default=0)
    outcome = models.JSONField(default=dict)
    writes_to_invited = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=now)
    # When a batch was last added: a running import that has not moved was left behind by a crash.
    moved_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.file_name} into {self.circle}"
