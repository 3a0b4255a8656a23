from django.apps import AppConfig


class RoomsConfig(AppConfig):
    name = "peerhood.rooms"

    def ready(self) -> None:
        from peerhood.rooms import listeners  # noqa: F401
        from peerhood.rooms.forum import listeners as of_forums  # noqa: F401
