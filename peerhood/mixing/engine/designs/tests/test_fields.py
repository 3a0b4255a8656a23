import pytest

from peerhood.mixing.engine.designs.fields import field, prime_power


@pytest.mark.parametrize("order", [2, 3, 4, 5, 7, 8, 9, 16, 25, 27, 32, 49, 64])
def test_adding_and_multiplying_each_run_through_the_field(order):
    f = field(order)
    everything = list(range(order))
    for a in everything:
        assert sorted(f.plus[a]) == everything
        if a:
            assert sorted(f.times(a, b) for b in everything) == everything
        assert f.plus[a][0] == a == f.times(a, 1)


@pytest.mark.parametrize("order", [4, 8, 9, 16])
def test_products_distribute_over_sums(order):
    f = field(order)
    for a in range(order):
        for b in range(order):
            for c in range(order):
                assert f.times(a, f.plus[b][c]) == f.plus[f.times(a, b)][f.times(a, c)]


def test_there_is_no_field_of_six():
    assert prime_power(6) is None
    with pytest.raises(ValueError, match="no field of 6"):
        field(6)
