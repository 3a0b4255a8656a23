from django.apps import AppConfig

from peerhood.packs.loading import current


class PacksConfig(AppConfig):
    name = "peerhood.packs"

    def ready(self) -> None:
        """Read the network's pack now: what is missing in it is better found at the start than on a page."""
        current()
