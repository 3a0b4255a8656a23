"""A membership: one person's place in one circle; and the invitation that may come before it."""

from django.conf import settings
from django.db import models
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_lazy as _

from peerhood.circles.models.circle import Circle


class MembershipQuerySet(models.QuerySet):
    def inside(self):
        """Memberships that open the circle's doors, a paused one too: pausing is not leaving."""
        return self.filter(state__in=Membership.INSIDE)

    def active(self):
        return self.filter(state=Membership.State.ACTIVE)

    def organising(self):
        """Whoever may act as an organiser, resting or not."""
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
    # Until when a pause lasts: on this day, in the circle's time zone, they are active again.
    paused_until = models.DateField(_("Until"), null=True, blank=True)
    # When they last came in; of whom a list brought before this was kept, nothing is said.
    came_at = models.DateTimeField(null=True)
    # Who is asked to welcome them, and when they did.
    greeter = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="newcomers"
    )
    greeted_at = models.DateTimeField(null=True)
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
            models.CheckConstraint(
                condition=models.Q(paused_until=None) | models.Q(state="paused"),
                name="only_a_pause_has_an_end",
            ),
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
