"""One construction, many names (../shared/cases/reading): what ties and agreements are read of each row."""

from collections.abc import Callable
from pathlib import Path

import pytest

from pobratim.load.pipeline import survey
from pobratim.load.settings import Settings
from pobratim.record import Record

_LEAST = 0.95


def _partners(record: Record) -> set[str]:
    places = {one.id: one.place for one in record.institutions}
    return {places.get(foreign, foreign) for _, foreign in record.ties}


def _visited(record: Record) -> bool:
    """The one town that the title names abroad is the one partner."""
    town = record.title.rpartition("г. ")[2].partition(" (")[0]
    return _partners(record) == {town}


def _all_guests(record: Record) -> bool:
    """As many partners as guests are named in the genitive in title or participants, but for one name not read yet."""
    text = f"{record.title} {record.cells['participants']}"
    guests = [town for town in ("Бреста", "Витебск", "Анкары", "Харбина") if town in text]
    return len(_partners(record)) == len(guests)


def _pair_kept(record: Record) -> bool:
    names = {one.id: one.name for one in record.institutions}
    pairs = [[names.get(party, party) for party in tie] for tie in record.ties]
    return ["Школа № 37 г. Самары", "Школа № 20 г. Бреста"] in pairs


def _in_force(record: Record) -> bool:
    """A relation with Ankara of 2017 (or of no told date) is in force."""
    dated = "2017" if "2017" in record.cells["purpose"] else ""
    return any(a.status == "in-force" and a.date[:4] == dated and "Анкара" in a.parties for a in record.agreements)


def _one_partner(record: Record) -> bool:
    return len(record.ties) == 1


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "right", "least"),
    [
        ("towns", _visited, _LEAST),
        ("deleg", _all_guests, 15 / 16),
        ("beside", _pair_kept, 1.0),
        ("dated", _in_force, _LEAST),
        ("sk", _one_partner, 1.0),
    ],
)
def test_a_construction_is_read_with_any_name(
    shared: Path, name: str, right: Callable[[Record], bool], least: float
) -> None:
    records, _ = survey([shared / "cases" / "reading" / f"{name}.txt"], Settings(home="RU"))
    wrong = [record.row for record in records if not right(record)]
    assert len(wrong) <= (1 - least) * len(records) + 1e-9, wrong
