"""Packs: what a profession calls its things, as data, in every language we ship.

``packs.current()`` is the pack this network speaks (``settings.PACK``); no word of
any profession stands in the code.
"""

from peerhood.packs.loading import Pack, PackIncomplete, current, load

__all__ = ["Pack", "PackIncomplete", "current", "load"]
