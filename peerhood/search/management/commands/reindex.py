"""Write the whole search index again; safe at any time, and while people search."""

from typing import Any

from django.core.management.base import BaseCommand

from peerhood.search import indexing


class Command(BaseCommand):
    help = "Write everything that can be searched for again."

    def handle(self, *args: Any, **options: Any) -> None:
        for kind, changed in indexing.write_everything().items():
            self.stdout.write(f"· {kind}: {changed} rows changed")
