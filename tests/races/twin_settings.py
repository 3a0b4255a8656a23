"""The control's server: the product, and beside it one door whose act takes no lock."""

from peerhood.config.settings import *  # noqa: F403

ROOT_URLCONF = "tests.races.twin_urls"
