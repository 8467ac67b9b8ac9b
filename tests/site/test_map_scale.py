"""How wide lines and how large places of a map are: few events are few on every map, many are told apart on each."""

from itertools import pairwise

import pytest

from pobratim.site.explorer.map_picture import Scale


def test_few_events_are_drawn_alike_however_many_others_have() -> None:
    small, large = Scale(5, 9), Scale(12, 40)
    assert [small.width(events) for events in (1, 2, 5)] == [large.width(events) for events in (1, 2, 5)]
    assert small.width(1) == 1 and small.width(5) < 4 and small.radius(9) < 7


@pytest.mark.parametrize("most", [24, 300, 5_000])
def test_the_strongest_is_the_widest_and_what_is_weaker_is_told_apart(most: int) -> None:
    scale = Scale(most, most * 10)
    parts = [scale.width(round(most * share)) for share in (0.05, 0.2, 0.5, 1)]
    assert parts[-1] == pytest.approx(6) and scale.radius(most * 10) == pytest.approx(9)
    assert all(more - less > 0.5 for less, more in pairwise(parts))
