"""Reports of a few rows, written as the text that the reader of dumps knows, for tests of the whole way."""

from pathlib import Path

_HEAD = ["№", "Наименование мероприятия", "Место проведения", "Сроки проведения", "Участники"]


def write_report(
    path: Path, *rows: tuple[str, str, str], region: str = "Смоленской", month: str = "марта 2024"
) -> Path:
    """Write a report of a region, a year's; a row is (name, place, participants), each on a day of a month."""
    lines = [
        _HEAD,
        *([str(i), name, place, f"{i} {month} года", who] for i, (name, place, who) in enumerate(rows, 1)),
    ]
    cells = "\n".join("".join(f"\t{cell}\n" for cell in line) for line in lines)
    year = month.rpartition(" ")[2]
    title = f"Отчет о международных мероприятиях муниципальных образований {region} области за {year} год"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{title}\n\n{cells}", encoding="utf-8")
    return path
