"""What is wrong with a recipe, in words, before anybody runs it. Pure: values in, words out."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from peerhood.gatherings.confidentiality import TABLE, Level
from peerhood.rooms.formats.recipe import (
    GROUPED,
    WRITTEN,
    Clock,
    Contribution,
    Grouping,
    Part,
    Recipe,
    Step,
)

LISTENER = "listener"
LONGEST_STEP = 14_400
TABLE_SIZES = range(2, 21)
MOST_STEPS, MOST_TIMES, MOST_EACH, MOST_PEOPLE, MOST_THINGS = 60, 20, 20, 1000, 60
MOST_ROLES = 20
# Letters, for each kind of text.
TITLE, SAYS, SCRIPT = 80, 300, 1000
ABOUT_WHAT_IS_WRITTEN = {Contribution.DOTS, Contribution.THUMBS}


@dataclass(frozen=True)
class Fault:
    """Something wrong: where (``part`` and ``step`` from 0; None where it is about the whole), and in words."""

    words: str
    part: int | None = None
    step: int | None = None
    field: str = ""

    def __str__(self) -> str:
        if self.part is None:
            return self.words
        if self.step is None:
            return _("Part %(part)d: %(fault)s") % {"part": self.part + 1, "fault": self.words}
        place = {"part": self.part + 1, "step": self.step + 1, "fault": self.words}
        return _("Part %(part)d, step %(step)d: %(fault)s") % place


def faults_in(recipe: Recipe, level: str = Level.OPEN) -> list[str]:
    """Everything wrong with it, in words, for an item under this confidentiality; empty when it can be run.

    >>> faults_in(Recipe("talks", "Talks"))[0]
    'A format has at least one step.'
    """
    return [str(fault) for fault in found_in(recipe, level)]


def found_in(recipe: Recipe, level: str = Level.OPEN) -> list[Fault]:
    """Everything wrong with it, with the place and the field."""
    found = [*_in_whole(recipe), *_in_parts(recipe), *_in_order(recipe)]
    keys = {role.key for role in recipe.roles}
    for at, part in enumerate(recipe.parts):
        for number, step in enumerate(part.steps):
            found += [Fault(words, at, number, field) for field, words in _in_step(step, keys, level)]
    return found


def _in_whole(recipe: Recipe) -> Iterator[Fault]:
    steps = len(list(recipe.steps()))
    if not steps:
        yield Fault(_("A format has at least one step."))
    if steps > MOST_STEPS:
        yield Fault(_("A format has at most %(most)d steps.") % {"most": MOST_STEPS})
    if not recipe.name.strip():
        yield Fault(_("Say what it is called."), field="name")
    if not 1 <= recipe.fewest <= MOST_PEOPLE:
        yield Fault(_("Between 1 and %(most)d people.") % {"most": MOST_PEOPLE}, field="fewest")
    if recipe.most is not None and recipe.fewest > recipe.most:
        yield Fault(_("It needs more people than it may have."), field="most")
    if not any(role.key == LISTENER for role in recipe.roles):
        yield Fault(
            _("Nobody may just listen. Every format has a place for who only listens."), field="roles"
        )
    if recipe.first_names_only and len(recipe.parts) < 2:
        yield Fault(
            _("With first names only, a last part is needed in which everybody says who they are."),
            field="first_names_only",
        )
    if any(step.contribution == Contribution.VALUES for step in recipe.steps()) and len(recipe.cards) < 2:
        yield Fault(_("There are no cards to sort: write what stands on them."), field="cards")
    yield from _in_texts(recipe)


def _in_texts(recipe: Recipe) -> Iterator[Fault]:
    for field, things in (("brings", recipe.brings), ("cards", recipe.cards)):
        if len(things) > MOST_THINGS:
            yield Fault(_("At most %(most)d lines.") % {"most": MOST_THINGS}, field=field)
    texts = [("name", recipe.name, TITLE), ("says", recipe.says, SAYS)]
    texts += [("roles", role.name, TITLE) for role in recipe.roles]
    texts += [("roles", role.says, SAYS) for role in recipe.roles]
    texts += [("brings", thing, TITLE) for thing in recipe.brings]
    texts += [("cards", card, TITLE) for card in recipe.cards]
    for field, text, most in texts:
        if len(text) > most:
            yield Fault(_too_long(most), field=field)


def _in_parts(recipe: Recipe) -> Iterator[Fault]:
    for at, part in enumerate(recipe.parts):
        if not part.steps:
            yield Fault(_("A part has at least one step."), at)
        if not 0 <= part.times <= MOST_TIMES:
            yield Fault(_("At most %(most)d times.") % {"most": MOST_TIMES}, at, field="times")
        if len(part.each) > TITLE:
            yield Fault(_too_long(TITLE), at, field="each")


def _in_order(recipe: Recipe) -> Iterator[Fault]:
    """What a step needs of those before it, the first time round and the second."""
    groups = False
    added: set[Contribution] = set()
    seen: set[Fault] = set()
    for at, number, step in _walked(recipe):
        for field, words in _missing_before(step, groups, added):
            fault = Fault(words, at, number, field)
            if fault not in seen:
                seen.add(fault)
                yield fault
        groups = step.grouping in GROUPED or (step.grouping == Grouping.SAME and groups)
        added.add(step.contribution)


def _walked(recipe: Recipe) -> Iterator[tuple[int, int, Step]]:
    """Every step in the order it comes, with its place; a part that comes again, twice."""
    for at, part in enumerate(recipe.parts):
        for _lap in range(_laps(part)):
            yield from ((at, number, step) for number, step in enumerate(part.steps))


def _laps(part: Part) -> int:
    return 1 if part.times == 1 else 2


def _missing_before(step: Step, groups: bool, added: set[Contribution]) -> Iterator[tuple[str, str]]:
    if step.grouping == Grouping.JOINED and not groups:
        yield "grouping", _("Two groups become one: the step before has to have groups.")
    if step.grouping == Grouping.SAME and not groups:
        yield "grouping", _("They stay together as before: the step before has to have groups.")
    if step.contribution in ABOUT_WHAT_IS_WRITTEN and not added & WRITTEN:
        yield "contribution", _("There is nothing to vote on yet: let something be written in a step before.")
    if step.clock == Clock.PER_TOPIC and Contribution.TOPIC not in added:
        yield "clock", _("There are no topics yet: let them be written in a step before.")


def _in_step(step: Step, roles: set[str], level: str) -> Iterator[tuple[str, str]]:
    """What is wrong with a step by itself: the field, and the words."""
    if not step.title.strip():
        yield "title", _("Say what it is called.")
    if not 1 <= step.seconds <= LONGEST_STEP:
        yield "seconds", _("A step takes between a second and four hours.")
    if not 0 <= step.warns < max(1, step.seconds):
        yield "warns", _("The warning comes before the end.")
    if step.grouping == Grouping.TABLES and step.group_size not in TABLE_SIZES:
        yield "group_size", _("Between 2 and 20 people sit at a table.")
    if step.extends and step.clock != Clock.PER_TOPIC:
        yield "extends", _("Only a topic can be given more time.")
    if not all(1 <= more <= LONGEST_STEP for more in step.extends):
        yield "extends", _("More time is between a second and four hours.")
    if not 0 <= step.each <= MOST_EACH:
        yield "each", _("At most %(most)d each.") % {"most": MOST_EACH}
    if step.role and step.role not in roles:
        yield "role", _("This format has no such role.")
    yield from _in_level(step, level)
    for field, text, most in (
        ("title", step.title, TITLE),
        ("says", step.says, SAYS),
        ("script", step.script, SCRIPT),
    ):
        if len(text) > most:
            yield field, _too_long(most)


def _in_level(step: Step, level: str) -> Iterator[tuple[str, str]]:
    if step.level and step.level not in TABLE:
        yield "level", _("There is no such rule.")
    elif step.level and not is_stricter(step.level, level):
        yield "level", _("The item is under that rule already, or a stricter one.")


def is_stricter(level: str, than: str) -> bool:
    """Whether one confidentiality promises more than another.

    >>> is_stricter("confidential", "chatham"), is_stricter("open", "chatham")
    (True, False)
    """
    order = [str(each) for each in TABLE]
    return order.index(level) > order.index(than)


def _too_long(most: int) -> str:
    return _("At most %(most)d letters.") % {"most": most}
