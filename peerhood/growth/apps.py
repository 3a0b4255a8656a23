from django.apps import AppConfig


class GrowthConfig(AppConfig):
    name = "peerhood.growth"
