from django.apps import AppConfig


class RoomsConfig(AppConfig):
    name = "peerhood.rooms"

    def ready(self) -> None:
        from peerhood.rooms import listeners  # noqa: F401
