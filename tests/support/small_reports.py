"""Reports of a few rows, written as the text that the reader of dumps knows, for tests of the whole way."""

from pathlib import Path

_HEAD = ["№", "Наименование мероприятия", "Место проведения", "Сроки проведения", "Участники"]


def write_report(path: Path, *rows: tuple[str, str, str]) -> Path:
    """Write a report of Smolensk; a row is (name, place, participants), each in March 2024."""
    lines = [
        _HEAD,
        *([str(i), name, place, f"{i} марта 2024 года", who] for i, (name, place, who) in enumerate(rows, 1)),
    ]
    cells = "\n".join("".join(f"\t{cell}\n" for cell in line) for line in lines)
    title = "Отчет о международных мероприятиях муниципальных образований Смоленской области за 2024 год"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{title}\n\n{cells}", encoding="utf-8")
    return path
