"""A supper that took place, and a recap of it that Ada wrote."""

from datetime import timedelta

import pytest
from django.utils.timezone import now

from peerhood.stories import publishing


@pytest.fixture
def past_supper(supper):
    supper.starts_at, supper.ends_at = now() - timedelta(days=2, hours=4), now() - timedelta(days=2)
    supper.save()
    return supper


@pytest.fixture
def draft(past_supper, ada):
    return publishing.write(
        past_supper, by=ada, title="What we ate", teaser="Soup, mostly.", text="We ate **soup**."
    )


@pytest.fixture
def told(draft, ada):
    return publishing.publish(draft, by=ada)
