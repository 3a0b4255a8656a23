"""What the member gained: a certificate, a skill, a conference, a job to tell of, and a pitch."""

from datetime import timedelta
from uuid import uuid4

from django.utils.timezone import localdate

from peerhood.growth import urls as growth_urls
from peerhood.growth.models import Assessment, Certificate, CircleSkill, Pitch, SkillOffer, SkillShare
from peerhood.growth.opportunities import moderating, posting
from tests.access.world.kwargs import Kwargs
from tests.access.world.scene import Scene

OF_A_GATHERING_BEHIND = [
    f"growth:{name}"
    for name in (
        "attended",
        "put_away",
        "bring_back",
        "fetch_certificate",
        "offer_certificates",
        "stop_certificates",
        "take_certificate_back",
    )
]
OF_A_CERTIFICATE = (
    *("certificate", "certificate_paper", "certificate_badge", "withdraw_certificate", "put_in_force"),
)
OF_SKILLS = (
    *("own_skills", "assess_own_skills", "circle_skills", "share_skills", "share_skills_no_more"),
    *("skill_list", "offer_help", "helpers", "in_circle"),
)
OF_AN_OUTSIDE_EVENT = [
    each.name for each in growth_urls.urlpatterns if str(each.pattern).startswith("outside/")
]
OF_AN_OPPORTUNITY = [
    *("opportunities", "post_opportunity", "open_to_talk_in", "reported_opportunities", "opportunity"),
    *("interested", "not_interested", "report_opportunity", "hide_opportunity", "show_opportunity"),
    *(f"{name}_opportunity" for name in ("edit", "close", "reopen", "renew", "remove")),
]
OF_A_PITCH = ("pitch", "edit_pitch", "remove_pitch", "pitch_peers", "ask_about_pitch", "take_pitch_back")


def plant(scene: Scene) -> Kwargs:
    of_year = {"year": localdate().year}
    return {
        # Hours are their owner's alone: whoever asks here has none, and the gathering is not over.
        "growth": {"pk": 0},
        **dict.fromkeys(OF_A_GATHERING_BEHIND, scene.of_gathering),
        "growth:year": of_year,
        "growth:year_paper": of_year,
        **_certificate(scene),
        # So is what somebody said of themselves; a circle's list and its outside events are its members'.
        **_skills(scene),
        **_outside_event(scene),
        **_opportunity(scene),
        **_pitches(scene),
    }


def _certificate(scene: Scene) -> Kwargs:
    certificate = Certificate.objects.create(
        holder=scene.member,
        gathering=scene.gathering,
        achievement_uid=uuid4(),
        name=scene.member.name,
        title=f"An evening of {scene.circle}",
        outcomes="Knows more.",
        provider=scene.circle.name,
        day=localdate(),
        quarters=4,
        language="en",
    )
    return {f"growth:{name}": {"uid": certificate.uid} for name in OF_A_CERTIFICATE}


def _skills(scene: Scene) -> Kwargs:
    """A list of the circle's own, which the member answered, shares and helps with."""
    circle, member = scene.circle, scene.member
    skill = CircleSkill.objects.create(circle=circle, name=f"Skill of {circle.name}", position=1)
    Assessment.objects.create(person=member, circle=circle, levels={skill.key: 3})
    SkillShare.objects.create(person=member, circle=circle)
    SkillOffer.objects.create(person=member, circle=circle, key=skill.key)
    return {f"growth:{name}": {**scene.of_circle, "key": skill.key} for name in OF_SKILLS}


def _outside_event(scene: Scene) -> Kwargs:
    """A conference that the member goes to."""
    day = localdate() + timedelta(days=30)
    conference = scene.circle.outside_events.create(
        listed_by=scene.member,
        title=f"Conference of {scene.circle.name}",
        starts_on=day,
        ends_on=day,
        is_online=True,
    )
    conference.going.create(person=scene.member, is_shown=True)
    return {f"growth:{name}": {**scene.of_circle, "pk": conference.pk} for name in OF_AN_OUTSIDE_EVENT}


def _opportunity(scene: Scene) -> Kwargs:
    """The member's, which the host reported."""
    opportunity = posting.post(
        scene.circle,
        by=scene.member,
        kind="job",
        title=f"A desk at {scene.circle.name}",
        last_day=localdate() + timedelta(days=9),
    )
    moderating.report(opportunity, "This is no job.", by=scene.host)
    return {f"growth:{name}": {**scene.of_circle, "pk": opportunity.pk} for name in OF_AN_OPPORTUNITY}


def _pitches(scene: Scene) -> Kwargs:
    """The organiser has asked the host, and the member has asked the organiser."""
    mine = Pitch.objects.create(person=scene.organiser, title="For a fair", text="I help.")
    theirs = Pitch.objects.create(person=scene.member, title="For a lift", text="I ask.")
    asked = mine.cards.create(peer=scene.host)
    to_write = theirs.cards.create(peer=scene.organiser)
    of_pitch = {"pk": mine.pk, "card_pk": asked.pk, "person_pk": scene.member.pk}
    return {
        **{f"growth:{name}": of_pitch for name in OF_A_PITCH},
        **{f"growth:{name}": {"pk": to_write.pk} for name in ("pitch_card", "put_pitch_card_away")},
    }
