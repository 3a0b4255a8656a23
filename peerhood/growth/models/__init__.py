from peerhood.growth.models.certificate import Certificate, CertificateOffer
from peerhood.growth.models.cycle import Cycle
from peerhood.growth.models.entry import Entry
from peerhood.growth.models.mentoring import (
    MentoringAsk,
    MentoringGoal,
    MentoringNote,
    MentoringPair,
    MentorOffer,
)
from peerhood.growth.models.opportunity import Interest, OpenToTalk, Opportunity, OpportunityReport
from peerhood.growth.models.outside_event import OutsideEvent, OutsideGoing
from peerhood.growth.models.pitch import Pitch, PitchCard
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
    "Interest",
    "MentorOffer",
    "MentoringAsk",
    "MentoringGoal",
    "MentoringNote",
    "MentoringPair",
    "OpenToTalk",
    "Opportunity",
    "OpportunityReport",
    "OutsideEvent",
    "OutsideGoing",
    "Pitch",
    "PitchCard",
    "SkillFigure",
    "SkillFigureAnswer",
    "SkillOffer",
    "SkillShare",
    "Uncounted",
    "YearSummary",
]
