from peerhood.growth.models.cycle import Cycle
from peerhood.growth.models.entry import Entry
from peerhood.growth.models.opportunity import Interest, OpenToTalk, Opportunity, OpportunityReport

__all__ = ["Cycle", "Entry", "Interest", "OpenToTalk", "Opportunity", "OpportunityReport"]
