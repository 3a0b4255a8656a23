"""Who may do what: one table, which the docs show, the pages tell, and the acts ask."""

from pathlib import Path

import pytest
from django.utils import translation

from peerhood.circles import permissions, powers
from peerhood.circles.models import Membership
from peerhood.circles.powers import Power, may

DOCS = Path(__file__).parents[3] / "docs/loop/circles.md"


def test_the_docs_show_the_table_as_it_is():
    with translation.override("en"):
        assert powers.as_markdown() in DOCS.read_text()


def test_every_power_has_a_rule_and_words():
    assert set(powers.RULES) == set(powers.WORDS) == set(Power)


def test_the_table_speaks_of_the_roles_and_states_there_are():
    assert tuple(Membership.Role.values) == powers.ROLES
    assert set(Membership.INSIDE) == powers.INSIDE
    assert {powers.APPLIED, powers.INVITED, *powers.INSIDE, *powers.AS_OUTSIDE} == set(
        Membership.State.values
    )
    assert [str(name) for name in powers.STANDINGS][-5:] == [str(name) for name in Membership.Role.labels]


def test_a_role_counts_for_nothing_outside():
    outside = (None, "", "left", "declined", "applied", "invited")
    assert [power for power in Power for state in outside if may(power, state, "organiser")] == [
        power for power in Power for state in outside if may(power, state)
    ]


def test_an_organiser_may_whatever_another_role_may():
    lesser = [role for role in powers.ROLES if role != "organiser"]
    more = [
        p for p in Power for role in lesser if may(p, "active", role) and not may(p, "active", "organiser")
    ]
    assert more == []


def test_a_rule_about_roles_outside_is_a_slip():
    with pytest.raises(ValueError):
        powers.Rule(frozenset({"applied"}), frozenset({"host"}))


@pytest.mark.parametrize("state", Membership.State.values)
@pytest.mark.parametrize("role", Membership.Role.values)
def test_what_is_asked_of_a_person_is_what_the_table_says(makers, dot, state, role):
    makers.memberships.create(person=dot, state=state, role=role)
    assert {power: permissions.may(dot, power, makers) for power in Power} == {
        power: may(power, state, role) for power in Power
    }
    assert permissions.can_organise(dot, makers) == may(Power.RUN, state, role)
    assert permissions.is_inside(dot, makers) == may(Power.LOOK_IN, state, role)
    assert permissions.can_visit(dot, makers) == may(Power.VISIT, state, role)


def test_members_are_told_who_may_do_what(client, makers, ben):
    client.force_login(ben)
    page = client.get("/circles/makers/who-may/").text
    assert "Take somebody off the list, with a reason" in page
    for words in powers.WORDS.values():
        times = page.count(str(words))
        assert times == sum(str(words) in group for _role, group in powers.by_role())
