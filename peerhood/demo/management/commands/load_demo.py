"""Load the demo network into an empty database; where there is a network, leave it alone."""

from importlib import import_module
from time import monotonic
from typing import Any

from django.core.management.base import BaseCommand

from peerhood.circles.models import Circle


class Command(BaseCommand):
    help = "Load the demo network: two hundred invented people and two years of their gatherings."

    def handle(self, *args: Any, **options: Any) -> None:
        if Circle.objects.exists():
            self.stdout.write("· The network is there already; nothing was loaded")
            return
        begun = monotonic()
        self.stdout.write("· Loading the demo network")
        # Only now: the generator of names takes half a second to import, and most starts need none.
        import_module("peerhood.demo.network.load").load(self.stdout.write)
        self.stdout.write(f"· Loaded in {monotonic() - begun:.1f} s")
