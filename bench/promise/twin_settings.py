"""The controls' server: the product, and beside it doors that keep notes as others do."""

from peerhood.config.settings import *  # noqa: F403

ROOT_URLCONF = "bench.promise.twins"
