"""How a circle's members see themselves: how many said which level. Never one person's answer.

A skill has a figure only when at least five members who share their answers answered it, and not all of
them the same. Figures are reckoned at night, each skill for itself, and only when at least five answers
differ from those that are in the figure members read now: from one figure to the next nobody can reckon by
subtracting what one person said. A figure goes at once when fewer than five of those in it still share.

Whoever steers four accounts of a circle beside their own could still reckon a fifth; so could whoever compares
two circles that have all but one of their sharers in common. The page asks for consent in these words: counted.
"""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Count, Q

from peerhood.circles.models import Circle
from peerhood.gatherings.looking_back import FEWEST_SHOWN
from peerhood.growth import consent
from peerhood.growth.models import Assessment, SkillFigure, SkillFigureAnswer, SkillShare
from peerhood.growth.skills import lists
from peerhood.growth.skills.lists import SkillList
from peerhood.packs.skills import LEVELS

# One person's level each, by their id.
Answers = dict[int, int]


def shown_in(circle: Circle, skills: SkillList) -> dict[str, list[int]]:
    """Five counts for each skill that has a figure members may read."""
    sharing = consent.standing(SkillShare.objects.filter(circle=circle)).values("person")
    still = Count("answers", filter=Q(answers__person__in=sharing))
    figures = SkillFigure.objects.filter(circle=circle, key__in=skills.names).annotate(still=still)
    return {figure.key: figure.counts for figure in figures if figure.still >= FEWEST_SHOWN}


def reckon_all() -> None:
    for circle in Circle.objects.filter(pk__in=SkillShare.objects.values("circle")).order_by("pk"):
        reckon(circle)


@transaction.atomic
def reckon(circle: Circle) -> None:
    """Make the figures that may be made; two workers at once make them one after the other."""
    Circle.objects.locked(circle)
    skills = lists.of_circle(circle, circle.language)
    found = SkillFigure.objects.filter(circle=circle).prefetch_related("answers")
    figures = {figure.key: figure for figure in found}
    for key, said in _answers(circle, skills).items():
        if _may_be_told(said) and (key not in figures or _differing(figures[key], said) >= FEWEST_SHOWN):
            _write(circle, key, said)


def _answers(circle: Circle, skills: SkillList) -> dict[str, Answers]:
    """What those who share said last on the circle's list."""
    sharing = consent.standing(SkillShare.objects.filter(circle=circle)).values("person")
    assessments = Assessment.objects.filter(person__in=sharing, circle=skills.circle)
    # The latest comes last, and stays.
    last = {made.person_id: made.levels for made in assessments.order_by("made_on", "pk")}
    return {
        key: {person: levels[key] for person, levels in last.items() if key in levels} for key in skills.names
    }


def _may_be_told(said: Answers) -> bool:
    return len(said) >= FEWEST_SHOWN and len(set(said.values())) > 1


def _differing(figure: SkillFigure, said: Answers) -> int:
    """How many people's answers are not as they are in the figure; those who were erased since count."""
    before = {answer.person_id: answer.level for answer in figure.answers.all()}
    erased_count = sum(figure.counts) - len(before)
    return erased_count + sum(before.get(pk) != said.get(pk) for pk in before.keys() | said.keys())


def _write(circle: Circle, key: str, said: Answers) -> None:
    SkillFigure.objects.filter(circle=circle, key=key).delete()
    figure = SkillFigure.objects.create(circle=circle, key=key, counts=_counts(said.values()))
    SkillFigureAnswer.objects.bulk_create(
        SkillFigureAnswer(figure=figure, person_id=pk, level=level) for pk, level in said.items()
    )


def _counts(levels: Iterable[int]) -> list[int]:
    said = list(levels)
    return [said.count(level) for level in LEVELS]
