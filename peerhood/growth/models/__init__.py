from peerhood.growth.models.certificate import Certificate, CertificateOffer
from peerhood.growth.models.cycle import Cycle
from peerhood.growth.models.entry import Entry
from peerhood.growth.models.year import Uncounted, YearSummary

__all__ = ["Certificate", "CertificateOffer", "Cycle", "Entry", "Uncounted", "YearSummary"]
