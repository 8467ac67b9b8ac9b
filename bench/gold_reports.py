"""The reports with hand-made gold: those of tests/gold, and those of ../shared/data where that folder is there."""

from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).parent.parent
GOLD_FOLDERS = (ROOT / "tests" / "gold", ROOT.parent / "shared" / "data")
MADE = (".html", ".docx", ".xlsx")
"""What a report may be besides a text dump."""
HELD_BACK = "held-back"
"""How the names of reports begin that nothing is fitted to."""


def gold_files(folders: Iterable[Path] = GOLD_FOLDERS) -> dict[str, tuple[Path, Path]]:
    """Return report and gold file by the report's name; a folder that is absent has none."""
    golds = [path for folder in folders for path in sorted(folder.glob("*.gold.jsonl"))]
    names = {path.name.removesuffix(".gold.jsonl"): path for path in golds}
    return {name: (report_of(path), path) for name, path in names.items()}


def report_of(gold: Path) -> Path:
    """Return the report beside its gold: a web page or a document where there is one, else a text dump."""
    name = gold.name.removesuffix(".gold.jsonl")
    made = (gold.with_name(f"{name}{suffix}") for suffix in MADE)
    return next((path for path in made if path.is_file()), gold.with_name(f"{name}.txt"))


def fitting_files() -> dict[str, tuple[Path, Path]]:
    """Return the reports with gold that weights are fitted to: all but those held back."""
    return {name: files for name, files in gold_files().items() if not name.startswith(HELD_BACK)}
