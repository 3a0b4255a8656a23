"""What growth holds of a person, and what becomes of it."""

from peerhood.growth.personal_data import opportunities, own, skills

__all__ = ["opportunities", "own", "skills"]
