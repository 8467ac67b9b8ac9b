"""Paths between two parties: the shortest, without hubs, each step with its tie."""

import pytest

from pobratim.explore import Index
from pobratim.explore.parties import Party, party_of
from pobratim.explore.paths import Path, _shortest, paths_between


def _party(index: Index, ref: str) -> Party:
    found = party_of(index, ref)
    assert found is not None, ref
    return found


def _refs(path: Path) -> list[str]:
    return [path.steps[0].left.ref, *(step.right.ref for step in path.steps)]


def test_partners_are_one_step_apart(index: Index) -> None:
    [first, *others] = paths_between(index, _party(index, "ru-smolensk"), _party(index, "by-vitebsk"))
    [step] = first.steps
    assert step.tie is not None and (step.left.ref, step.right.ref, step.tie.events) == ("ru-smolensk", "by-vitebsk", 3)
    for path in others:
        refs = _refs(path)
        assert len(set(refs)) == len(refs) and refs[0] == "ru-smolensk" and refs[-1] == "by-vitebsk"
        assert not [ref for ref in refs if ref.startswith(("country:", "region:"))]


def test_every_step_is_a_tie_or_a_membership(several: Index) -> None:
    paths = paths_between(
        several, _party(several, "ru-smolensk"), _party(several, "institution:by-vitebsk-gymnasium-7")
    )
    assert len({tuple(_refs(path)) for path in paths}) == len(paths) > 1
    assert [len(path.steps) for path in paths] == sorted(len(path.steps) for path in paths)
    for step in (step for path in paths for step in path.steps):
        if step.tie is None:
            assert step.left.town == step.right.ref or step.right.town == step.left.ref
        else:
            assert {step.tie.left.ref, step.tie.right.ref} == {step.left.ref, step.right.ref}


def test_there_is_none_to_oneself_or_to_who_has_no_ties(index: Index) -> None:
    one = _party(index, "ru-smolensk")
    assert paths_between(index, one, one) == ()
    lonely = index.value("SELECT ref FROM party WHERE kind = 'place' AND ties = 0")
    assert paths_between(index, one, _party(index, lonely)) == ()


def test_hubs_are_no_step(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    one, other = _party(index, "by-vitebsk"), _party(index, "by-grodno")
    assert any("ru-smolensk" in _refs(path) for path in paths_between(index, one, other))
    monkeypatch.setattr("pobratim.explore.paths.HUB", 3)
    assert not any("ru-smolensk" in _refs(path) for path in paths_between(index, one, other))


def test_the_shortest_come_first_and_none_twice() -> None:
    graph = {
        1: {2: 5, 3: 1, 4: 9},
        2: {1: 5, 9: 6},
        3: {1: 1, 9: 2},
        4: {1: 9, 5: 3},
        5: {4: 3, 9: 4},
        9: {2: 6, 3: 2, 5: 4},
    }
    assert _shortest(graph, 1, 9, 5) == [(1, 3, 9), (1, 2, 9), (1, 4, 5, 9)]
    assert _shortest(graph, 1, 9, 2) == [(1, 3, 9), (1, 2, 9)]
    assert _shortest(graph, 1, 7, 2) == []
