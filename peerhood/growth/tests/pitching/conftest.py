"""Ben has a pitch; Ada and Chi are of his circle."""

import pytest

from peerhood.growth.models import Pitch
from peerhood.growth.pitching import practising

CARD = {"heard": "You help.", "stayed": "The bridge.", "to_try": "Breathe."}


@pytest.fixture
def pitch(makers, ben):
    return practising.keep(Pitch(person=ben), by=ben, title="For a lift", text="I build bridges.")


@pytest.fixture
def card(pitch, ada, ben):
    return practising.ask(pitch, ada, by=ben)


@pytest.fixture
def written(card, ada):
    return practising.write(card, by=ada, **CARD)
