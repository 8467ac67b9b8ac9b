"""Cells in pieces: every letter once, the longer mark over the shorter, what nobody claimed where nothing else is."""

from pobratim.editing.marks import Mark, marked
from pobratim.record import Evidence, Record

TEXT = "Глава города Смоленска А. Новиков, 5 мая"


def _record(*spans: tuple[str, str]) -> Record:
    evidence = [
        Evidence(value, "participants", TEXT.index(words), TEXT.index(words) + len(words), words, "rule")
        for value, words in spans
    ]
    return Record("r", 1, cells={"participants": TEXT}, evidence=evidence)


def test_every_letter_stands_once() -> None:
    found = marked(
        _record(("/people/0", "Глава города Смоленска А. Новиков"), ("/places/0", "Смоленска")), "participants"
    )
    assert "".join(words for words, _ in found) == TEXT
    assert found[0] == ("Глава города Смоленска А. Новиков", "who")


def test_what_juts_out_is_shown_as_what_it_is() -> None:
    found = marked(_record(("/institutions/0", "Глава города"), ("/reporter", "города Смоленска")), "participants")
    assert found[:2] == [("Глава ", "org"), ("города Смоленска", "place")]


def test_titles_are_not_marked_and_gaps_are() -> None:
    start = TEXT.index("5 мая")
    found = marked(_record(("/title", TEXT)), "participants", [Mark("participants", start, len(TEXT), "bad")])
    assert found == [(TEXT[:start], ""), ("5 мая", "bad")]
    assert marked(_record(), "participants", [Mark("place", 0, 5, "bad")]) == [(TEXT, "")]
