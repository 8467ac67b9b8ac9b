"""What members of staff have before them in tests: the example, and reports of two years before it.

The first tells of a partner that nobody mentions since, the second of an agreement that was to be signed.
"""

from pathlib import Path

from pobratim.load.pipeline import load
from pobratim.load.settings import Settings
from pobratim.store.directory import GenerationStore
from tests.support.places import EXAMPLE
from tests.support.report_documents import HEADER, dump

_TITLE = "Отчет о международных мероприятиях муниципальных образований Смоленской области за {year} год"
_OF_YEARS = {
    2021: (
        "Встреча с делегацией гимназии № 2 г. Орши",
        "г. Орша",
        "Администрация города Смоленска, Гимназия № 2 г. Орши",
    ),
    2022: (
        "Встреча с делегацией г. Гродно. Соглашение о побратимстве планируется подписать в мае 2022 г.",
        "г. Гродно",
        "Администрация города Смоленска",
    ),
}


def staff_store(folder: Path) -> Path:
    """Load all three reports into a store in ``folder`` and return it."""
    files = [EXAMPLE, *(_report(folder, year) for year in _OF_YEARS)]
    found = load(files, GenerationStore(folder / "store"), Settings())
    assert {file.state for file in found.files} == {"loaded"}
    return folder / "store"


def _report(folder: Path, year: int) -> Path:
    name, place, who = _OF_YEARS[year]
    row = ["1. ", name, place, f"3 марта {year} года", "Обмен опытом", who]
    file = folder / f"smolensk-{year}.txt"
    file.write_text(dump(HEADER, ["Город Смоленск"], row, title=_TITLE.format(year=year)), encoding="utf-8")
    return file
