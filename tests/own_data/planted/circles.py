"""Every way in which a circle names somebody: invited, listed, greeting, answering, reporting and reported."""

from django.utils.timezone import now

from peerhood.circles.models import Import, Invitation, Report, Seed
from peerhood.people.models import Person, PutAway, Silence
from tests.own_data.planted.cast import Cast
from tests.own_data.planted.words import MAIN, NAME


def plant(cast: Cast) -> None:
    _invite(cast)
    _import(cast)
    _welcome(cast)
    _report(cast)
    _seed(cast)
    _put_away(cast)


def _invite(cast: Cast) -> None:
    membership = cast.circle.memberships.get(person=cast.ben)
    membership.import_key = "li:canarykey-li"
    membership.save()
    Invitation.objects.create(
        membership=membership, by=cast.ada, name="Canaryson, B.", address=MAIN, employer="Canary Listed AB"
    )
    asked = Person.objects.create_user(None, name="Asked Askson")
    Invitation.objects.create(
        membership=cast.circle.memberships.create(person=asked, state="invited"),
        by=cast.ben,
        name="Asked by canary",
        address="asked@canary.example",
    )


def _import(cast: Cast) -> None:
    """He is on a list of Ada's, and has a list himself."""
    Import.objects.create(
        circle=cast.circle,
        by=cast.ada,
        file_name="contacts.csv",
        source="own",
        total_count=2,
        rows=[
            {"row": {"number": 1, "email": MAIN, "name": NAME}},
            {"row": {"number": 2, "email": "x@y.example"}},
        ],
    )
    Import.objects.create(circle=cast.circle, by=cast.ben, file_name="canarylist.csv", source="own", rows=[])


def _welcome(cast: Cast) -> None:
    """What he did for Chi and for the circle."""
    circle, ben = cast.circle, cast.ben
    theirs = circle.memberships.get(person=cast.chi)
    theirs.greeter, theirs.came_at = ben, now()
    theirs.save()
    theirs.applications.create(outcome="accepted", answered_by=ben, answered_at=now(), reason="Welcome.")
    theirs.removals.create(by=ben, reason="They asked for it.")
    agreement = circle.agreements.create(version=99, text="Be kind.", by=ben)
    agreement.acceptances.create(person=ben)
    circle.invitation_links.create(by=ben, token_digest="0", expires_at=now(), note="canarylinknote")
    circle.bulk_changes.create(by=ben, act="pause")


def _report(cast: Cast) -> None:
    said = {"circle": cast.circle, "by": cast.ada}
    Report.objects.create(**said, about=cast.ben, text="Told about him.")
    Report.objects.create(**said, about=cast.chi, text="Told.", closed_by=cast.ben, closed_at=now())


def _seed(cast: Cast) -> None:
    """One of his, and a yes to Ada's."""
    Seed.objects.create(
        planter=cast.ben, name="canaryseed", purpose="Peers.", language="en", time_zone="Europe/Stockholm"
    )
    grown = Seed.objects.filter(planter=cast.ada).first()
    grown.answers.create(person=cast.ben, person_key="0", said="yes")


def _put_away(cast: Cast) -> None:
    PutAway.objects.create(owner=cast.ben, about=cast.ada)
    PutAway.objects.get_or_create(owner=cast.ada, about=cast.ben)
    Silence.objects.create(owner=cast.ben, about=cast.ada, kind="not-with")
    Silence.objects.create(owner=cast.chi, about=cast.ben, kind="block")
