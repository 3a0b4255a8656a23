from peerhood.growth.models.cycle import Cycle
from peerhood.growth.models.entry import Entry

__all__ = ["Cycle", "Entry"]
