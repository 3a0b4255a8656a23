"""Who is signed in: every page asks, so their row is found by the shortest way."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

from peerhood.people.models import Person
from peerhood.platform import rows


class Backend(AuthenticationBackend):
    def get_user(self, user_id: Any) -> Person | None:
        """The person of a session; nobody once their account is closed or erased."""
        person = rows.find(Person, id=user_id)
        return person if self.user_can_authenticate(person) else None
