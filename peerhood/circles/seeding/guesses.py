"""How often one network address may be wrong about a seed's link. Right links are never counted."""

from django.core.cache import cache

WINDOWS = {60: 20, 60 * 60: 60}  # seconds: wrong links allowed


def count_wrong(address: str) -> None:
    for seconds in WINDOWS:
        key = _key(address, seconds)
        # A window begins with the first wrong link and ends by itself.
        cache.add(key, 0, seconds)
        try:
            cache.incr(key)
        except ValueError:
            # It ended between the two lines; the next wrong link begins a new one.
            continue


def are_used_up(address: str) -> bool:
    counts = cache.get_many([_key(address, seconds) for seconds in WINDOWS])
    return any(counts.get(_key(address, seconds), 0) >= allowed for seconds, allowed in WINDOWS.items())


def _key(address: str, seconds: int) -> str:
    return f"circles/wrong-seed-links/{seconds}/{address}"
