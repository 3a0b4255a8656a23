from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class PeopleConfig(AppConfig):
    name = "peerhood.people"

    def ready(self) -> None:
        # Each step says what of its own names a person; the last step of the line is read first.
        autodiscover_modules("personal_data")
        from peerhood.people import searching  # noqa: F401
