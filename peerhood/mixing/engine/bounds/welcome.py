"""First-timers whom nobody can welcome.

A greeter welcomes one table, so the greeters reach at most the largest tables,
one each, and take a chair at every one of them.
"""

from peerhood.mixing.engine.bounds.facts import Facts


def fewest_unwelcomed(facts: Facts) -> int:
    """First-timers left over in round 1 when each greeter sits at a large table of their own."""
    if not facts.welcomers:
        return 0
    greeters = len(facts.welcomers & facts.present[0])
    newcomers = len((facts.first_timers & facts.present[0]) - facts.welcomers)
    reached = sorted(facts.sizes[0], reverse=True)[:greeters]
    return max(0, newcomers - sum(size - 1 for size in reached))
