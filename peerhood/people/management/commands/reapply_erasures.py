"""Erase again whom the ledger lists, after the database was restored from a backup."""

from typing import Any

from django.core.management.base import BaseCommand

from peerhood.people.own_data import erasing


class Command(BaseCommand):
    help = (
        "Erase again whom the ledger of erasures lists and the database still has. Safe to run at any time."
    )

    def handle(self, **options: Any) -> None:
        counts = erasing.reapply()
        self.stdout.write(f"Erased again: {counts['erased']}.")
        if counts["unknown"]:
            self.stdout.write(
                f"Left alone: {counts['unknown']}. The ledger has their number, but not them: either another "
                "person was given it, or SECRET_KEY was changed (put the old one into SECRET_KEY_FALLBACKS)."
            )
