"""How often one network address may be wrong about a secret. Right guesses are never counted.

Forty phones behind one café's Wi-Fi share an address and are all welcome; somebody who
tries codes or links runs out after 20 wrong ones a minute or 60 an hour. ``what`` is the
kind of secret, such as ``rooms/code``: each is counted on its own.
"""

from django.core.cache import cache

WINDOWS = {60: 20, 60 * 60: 60}  # seconds: wrong guesses allowed


def count_wrong(what: str, address: str) -> None:
    for seconds in WINDOWS:
        key = _key(what, address, seconds)
        # A window begins with the first wrong guess and ends by itself.
        cache.add(key, 0, seconds)
        try:
            cache.incr(key)
        except ValueError:
            # It ended between the two lines; the next wrong guess begins a new one.
            continue


def are_used_up(what: str, address: str) -> bool:
    counts = cache.get_many([_key(what, address, seconds) for seconds in WINDOWS])
    return any(counts.get(_key(what, address, seconds), 0) >= allowed for seconds, allowed in WINDOWS.items())


def _key(what: str, address: str, seconds: int) -> str:
    return f"wrong/{what}/{seconds}/{address}"
