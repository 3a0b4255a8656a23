"""Persons, what they say about themselves, and their jobs."""

from peerhood.people.models.affiliation import Affiliation, Employer
from peerhood.people.models.person import INSIDE, Person, is_time_zone
from peerhood.people.models.photo import Photo
from peerhood.people.models.silence import Silence
from peerhood.people.models.trait import Trait

__all__ = ["INSIDE", "Affiliation", "Employer", "Person", "Photo", "Silence", "Trait", "is_time_zone"]
