"""Names for invented people: unusual enough to be nobody's, ordinary enough to be believed.

A mimesis provider with word lists of our own. The same seed gives the same names,
and no two people of one language share a surname.
"""

from pathlib import Path

from mimesis.locales import Locale
from mimesis.providers.base import BaseDataProvider

# One surname in seven is taken whole: a network of nothing but Hallonvrets is not a believable one.
WHOLE_SURNAME_SHARE = 0.14


class InventedNames(BaseDataProvider):
    class Meta:
        name = "invented_names"
        datafile = "names.json"
        datadir = Path(__file__).parent / "names"

    def __init__(self, language: str, *, seed: int) -> None:
        super().__init__(Locale(language), seed=seed)
        self.taken: set[str] = set()  # surnames

    def another(self) -> str:
        """A name nobody has yet.

        >>> InventedNames("sv", seed=7).another() == InventedNames("sv", seed=7).another()
        True
        """
        while (surname := self._surname()) in self.taken:
            pass
        self.taken.add(surname)
        return f"{self.random.choice(self._extract(['given']))} {surname}"

    def _surname(self) -> str:
        if self.random.random() < WHOLE_SURNAME_SHARE:
            return self.random.choice(self._extract(["surname_whole"]))
        front = self.random.choice(self._extract(["surname_front"]))
        back = self.random.choice(self._extract(["surname_back"]))
        # Swedish never writes one letter three times, nor do we: Tall + löv is Tallöv.
        return front[:-1] + back if front[-2:] == back[0] * 2 else front + back
