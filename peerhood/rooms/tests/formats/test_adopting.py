"""A format for an item: who may take one, change it and take it off, and that nobody loses a word."""

from dataclasses import replace

import pytest
from django.core.exceptions import PermissionDenied

from peerhood.circles.models import Membership
from peerhood.gatherings import agenda
from peerhood.gatherings.models import Gathering
from peerhood.journal.models import Entry
from peerhood.platform.refusals import Refusal
from peerhood.rooms import running
from peerhood.rooms.formats import adopting
from peerhood.rooms.formats.shipped import shipped
from peerhood.rooms.models import Format


def written(*names):
    return list(Entry.objects.filter(name__in=names).values_list("name", flat=True))


def renamed(format, name):
    return replace(adopting.recipe_of(format), name=name)


def test_a_host_takes_a_shipped_format_in_the_circles_language(item, makers, ada):
    makers.language = "sv"
    makers.save()
    format = adopting.adopt(item, "1-2-4-all", by=ada)
    assert adopting.recipe_of(format) == shipped("1-2-4-all", "sv")
    assert (format.key, format.version) == ("1-2-4-all", 1)
    assert written("format.adopted") == ["format.adopted"]


def test_a_facilitator_who_does_not_host_may_too(item, makers, chi):
    makers.memberships.filter(person=chi).update(role=Membership.Role.FACILITATOR)
    assert adopting.adopt(item, "fishbowl", by=chi).key == "fishbowl"


@pytest.mark.parametrize("act", ["adopt", "change", "drop", "take_length"])
def test_neither_a_member_nor_an_outsider_may(item, ada, ben, dot, act):
    if act != "adopt":
        format = adopting.adopt(item, "fishbowl", by=ada)
    for somebody in (ben, dot):
        with pytest.raises(PermissionDenied):
            match act:
                case "adopt":
                    adopting.adopt(item, "fishbowl", by=somebody)
                case "change":
                    adopting.change(item, renamed(format, "Mine"), version=1, by=somebody)
                case "drop":
                    adopting.drop(item, version=1, by=somebody)
                case "take_length":
                    adopting.take_length(item, 20, by=somebody)
    assert Format.objects.count() == (act != "adopt")


def test_only_an_item_of_that_kind_is_run_by_a_format(afternoon, ada):
    with pytest.raises(Refusal, match="kind"):
        adopting.adopt(afternoon.agenda.first(), "fishbowl", by=ada)


def test_adopting_twice_keeps_what_was_changed(item, ada):
    format = adopting.adopt(item, "fishbowl", by=ada)
    adopting.change(item, renamed(format, "Ours"), version=1, by=ada)
    again = adopting.adopt(item, "fishbowl", by=ada)
    assert adopting.recipe_of(again).name == "Ours"
    with pytest.raises(Refusal, match="already"):
        adopting.adopt(item, "lean-coffee", by=ada)
    assert written("format.adopted") == ["format.adopted"]


def test_a_step_has_no_rule_that_the_item_is_under_already(item, ada):
    item.confidentiality = "confidential"
    item.save()
    format = adopting.adopt(item, "troika-consulting", by=ada)
    assert {step.level for step in adopting.recipe_of(format).steps()} == {""}
    adopting.drop(item, version=1, by=ada)
    item.confidentiality = "open"
    item.save()
    format = adopting.adopt(item, "troika-consulting", by=ada)
    assert {step.level for step in adopting.recipe_of(format).steps()} == {"", "chatham"}


def test_a_change_is_kept_as_the_next_version(item, ada):
    format = adopting.adopt(item, "fishbowl", by=ada)
    changed = adopting.change(item, replace(renamed(format, "Ours"), key="another"), version=1, by=ada)
    changed.refresh_from_db()
    assert (changed.version, changed.key) == (2, "fishbowl")
    assert adopting.recipe_of(changed) == renamed(format, "Ours")
    assert written("format.changed") == ["format.changed"]


def test_of_two_who_change_it_at_once_neither_loses_a_word(item, ada):
    format = adopting.adopt(item, "fishbowl", by=ada)
    adopting.change(item, renamed(format, "Theirs"), version=1, by=ada)
    with pytest.raises(adopting.Conflict) as conflict:
        adopting.change(item, renamed(format, "Mine"), version=1, by=ada)
    assert adopting.recipe_of(conflict.value.format).name == "Theirs"
    with pytest.raises(adopting.Conflict):
        adopting.drop(item, version=1, by=ada)
    assert adopting.recipe_of(Format.objects.get()).name == "Theirs"


def test_whoever_changes_what_was_taken_off_meanwhile_is_told(item, ada):
    format = adopting.adopt(item, "fishbowl", by=ada)
    adopting.drop(item, version=1, by=ada)
    with pytest.raises(adopting.Conflict) as conflict:
        adopting.change(item, renamed(format, "Mine"), version=1, by=ada)
    assert conflict.value.format is None


def test_what_cannot_be_run_is_refused_with_every_reason_and_nothing_changes(item, ada):
    format = adopting.adopt(item, "fishbowl", by=ada)
    with pytest.raises(adopting.Faulty) as refusal:
        adopting.change(item, replace(renamed(format, ""), roles=()), version=1, by=ada)
    assert len(refusal.value.faults) == 3
    assert Format.objects.get().version == 1
    assert written("format.changed") == []


def test_a_step_is_measured_by_the_rule_of_its_item(item, ada):
    format = adopting.adopt(item, "troika-consulting", by=ada)
    recipe = adopting.recipe_of(format)
    assert adopting.change(item, recipe, version=1, by=ada).version == 2
    item.confidentiality = "chatham"
    item.save()
    with pytest.raises(adopting.Faulty):
        adopting.change(item, recipe, version=2, by=ada)


def test_dropping_leaves_the_item_without_a_format_and_dropping_again_nothing(item, ada):
    adopting.adopt(item, "fishbowl", by=ada)
    adopting.drop(item, version=1, by=ada)
    adopting.drop(item, version=1, by=ada)
    assert not Format.objects.exists()
    assert written("format.dropped") == ["format.dropped"]


def test_while_the_room_is_in_it_a_format_stays_as_it_is(item, ada):
    format = adopting.adopt(item, "fishbowl", by=ada)
    room = running.start(running.open_room(item.gathering, by=ada), by=ada)
    # The room is in another item: control.
    adopting.change(item, renamed(format, "Ours"), version=1, by=ada)
    room = running.go_to(room, item, by=ada)
    for act in (
        lambda: adopting.change(item, renamed(format, "Mine"), version=2, by=ada),
        lambda: adopting.drop(item, version=2, by=ada),
        lambda: adopting.adopt(item, "lean-coffee", by=ada),
        lambda: adopting.take_length(item, 20, by=ada),
    ):
        with pytest.raises(Refusal, match="right now"):
            act()
    running.close_room(room, by=ada)
    assert adopting.change(item, renamed(format, "After"), version=2, by=ada).version == 3


def test_a_cancelled_gathering_takes_no_format(item, ada):
    Gathering.objects.filter(pk=item.gathering_id).update(state=Gathering.State.CANCELLED)
    with pytest.raises(Refusal, match="cancelled"):
        adopting.adopt(item, "fishbowl", by=ada)


def test_the_minutes_of_the_item_change_only_when_somebody_says_so(item, ada):
    adopting.adopt(item, "1-2-4-all", by=ada)
    item.refresh_from_db()
    assert item.length_minutes == 30
    gathering = adopting.take_length(item, 12, by=ada)
    item.refresh_from_db()
    assert item.length_minutes == 12
    assert item.format.key == "1-2-4-all"
    minutes = sum(line.length_minutes for line in agenda.lines_of(gathering))
    assert (gathering.ends_at - gathering.starts_at).total_seconds() == minutes * 60


def test_a_facilitator_who_does_not_host_does_not_move_the_end_of_the_day(item, makers, chi):
    makers.memberships.filter(person=chi).update(role=Membership.Role.FACILITATOR)
    with pytest.raises(PermissionDenied):
        adopting.take_length(item, 12, by=chi)


def test_the_shipped_text_can_be_had_again(item, ada):
    format = adopting.adopt(item, "1-2-4-all", by=ada)
    format = adopting.change(item, renamed(format, "Ours"), version=1, by=ada)
    assert adopting.as_shipped(format) == shipped("1-2-4-all", "en")
    assert adopting.change(item, adopting.as_shipped(format), version=2, by=ada).version == 3


def test_an_item_that_is_taken_off_the_agenda_takes_its_format_along_and_a_moved_one_keeps_it(item, ada):
    adopting.adopt(item, "fishbowl", by=ada)
    lines = agenda.lines_of(item.gathering)
    agenda.set_agenda(item.gathering, lines[::-1], by=ada)
    assert Format.objects.get().item_id == item.pk
    agenda.set_agenda(item.gathering, lines[:-1], by=ada)
    assert not Format.objects.exists()
