from django.apps import AppConfig


class MixingConfig(AppConfig):
    name = "peerhood.mixing"

    def ready(self) -> None:
        from peerhood.mixing import listeners  # noqa: F401
