from django.apps import AppConfig


class GrowthConfig(AppConfig):
    name = "peerhood.growth"

    def ready(self) -> None:
        from peerhood.growth import listeners  # noqa: F401
