from django.apps import AppConfig


class StoriesConfig(AppConfig):
    name = "peerhood.stories"

    def ready(self) -> None:
        from peerhood.stories import searching  # noqa: F401
