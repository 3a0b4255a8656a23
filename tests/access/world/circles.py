"""Who comes and goes: an application, a link, a list, a report, two who compete; and a seed beside it."""

from peerhood.circles import competing, handing_over, reporting, together
from peerhood.circles import urls as circle_urls
from peerhood.circles.entering import links
from peerhood.circles.models import Import, Membership
from peerhood.circles.seeding import planting
from tests.access.world.kwargs import Kwargs
from tests.access.world.scene import Scene

OF_A_SEED = [
    f"circles:{pattern.name}" for pattern in circle_urls.urlpatterns if pattern.name.startswith("seed")
]


def plant(scene: Scene) -> Kwargs:
    circle, organiser, host, member = scene.circle, scene.organiser, scene.host, scene.member
    applied = circle.memberships.create(person=scene.newcomer, state=Membership.State.APPLIED)
    applied.applications.create(route="Curious.", answers=[["Why?", "I am alone at work."]])
    circle.agreements.create(version=1, text=f"What is said at {circle.name} stays there.")
    link, token = links.make(circle, by=organiser)
    handing_over.offer(circle.memberships.get(person=host), by=organiser)
    imported = Import.objects.create(
        circle=circle,
        by=organiser,
        file_name="members.csv",
        source="own",
        outcome={"planned": dict.fromkeys(("add", "invite", "update"), 0)},
    )
    competition = competing.declare(circle, "Lindvik", "Havsrud", by=organiser)
    report = reporting.report(circle, host, "They did not let anybody speak.", by=member)
    of_member = circle.memberships.get(person=member)
    changed = together.carry_out(circle, [of_member.pk], "greeter", by=organiser)
    together.carry_out(circle, [of_member.pk], "member", by=organiser)
    of_circle = scene.of_circle
    return {
        "circles": {**of_circle, "pk": applied.pk},
        "circles:report": {"pk": member.pk},
        "circles:report_detail": {**of_circle, "pk": report.pk},
        "circles:greet": {**of_circle, "pk": of_member.pk},
        "circles:greet_instead": {**of_circle, "pk": of_member.pk},
        "circles:undo_together": {**of_circle, "pk": changed.pk},
        "circles:conflict_withdraw": {**of_circle, "pk": competition.pk},
        "circles:follow": {"token": token},
        "circles:revoke_link": {**of_circle, "pk": link.pk},
        "circles:import": {**of_circle, "pk": imported.pk},
        "circles:import_confirm": {**of_circle, "pk": imported.pk},
        "circles:import_cancel": {**of_circle, "pk": imported.pk},
        **_seed(scene),
    }


def _seed(scene: Scene) -> Kwargs:
    """Whoever has the link may know of a seed; it is not the circle's, and does not name it."""
    seed = planting.draft(
        scene.organiser,
        name=f"A seed beside circle {scene.circle.pk}",
        purpose="Peers.",
        language="en",
        time_zone="Europe/Stockholm",
        threshold=300,
        size=400,
        themes=["Risk"],
    )
    token = planting.plant(seed, by=scene.organiser)
    return {route: {"pk": seed.pk, "token": token} for route in OF_A_SEED}
