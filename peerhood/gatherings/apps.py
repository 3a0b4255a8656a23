from django.apps import AppConfig


class GatheringsConfig(AppConfig):
    name = "peerhood.gatherings"

    def ready(self) -> None:
        from peerhood.gatherings import listeners, searching  # noqa: F401
