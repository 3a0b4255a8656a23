from peerhood.growth.models.cycle import Cycle
from peerhood.growth.models.entry import Entry
from peerhood.growth.models.outside_event import OutsideEvent, OutsideGoing
from peerhood.growth.models.skill import (
    Assessment,
    CircleSkill,
    SkillFigure,
    SkillFigureAnswer,
    SkillOffer,
    SkillShare,
)

__all__ = [
    "Assessment",
    "CircleSkill",
    "Cycle",
    "Entry",
    "OutsideEvent",
    "OutsideGoing",
    "SkillFigure",
    "SkillFigureAnswer",
    "SkillOffer",
    "SkillShare",
]
