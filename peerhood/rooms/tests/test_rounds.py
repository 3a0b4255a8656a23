import pytest
from django.core.exceptions import PermissionDenied

from peerhood.gatherings.models import AgendaItem
from peerhood.mixing import planning
from peerhood.mixing.models import Round
from peerhood.platform.refusals import Refusal
from peerhood.rooms import queries, rounds, running
from peerhood.rooms.turns import Stale

Kind = AgendaItem.Kind


@pytest.fixture
def mixing_room(room, plan, go_to):
    return go_to(room, Kind.MIXING)


def states(plan):
    return list(plan.rounds.values_list("state", flat=True))


def test_showing_the_next_round_says_that_the_one_before_took_place(mixing_room, plan, ada):
    rounds.show_next(mixing_room, by=ada)
    assert states(plan) == ["published", "planned"]
    rounds.show_next(mixing_room, by=ada)
    assert states(plan) == ["held", "published"]
    with pytest.raises(Refusal):
        rounds.show_next(mixing_room, by=ada)


def test_a_double_tap_shows_one_round(mixing_room, plan, ada):
    version = mixing_room.version
    rounds.show_next(mixing_room, by=ada, version=version)
    with pytest.raises(Stale):
        rounds.show_next(mixing_room, by=ada, version=version)
    assert states(plan) == ["published", "planned"]


def test_mixing_again_seats_who_came_late_and_every_screen_hears(
    mixing_room, plan, guests, ada, django_capture_on_commit_callbacks
):
    rounds.show_next(mixing_room, by=ada)
    mixing_room.refresh_from_db()
    before = mixing_room.version
    with django_capture_on_commit_callbacks(execute=True):
        rounds.mix_again(mixing_room, by=ada, version=before)
    shown = queries.round_on_screen(mixing_room)
    assert {seat.person for seat in shown.seats.all()} == set(guests)
    assert states(plan) == ["published", "planned"]
    mixing_room.refresh_from_db()
    assert mixing_room.version == before + 1


def test_a_second_facilitator_who_mixes_again_at_the_same_moment_is_stale(
    mixing_room, plan, guests, ada, monkeypatch
):
    with pytest.raises(Stale):
        rounds.mix_again(mixing_room, by=ada, version=mixing_room.version - 1)
    # The other one's tables are stored while this one's engine thinks.
    read = planning.standing_of
    monkeypatch.setattr(planning, "standing_of", lambda plan: (read(plan), touch(plan))[0])
    with pytest.raises(Stale):
        rounds.mix_again(mixing_room, by=ada, version=mixing_room.version)


def touch(plan):
    type(plan).objects.update(version=plan.version + 1)


def test_a_member_does_not_mix_in_the_room(mixing_room, plan, guests, ben, makers):
    with pytest.raises(PermissionDenied):
        rounds.mix_again(mixing_room, by=ben)
    makers.memberships.filter(person=ben).update(role="facilitator")
    rounds.mix_again(mixing_room, by=ben)


def test_the_run_screen_counts_who_came_and_left_since(mixing_room, plan, guests, ada):
    assert queries.changes_at_tables(mixing_room) == queries.Changes(came_count=8, left_count=3)
    rounds.mix_again(mixing_room, by=ada)
    assert queries.changes_at_tables(mixing_room) == queries.Changes(0, 0)
    room = running.next_item(mixing_room, by=ada)
    assert queries.changes_at_tables(room) is None


def test_going_on_says_that_the_round_took_place(mixing_room, plan, ada):
    rounds.show_next(mixing_room, by=ada)
    running.next_item(mixing_room, by=ada)
    assert states(plan) == ["held", "planned"]


def test_a_round_that_is_over_stays_on_the_screens_only_while_we_mix(mixing_room, plan, ada):
    rounds.show_next(mixing_room, by=ada)
    room = rounds.hold(mixing_room, by=ada)
    assert queries.round_on_screen(room).number == 1
    assert queries.round_on_screen(running.next_item(room, by=ada)) is None


def test_tables_show_first_names_and_tell_two_annas_apart(mixing_room, plan, ada, ben, person):
    anna, other = person("Anna Ek"), person("Anna Lind", email="anna.lind@example.org")
    first = plan.rounds.get(number=1)
    for somebody in (anna, other):
        first.seats.create(person=somebody, table=2)
    rounds.show_next(mixing_room, by=ada)
    assert [(table.number, sorted(table.names)) for table in queries.tables_on_screen(first)] == [
        (1, ["Ada", "Ben"]),
        (2, ["Anna E.", "Anna L.", "Chi"]),
    ]


def test_a_seat_is_said_in_one_sentence(ada, ben, chi, dot, person):
    others = [ben, chi, dot, person("Eve Ek")]
    at_tables, in_groups = Round(), Round(has_tables=False)
    assert queries.seat_sentence(in_groups, 3, [ben]) == "Group 3, with Ben"
    assert [queries.seat_sentence(at_tables, 3, others[:count]) for count in range(5)] == [
        "Table 3",
        "Table 3, with Ben",
        "Table 3, with Ben and Chi",
        "Table 3, with Ben, Chi and Dot",
        "Table 3, with Ben, Chi and 2 more",
    ]
