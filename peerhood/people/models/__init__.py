"""Persons, what they say about themselves, their jobs, their devices, and what they take along."""

from peerhood.people.models.affiliation import Affiliation, Employer
from peerhood.people.models.device import Device
from peerhood.people.models.export import Export
from peerhood.people.models.person import INSIDE, Person, is_time_zone
from peerhood.people.models.photo import Photo
from peerhood.people.models.put_away import PutAway
from peerhood.people.models.silence import Silence
from peerhood.people.models.trait import Trait

__all__ = [
    "INSIDE",
    "Affiliation",
    "Device",
    "Employer",
    "Export",
    "Person",
    "Photo",
    "PutAway",
    "Silence",
    "Trait",
    "is_time_zone",
]
