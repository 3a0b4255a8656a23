"""What mixing holds of a person, and what becomes of it. Who sat where stays, so that later tables stay fair."""

from peerhood.gatherings.confidentiality import Surface
from peerhood.mixing import rounds
from peerhood.mixing.models import Encounter, Plan, Round, Seat, Tie
from peerhood.people.models import Person
from peerhood.people.own_data.rules import Rows, Says, delete, keep, rule


def free_chairs(rows: Rows) -> None:
    """Give up the chairs in rounds nobody has been shown yet; the others stay, as a former member."""
    to_come = rows.all().filter(round__state=Round.State.PLANNED).order_by("round__plan")
    for plan in Plan.objects.filter(pk__in=list(to_come.values_list("round__plan", flat=True))):
        rounds.free_chairs(plan, rows.person)


def _other(encounter: Encounter, person: Person) -> str:
    """Whom they sat with; empty under a rule. On the page of whom they met it stands all the same."""
    if not encounter.gathering.allows(Surface.EXPORT_NAMES):
        return ""
    return str(encounter.other if encounter.one_id == person.pk else encounter.one)


TABLES: Says = {"gathering": "gathering.title", "round": "round_number", "with": _other}
rule(Plan, "made_by", "tables_i_made", {"gathering": "gathering.title", "at": "made_at"}, erase=keep)
rule(
    Seat,
    "person",
    "my_seats",
    {"gathering": "round.plan.gathering.title", "round": "round.number", "table": "table"},
    erase=free_chairs,
)
rule(Encounter, "one", "whom_i_sat_with", TABLES, erase=keep)
rule(Encounter, "other", "whom_i_sat_with", TABLES, erase=keep)
rule(Tie, "one", unsaid="It repeats a connection.", erase=delete)
rule(Tie, "other", unsaid="It repeats a connection.", erase=delete)
