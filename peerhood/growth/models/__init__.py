from peerhood.growth.models.certificate import Certificate, CertificateOffer
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
from peerhood.growth.models.year import Uncounted, YearSummary

__all__ = [
    "Assessment",
    "Certificate",
    "CertificateOffer",
    "CircleSkill",
    "Cycle",
    "Entry",
    "OutsideEvent",
    "OutsideGoing",
    "SkillFigure",
    "SkillFigureAnswer",
    "SkillOffer",
    "SkillShare",
    "Uncounted",
    "YearSummary",
]
