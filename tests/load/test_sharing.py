"""Sets of words that are equal are one object; records that another process read share what they say again."""

import gc
import pickle
import weakref
from itertools import chain
from pathlib import Path

from pobratim.ground.shared import shared
from pobratim.lexicon.gazetteer import Gazetteer
from pobratim.lexicon.lexicon import lexicon
from pobratim.load.pipeline import extract
from pobratim.load.settings import Settings
from pobratim.record import Evidence
from pobratim.resolve.identifying import naming
from pobratim.resolve.namings import Mention
from pobratim.resolve.readings import Readings
from pobratim.resolve.vocabulary import from_lexicon
from tests.support.small_reports import write_report


def _set(*words: str) -> frozenset[str]:
    return frozenset("".join(word) for word in words)


def test_equal_sets_become_one_and_others_stay_what_they_are() -> None:
    assert shared(_set("школа", "музей")) is shared(_set("музей", "школа"))
    assert shared(_set("школа")) == _set("школа")
    assert shared(_set()) is shared(_set() - _set("школа")) and shared(_set()) == frozenset()


def test_records_of_another_process_are_equal_and_share_the_texts_that_they_tell_again(tmp_path: Path) -> None:
    row = ("Турнир", "г. Витебск", "Гимназия № 7 г. Витебска")
    records, _ = extract([write_report(tmp_path / "a.txt", row, row)], Settings())
    again = [*chain.from_iterable(pickle.loads(pickle.dumps([one])) for one in records)]
    assert again == records and len(again) == 2
    first, second = (one.institutions[0] for one in again)
    assert first.name is second.name and first.place is second.place and first is not second
    quoted = [(one.exact, one.value) for record in again for one in record.evidence if one.value == "/institutions/0"]
    assert quoted[0] == quoted[1] and all(a is b for a, b in zip(*quoted, strict=True))


def test_evidence_of_another_process_keeps_its_confidence() -> None:
    for sure in (1.0, 0.8):
        one = Evidence("/title", "name", 0, 6, "Турнир", "whole", sure)
        assert pickle.loads(pickle.dumps(one)) == one


def test_namings_that_say_the_same_are_equal_and_have_no_dictionary(tmp_path: Path) -> None:
    row = ("Турнир", "г. Витебск", "Гимназия № 7 г. Витебска")
    records, _ = extract([write_report(tmp_path / "a.txt", row, row)], Settings())
    known = from_lexicon(lexicon())
    one, other = (naming(Mention("a", each.row, each.institutions[0], "by-vitebsk"), known) for each in records)
    assert one is not other and one == other and hash(one) == hash(other)
    assert one.sorting is one.sorting and one.shape == other.shape and one.detail == "7"
    assert not hasattr(one, "__dict__")


def test_what_was_read_of_institutions_ends_with_who_read_them() -> None:
    readings = Readings(Gazetteer.load(), from_lexicon(lexicon()))
    readings.know([("Витебск", "BY")])
    gone, enabled = weakref.ref(readings), gc.isenabled()
    gc.disable()
    try:
        del readings
        assert gone() is None
    finally:
        if enabled:
            gc.enable()
