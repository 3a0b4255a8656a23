from django.apps import AppConfig


class ThemesConfig(AppConfig):
    name = "peerhood.themes"

    def ready(self) -> None:
        from peerhood.themes import listeners, searching  # noqa: F401
