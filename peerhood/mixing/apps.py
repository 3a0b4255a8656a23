from django.apps import AppConfig


class MixingConfig(AppConfig):
    name = "peerhood.mixing"
