"""What members agreed to, what applicants wrote, and a link that is out."""

import secrets
from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any

from peerhood.circles.entering.links import digest_of
from peerhood.circles.models import Acceptance, Agreement, Application, InvitationLink, Membership
from peerhood.demo.network.planted import Planted
from peerhood.demo.network.rows import plant

AGREED_AGAIN_SHARE = 0.6


def plant_belonging(
    specs: Sequence[dict[str, Any]], memberships: Sequence[Membership], planted: Planted
) -> None:
    agreements = plant(agreement for spec in specs for agreement in _agreements(spec, planted))
    still_asked = {address for spec in specs for address in spec.get("still_asked", [])}
    plant(_acceptances(agreements, planted, still_asked))
    plant(_applications(specs, memberships))
    plant(_links(specs, planted))


def _agreements(spec: dict[str, Any], planted: Planted) -> Iterator[Agreement]:
    """What holds today; in one circle it is new, and something else held before."""
    circle, organiser = planted.circles[spec["slug"]], planted.people[spec["organisers"][0]]
    texts = [text.strip() for text in (spec.get("agreement_before"), spec["agreement"]) if text]
    days = [circle.created_at, planted.at - timedelta(days=5)]
    for version, (text, day) in enumerate(zip(texts, days, strict=False), 1):
        yield Agreement(circle=circle, version=version, text=text, by=organiser, written_at=day)


def _acceptances(
    agreements: Sequence[Agreement], planted: Planted, still_asked: set[str]
) -> Iterator[Acceptance]:
    """Everybody said yes when they joined; to new words, those who came by since."""
    draw = planted.draw("acceptances")
    for agreement in agreements:
        for membership in planted.members.get(agreement.circle.slug, []):
            person = membership.person
            came_by = draw.random() < AGREED_AGAIN_SHARE or agreement.by == person
            if agreement.version > 1 and (not came_by or person.email in still_asked):
                continue
            yield Acceptance(agreement=agreement, person=membership.person, accepted_at=agreement.written_at)


def _applications(
    specs: Sequence[dict[str, Any]], memberships: Sequence[Membership]
) -> Iterator[Application]:
    said = {(spec["slug"], one["email"]): (spec, one) for spec in specs for one in spec.get("applicants", [])}
    for membership in memberships:
        if membership.state == Membership.State.APPLIED:
            spec, one = said[membership.circle.slug, str(membership.person.email)]
            answers = list(zip(spec["questions"], one["answers"], strict=True))
            route = membership.circle.routes()[one["route"]]
            yield Application(membership=membership, route=route, answers=answers)


def _links(specs: Sequence[dict[str, Any]], planted: Planted) -> Iterator[InvitationLink]:
    """Links that are out; nobody has their tokens."""
    for spec in specs:
        for told in spec.get("links", []):
            yield InvitationLink(
                circle=planted.circles[spec["slug"]],
                by=planted.people[spec["organisers"][0]],
                token_digest=digest_of(secrets.token_urlsafe()),
                note=told["note"],
                most_uses=told["most_uses"],
                used_count=told["used_count"],
                created_at=planted.at - timedelta(days=10),
                expires_at=planted.at + timedelta(days=told["days_left"]),
            )
