from django.apps import AppConfig


class ConnectionsConfig(AppConfig):
    name = "peerhood.connections"

    def ready(self) -> None:
        from peerhood.connections import listeners  # noqa: F401
