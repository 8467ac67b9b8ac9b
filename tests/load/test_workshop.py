"""Graphs made one by one: what shapes find in the parts is what they find in the whole, and nothing is made twice."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from pobratim.entities import Resolution
from pobratim.load.workshop import Part, Workshop, classes_of, former_parts
from pobratim.rdf.authority import classes_in
from pobratim.rdf.emit import emit, ontology_graph
from pobratim.rdf.iris import DEFAULT_BASE
from pobratim.rdf.validate import validate
from tests.support.helpers_resolution import HELD, ROUND_TABLE, SIGNING, sample_resolution

Change = Callable[[Resolution], None]


def _told_twice(resolution: Resolution) -> None:
    """Have another report tell of what the first tells of the signing."""
    other = replace(resolution.reports[0], slug="other", sha256="0" * 64)
    resolution.reports.append(other)
    [account] = [one for one in resolution.accounts if one.activity == SIGNING]
    record = replace(account.record, report="other", row=1)
    resolution.accounts.append(replace(account, key="other/1", record=record))
    place = next(at for at, one in enumerate(resolution.activities) if one.key == SIGNING)
    entity = resolution.activities[place]
    resolution.activities[place] = replace(entity, accounts=(*entity.accounts, "other/1"))


def _signed_elsewhere(resolution: Resolution) -> None:
    """Have the other report, beside the common event, state an agreement signed at an event of its own."""
    place = next(at for at, one in enumerate(resolution.accounts) if one.activity == ROUND_TABLE)
    told = resolution.accounts[place]
    record = replace(told.record, report="other", row=2)
    resolution.accounts[place] = replace(told, key="other/2", record=record)
    beside = resolution.accounts[-1]
    resolution.accounts[-1] = replace(beside, agreements=(*beside.agreements, HELD))
    _of("activities", ROUND_TABLE, canonical="other/2", accounts=("other/2",))(resolution)
    _of("agreements", HELD, status="signed", signed_at=ROUND_TABLE)(resolution)


def _of(listed: str, key: str, **facts: object) -> Change:
    def change(resolution: Resolution) -> None:
        entities = getattr(resolution, listed)
        place = next(at for at, one in enumerate(entities) if key in one.key)
        entities[place] = replace(entities[place], **facts)

    return change


def _proved_by(**facts: object) -> Change:
    """Have a row tell by one more phrase what it tells by its last one."""

    def change(resolution: Resolution) -> None:
        place = next(at for at, one in enumerate(resolution.accounts) if one.activity == SIGNING)
        account = resolution.accounts[place]
        [*_, (evidence, about)] = account.evidence
        more = replace(evidence, **facts)  # type: ignore[arg-type]
        resolution.accounts[place] = replace(account, evidence=(*account.evidence, (more, about)))

    return change


CHANGES: dict[str, Change] = {
    "a phrase of two rules": _proved_by(rule="another"),
    "a phrase of no words": _proved_by(start=0, end=0, exact=""),
    "no title": _of("activities", SIGNING, title=""),
    "ends before it begins": _of("activities", SIGNING, start="2024-02", end="2023-01"),
    "an organisation that nothing describes": lambda resolution: resolution.organisations.clear(),
    "a place that nothing describes": lambda resolution: resolution.places.clear(),
    "nothing": lambda _: None,
    "a place of another kind": _of("places", "ru-smolensk", kind="region"),
    "another name of a party": _of("places", "by-vitebsk", names=("Витебск", "Виебск")),
    "no series": lambda resolution: resolution.series.clear(),
}
FAULTY = 6
"""So many of them, the first ones, are what shapes find fault with."""


def _told(parts: dict[str, Part]) -> dict[str, object]:
    return {name: part.to_json() for name, part in parts.items()}


def _parts(resolution: Resolution, folder: Path, former: dict[str, Part] | None = None) -> dict[str, Part]:
    return Workshop(DEFAULT_BASE, folder, former or {}).parts(resolution, lambda *_: None)


@pytest.mark.parametrize("change", CHANGES)
def test_parts_are_found_fault_with_as_the_whole_is(change: str, tmp_path: Path) -> None:
    resolution = sample_resolution()
    _told_twice(resolution)
    CHANGES[change](resolution)
    graphs = [*emit(resolution, DEFAULT_BASE).values(), ontology_graph(DEFAULT_BASE)]
    whole = validate(quad for graph in graphs for quad in graph)
    assert {one for part in _parts(resolution, tmp_path).values() for one in part.violations} == {*whole}
    assert whole or change not in [*CHANGES][:FAULTY]


def test_an_event_that_only_the_reports_beside_tell_of_is_no_fault(tmp_path: Path) -> None:
    resolution = sample_resolution()
    _told_twice(resolution)
    _signed_elsewhere(resolution)
    assert [one for part in _parts(resolution, tmp_path / "right").values() for one in part.violations] == []
    _of("activities", ROUND_TABLE, title="")(resolution)
    found = {one for part in _parts(resolution, tmp_path / "wrong").values() for one in part.violations}
    assert {one.owners for one in found} == {(("other", 2),)}


@pytest.mark.parametrize("change", CHANGES)
def test_what_is_taken_over_is_what_would_be_made(change: str, tmp_path: Path) -> None:
    before, after = sample_resolution(), sample_resolution()
    _told_twice(before)
    CHANGES[change](after)
    former = _parts(before, tmp_path / "before")
    grown, anew = _parts(after, tmp_path / "grown", former), _parts(after, tmp_path / "anew")
    assert {name: part.to_json() for name, part in grown.items()} == {
        name: part.to_json() for name, part in anew.items()
    }
    for part in grown.values():
        for graph, file in part.files.items():
            whole = {**emit(after, DEFAULT_BASE), ontology_graph(DEFAULT_BASE).name.value: ontology_graph(DEFAULT_BASE)}
            assert b"".join(file.lines()).decode() == "".join(whole[graph].lines())


def test_what_is_made_of_the_same_is_not_made_again(tmp_path: Path) -> None:
    made = _parts(sample_resolution(), tmp_path / "first")
    files = {graph: file for part in made.values() for graph, file in part.files.items()}
    known = former_parts({"parts": _told(made)}, files)
    assert _parts(sample_resolution(), tmp_path / "second", known) == known
    assert not (tmp_path / "second").exists()
    changed = {**files, "x": next(iter(files.values()))} | {
        next(iter(files)): replace(next(iter(files.values())), digest="-")
    }
    assert len(former_parts({"parts": {name: part.to_json() for name, part in made.items()}}, changed)) == len(made) - 1


def test_things_are_of_the_classes_that_the_graphs_tell(tmp_path: Path) -> None:
    resolution = sample_resolution()
    told = classes_of(_parts(resolution, tmp_path)["shared"].files.values()).types
    found = {thing: {one.value for one in classes} for thing, classes in classes_in(resolution, DEFAULT_BASE)}
    assert found == {thing: classes for thing, classes in told.items() if not thing.endswith("/geometry")}
    kinds = {thing.removeprefix(f"{DEFAULT_BASE}/id/").partition("/")[0] for thing in found}
    assert kinds == {"place", "organisation", "person", "post", "series"}
