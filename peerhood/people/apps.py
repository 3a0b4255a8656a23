from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "peerhood.people"

    def ready(self) -> None:
        from peerhood.people import searching  # noqa: F401
