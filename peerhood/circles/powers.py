"""Powers: what somebody may do in a circle, by where they stand in it. One table, and no other.

Acts ask it through ``permissions.may``; the page that tells members who may do what is
made of it, and so is the table in docs/loop/circles.md (a test compares them). A rule
says in which states and in which roles. Roles count for whoever is inside, and a pause
takes none away: a paused organiser can come back to a circle on fire.
"""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

OUTSIDE, APPLIED, INVITED, ACTIVE, PAUSED = "", "applied", "invited", "active", "paused"
INSIDE = frozenset({ACTIVE, PAUSED})
# Whoever left or was declined stands where somebody stands who was never there.
AS_OUTSIDE = frozenset({"left", "declined"})
ROLES = ("member", "greeter", "host", "facilitator", "organiser")


class Power(StrEnum):
    """What there is to do."""

    JOIN = "join"
    APPLY = "apply"
    TAKE_BACK = "take-back"
    ANSWER_INVITATION = "answer-invitation"
    LOOK_IN = "look-in"
    HAVE_A_SAY = "have-a-say"
    VISIT = "visit"
    AGREE = "agree"
    PAUSE = "pause"
    RESUME = "resume"
    LEAVE = "leave"
    TAKE_OVER = "take-over"
    GREET = "greet"
    FACILITATE = "facilitate"
    DRAFT = "draft"
    RUN = "run"
    EDIT = "edit"
    ANSWER_APPLICATIONS = "answer-applications"
    INVITE = "invite"
    IMPORT = "import"
    EXPORT = "export"
    GIVE_ROLES = "give-roles"
    REST_OTHERS = "rest-others"
    REMOVE = "remove"
    HAND_OVER = "hand-over"


@dataclass(frozen=True)
class Rule:
    states: frozenset[str]
    roles: frozenset[str] = frozenset(ROLES)

    def __post_init__(self) -> None:
        # A role is held inside; a rule about roles outside would be a slip.
        if self.roles != frozenset(ROLES) and not self.states <= INSIDE:
            raise ValueError("Only somebody inside has a role.")


def _who_stands(*states: str) -> Rule:
    return Rule(frozenset(states))


def _whose_role_is(*roles: str) -> Rule:
    return Rule(INSIDE, frozenset(roles))


EVERYBODY_INSIDE = Rule(INSIDE)
ORGANISERS = _whose_role_is("organiser")

RULES: dict[Power, Rule] = {
    Power.JOIN: _who_stands(OUTSIDE),
    Power.APPLY: _who_stands(OUTSIDE),
    Power.TAKE_BACK: _who_stands(APPLIED),
    Power.ANSWER_INVITATION: _who_stands(INVITED),
    Power.LOOK_IN: EVERYBODY_INSIDE,
    Power.HAVE_A_SAY: EVERYBODY_INSIDE,
    Power.VISIT: EVERYBODY_INSIDE,
    Power.AGREE: EVERYBODY_INSIDE,
    Power.PAUSE: EVERYBODY_INSIDE,
    Power.RESUME: _who_stands(PAUSED),
    Power.LEAVE: EVERYBODY_INSIDE,
    Power.TAKE_OVER: _who_stands(ACTIVE),
    Power.GREET: _whose_role_is("greeter", "host", "facilitator", "organiser"),
    Power.FACILITATE: _whose_role_is("facilitator", "organiser"),
    Power.DRAFT: _whose_role_is("host", "facilitator", "organiser"),
    Power.RUN: ORGANISERS,
    Power.EDIT: ORGANISERS,
    Power.ANSWER_APPLICATIONS: ORGANISERS,
    Power.INVITE: ORGANISERS,
    Power.IMPORT: ORGANISERS,
    Power.EXPORT: ORGANISERS,
    Power.GIVE_ROLES: ORGANISERS,
    Power.REST_OTHERS: ORGANISERS,
    Power.REMOVE: ORGANISERS,
    Power.HAND_OVER: ORGANISERS,
}

WORDS = {
    Power.JOIN: _("Join an open circle, or the one of their own employer, at once"),
    Power.APPLY: _("Apply to a circle that takes applications"),
    Power.TAKE_BACK: _("Take the application back"),
    Power.ANSWER_INVITATION: _("Say yes or no to the invitation"),
    Power.LOOK_IN: _("See the members, the themes and who comes to a gathering"),
    Power.HAVE_A_SAY: _("Propose and want themes, and vote on the next one"),
    Power.VISIT: _("Come to the gatherings, here and in sister chapters"),
    Power.AGREE: _("Say yes to what members agree to when it changes"),
    Power.PAUSE: _("Take a pause, until a day or for as long as they like"),
    Power.RESUME: _("Come back from a pause"),
    Power.LEAVE: _("Leave"),
    Power.TAKE_OVER: _("Say yes when an organiser asks them to take over"),
    Power.GREET: _("Stand at the door and check people in"),
    Power.FACILITATE: _("Lead the room: its clock, its rounds, its ballot"),
    Power.DRAFT: _("Draft the next gathering, and see drafts"),
    Power.RUN: _("Run every gathering, and care for themes and stories"),
    Power.EDIT: _("Change what the circle says, and what members agree to"),
    Power.ANSWER_APPLICATIONS: _("Read and answer applications"),
    Power.INVITE: _("Invite people, by a link or from a list"),
    Power.IMPORT: _("Read a member list in"),
    Power.EXPORT: _("Save the member list as a file"),
    Power.GIVE_ROLES: _("Give roles and name contact persons"),
    Power.REST_OTHERS: _("Let a member pause or be active again"),
    Power.REMOVE: _("Take somebody off the list, with a reason"),
    Power.HAND_OVER: _("Hand the circle over to another member"),
}

# The columns: how somebody stands, and which state and role that is. Inside, one column stands for
# both states; the cell says when only one of them may.
STANDINGS = {
    _("Outside"): (OUTSIDE, ""),
    _("Applied"): (APPLIED, ""),
    _("Invited"): (INVITED, ""),
    _("Member"): (ACTIVE, "member"),
    _("Greeter"): (ACTIVE, "greeter"),
    _("Host"): (ACTIVE, "host"),
    _("Facilitator"): (ACTIVE, "facilitator"),
    _("Organiser"): (ACTIVE, "organiser"),
}


def may(power: Power, state: str | None, role: str | None = "") -> bool:
    """Whether somebody in this state, and inside in this role, may.

    >>> may(Power.GREET, "active", "greeter"), may(Power.GREET, "left", "greeter")
    (True, False)
    >>> may(Power.APPLY, "declined"), may(Power.APPLY, None)
    (True, True)
    """
    state = OUTSIDE if state is None or state in AS_OUTSIDE else state
    rule = RULES[power]
    return state in rule.states and (state not in INSIDE or role in rule.roles)


def roles_that_may(power: Power) -> Collection[str]:
    """The roles that may, for a question to the database about people inside."""
    return sorted(RULES[power].roles)


def cell(power: Power, state: str, role: str) -> str:
    """One field of the table: "yes", "active" or "paused" when only then, or nothing."""
    if state not in INSIDE:
        return "yes" if may(power, state) else ""
    both = [inside for inside in (ACTIVE, PAUSED) if may(power, inside, role)]
    return "yes" if len(both) == len(INSIDE) else "".join(both)


def by_role() -> list[tuple[str, list[str]]]:
    """For members: each role with the words for what it may, everybody's first; a role's own part only."""
    groups: list[tuple[str, list[str]]] = []
    everybody = {power for power, rule in RULES.items() if rule.states & INSIDE and rule.roles == set(ROLES)}
    for role in ROLES:
        own = {power for power, rule in RULES.items() if rule.states <= INSIDE and role in rule.roles}
        shown = everybody if role == "member" else own - everybody
        groups.append((role, [str(words) for power, words in WORDS.items() if power in shown]))
    return groups


def as_markdown() -> str:
    """The whole table, as docs/loop/circles.md holds it."""
    lines = ["| what | " + " | ".join(str(name) for name in STANDINGS) + " |"]
    lines.append("| --- |" + " --- |" * len(STANDINGS))
    for power, words in WORDS.items():
        cells = (cell(power, state, role) for state, role in STANDINGS.values())
        lines.append(f"| {words} | " + " | ".join(cells) + " |")
    return "\n".join(lines)
