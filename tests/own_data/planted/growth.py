"""His hours, his certificate and his skills; opportunities, and pitches."""

from datetime import timedelta

from django.utils.timezone import now

from peerhood.growth.models import (
    Certificate,
    Cycle,
    Entry,
    Interest,
    OpenToTalk,
    Opportunity,
    OpportunityReport,
    OutsideEvent,
    Pitch,
    PitchCard,
    SkillFigure,
    SkillFigureAnswer,
    Uncounted,
    YearSummary,
)
from tests.own_data.planted.cast import Cast
from tests.own_data.planted.words import NAME, SHARED


def plant(cast: Cast) -> None:
    _hours(cast)
    _skills(cast)
    _opportunities(cast)
    _pitches(cast)


def _hours(cast: Cast) -> None:
    ben = cast.ben
    Entry.objects.create(
        person=ben,
        gathering=cast.gathering,
        title="canarylesson",
        day=now().date(),
        quarters=4,
        learned="canarylearned",
        reflection="canaryreflection",
        evidence="canaryevidence",
    )
    Cycle.objects.create(person=ben, certification="pmp", starts_on="2026-01-01", ends_on="2028-12-31")
    Certificate.objects.filter(holder=ben).update(
        name=NAME,
        title="canarycertificate",
        outcomes="canaryoutcome",
        withdrawn_at=now(),
        withdrawn_with="canaryreason",
    )
    YearSummary.objects.create(owner=ben, year=2026, words="canaryyear")
    Uncounted.objects.create(owner=ben, gathering=cast.gathering)


def _skills(cast: Cast) -> None:
    """What he said of himself, shares and helps with is in the world already, and where he goes."""
    figure = SkillFigure.objects.create(circle=cast.circle, key="own-1", counts=[0, 0, 6, 0, 0])
    SkillFigureAnswer.objects.create(figure=figure, person=cast.ben, level=3)
    OutsideEvent.objects.filter(circle=cast.circle).update(why=SHARED, place=SHARED)


def _opportunities(cast: Cast) -> None:
    """Ben tells of one, is interested in Ada's and reports it, and is open to talk."""
    ben, day, until = cast.ben, now().date(), now() + timedelta(days=9)
    said = {"circle": cast.circle, "kind": "job", "last_day": day, "dated_on": day}
    Opportunity.objects.create(author=ben, title="canaryjob", text="canaryjob", **said)
    theirs = Opportunity.objects.create(author=cast.ada, title="A desk", **said)
    Interest.objects.create(opportunity=theirs, person=ben, words="canaryinterest")
    OpportunityReport.objects.create(opportunity=theirs, by=ben, text="canaryreport")
    to_talk = OpenToTalk.objects.create(person=ben, kinds=["job"], words="canarytalk", ends_at=until)
    to_talk.circles.add(cast.circle)


def _pitches(cast: Cast) -> None:
    """Ada listened to his, and he to hers."""
    mine = Pitch.objects.create(person=cast.ben, title="canarypitch", text="canarypitch")
    PitchCard.objects.create(pitch=mine, peer=cast.ada, heard="Much.", written_at=now())
    hers = Pitch.objects.create(person=cast.ada, title="Hers", text="Hers.")
    PitchCard.objects.create(pitch=hers, peer=cast.ben, heard="canaryheard", stayed="canarystayed")
