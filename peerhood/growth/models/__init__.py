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
from peerhood.growth.models.pitch import Pitch, PitchCard

__all__ = [
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
    "Pitch",
    "PitchCard",
]
