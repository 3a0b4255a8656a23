"""Small evenings with a little of everything, and what the best seating of each costs, found by trying all."""

from itertools import combinations, product
from random import Random

from peerhood.mixing.engine import Contradiction, Prices, Problem, Wishes

HARD = 1_000_000
SIZES = [[3, 3], [2, 2, 2], [4, 2], [3, 2], [4, 3], [3, 2, 2], [5, 2], [2, 2]]
FREE_SIZES = Prices(sizes={2: 500, 3: 0, 4: 0, 5: 500})


def small_case(seed):
    """Four to six people in one to three rounds, seven in one or two; the same for the same seed."""
    random = Random(seed)
    sizes = random.choice(SIZES)
    people = "abcdefg"[: sum(sizes)]
    pairs = list(combinations(people, 2))
    rounds = random.randint(1, 2 if len(people) == 7 else 3)
    is_free = len(people) > 5 and random.random() < 0.3
    free = random.choice([[5, 5], [4, 4, 4]])

    def some(items, likely, most=2):
        return random.sample(items, random.randint(1, most)) if random.random() < likely else []

    def traits():
        return {person: random.choice("xyz") for person in people if random.random() < 0.9}

    modes = [random.choice(["mixed", "similar", "diverse"]) for _ in range(rounds)]
    wishes = Wishes(
        companions=some(pairs, 0.3),
        companions_from_round=random.randint(1, 2),
        competitors=some(pairs, 0.2),
        first_timers=some(people, 0.4, 3),
        greeters=some(people, 0.3),
        not_with=some(pairs, 0.2),
        keep_apart=some(pairs, 0.2),
        keep_together=some(pairs, 0.2, 1),
        meet_again=some(pairs, 0.3, 3),
        modes=modes if random.random() < 0.4 else (),
        similar_in=traits(),
        diverse_in=traits(),
    )
    try:
        return Problem(
            people,
            [free if is_free else random.sample(sizes, len(sizes)) for _ in range(rounds)],
            history={pair: [random.randint(1, 3)] for pair in pairs if random.random() < 0.3},
            wishes=wishes,
            pins=[(who, random.randint(1, rounds), 1) for who in some(people, 0.2, 1)],
            hosts={who: random.randint(1, 2) for who in some(people, 0.3, 1)},
            absences={random.randint(1, rounds): some(people, 0 if is_free else 0.2, 1)},
            prices=FREE_SIZES if is_free else Prices(),
        )
    except Contradiction:
        return small_case(seed + 1_000_000)


def least_cost(problem):
    """The cost of the best seating there is."""
    bits = {pair: 1 << i for i, pair in enumerate(combinations(problem.people, 2))}
    priced = sum(bit for pair, bit in bits.items() if not _names(problem.wishes.keep_together, pair))
    rewards = {bits[tuple(sorted(pair))] & priced: reward for pair, reward in problem.wishes.rewards.items()}
    rounds = [_ways(problem, number, bits) for number in problem.rounds]
    # What the rounds from each on cost at least, were they alone.
    to_come = [sum(ways[0][0] for ways in rounds[i:]) - sum(rewards.values()) for i in range(len(rounds) + 1)]

    def best(paid, before, least):
        if len(before) == len(rounds):
            met = before[0] | before[-1] | before[len(before) // 2]
            return min(least, paid - sum(reward for bit, reward in rewards.items() if met & bit))
        for cost, together in rounds[len(before)]:
            repeats = sum((together & earlier & priced).bit_count() for earlier in before)
            total = paid + cost + problem.prices.repeat * repeats
            if total + to_come[len(before) + 1] < least:
                least = best(total, [*before, together], least)
        return least

    return best(0, [], 10**12)


def _ways(problem, number, bits):
    """For each way to seat a round its own cost, and who sits together as bits; the cheapest first."""
    cheapest = {}
    for tables in seatings(problem, number):
        together = sum(bits[pair] for table in tables for pair in combinations(table, 2))
        if together not in cheapest or cheapest[together] > 0:
            cost = _cost(problem, number, tables)
            cheapest[together] = min(cost, cheapest.get(together, cost))
    return sorted((cost, together) for together, cost in cheapest.items())


def fewest_broken(problem):
    """How many hard wishes must be broken; each round for itself, as no hard wish spans rounds."""
    return sum(
        min(_cost(problem, number, tables) // HARD for tables in seatings(problem, number))
        for number in problem.rounds
    )


def seatings(problem, number):
    """Every way to seat a round, tables in their order."""
    here = problem.present(number)
    pinned = [(who, table) for who, at, table in problem.pins if at == number]
    pinned += [(who, table) for who, table in problem.hosts.items() if who in here]
    chairs = problem.sizes[number - 1]
    sizes = product(*(range(n + 1) for n in problem.tables[number - 1])) if problem.prices.sizes else [chairs]
    for layout in sizes:
        if sum(layout) == len(here):
            for tables in _dealt(tuple(here), layout):
                if all(who in tables[table - 1] for who, table in pinned):
                    yield tables


def _dealt(people, layout):
    if not layout:
        yield ()
        return
    for table in combinations(people, layout[0]):
        for others in _dealt(tuple(who for who in people if who not in table), layout[1:]):
            yield (table, *others)


def _cost(problem, number, tables):
    """What one round costs by itself: all but repeats and rewards."""
    wishes, prices = problem.wishes, problem.prices
    at = {who: t for t, table in enumerate(tables) for who in table}
    mode = wishes.modes[number - 1] if wishes.modes else "mixed"
    traits = {"mixed": {}, "similar": wishes.similar_in, "diverse": wishes.diverse_in}[mode]
    cost = sum(prices.sizes.get(len(table), HARD) for table in tables if table and prices.sizes)
    for pair in combinations(sorted(at), 2):
        a, b = pair
        if _names(wishes.keep_together, pair):
            cost += HARD * (at[a] != at[b])
        elif at[a] == at[b]:
            cost += round(1_000 * sum(prices.decay**age for age in problem.history.get(pair, ())))
            cost += HARD * (_names(wishes.not_with, pair) + _names(wishes.keep_apart, pair))
            cost += prices.competitors * _names(wishes.competitors, pair)
            is_late = number >= wishes.companions_from_round
            cost += prices.companions * (is_late and _names(wishes.companions, pair))
            if a in traits and b in traits:
                is_alike = traits[a] == traits[b]
                cost += prices.alike * is_alike if mode == "diverse" else prices.unlike * (not is_alike)
    if number == 1:
        welcomers = set(wishes.greeters) & at.keys() or at.keys() - set(wishes.first_timers)
        unwelcome = [table for table in tables if welcomers and not welcomers & set(table)]
        cost += prices.uncovered * sum(who in wishes.first_timers for table in unwelcome for who in table)
    return cost


def _names(groups, pair):
    return any(set(pair) <= set(group) for group in groups)
