from django.apps import AppConfig


class CirclesConfig(AppConfig):
    name = "peerhood.circles"

    def ready(self) -> None:
        from peerhood.circles import listeners, searching  # noqa: F401
