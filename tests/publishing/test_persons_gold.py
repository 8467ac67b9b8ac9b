"""The gate against the labelled names beside the project: what goes out of whom, and what is masked for nothing."""

import pytest

from bench.gate import INVENTED, false_stops, measure
from bench.gold_reports import gold_files
from bench.persons import FOLDER, labelled, read
from pobratim.publishing.people.shown import SHOWN


@pytest.mark.shared
@pytest.mark.slow
@pytest.mark.skipif(not FOLDER.is_dir(), reason="the labelled names are not here")
def test_no_private_name_goes_out_and_little_is_masked_for_nothing() -> None:
    invented = FOLDER / "private-freetext.tsv"
    gold = [*labelled(FOLDER / "persons-shared.tsv"), *labelled(invented, INVENTED)]
    files = {name: gold_files()[name][0] for name in {one.report for one in gold} - {INVENTED}}
    reports = {name: read(file) for name, file in (files | {INVENTED: invented.with_suffix(".txt")}).items()}
    assert len(false_stops(gold, reports)) <= 0.3 * sum(map(len, reports.values()))
    for people in ("none", "office", "heads"):
        told = measure(gold, reports, people)
        hidden = {name for name in ("office", "head", "private") if name not in SHOWN[people]}
        assert {name: told.out[name] for name in hidden if told.out[name]} == {}
        # Names of a class that is shown are whole but for a few of whom the class is told wrongly.
        cut = sum(told.masked[name] for name in SHOWN[people])
        assert cut <= 0.02 * sum(told.out.values()) and not told.masked["honoured"]
