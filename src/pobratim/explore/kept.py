"""The index of what is read: beside the tables of its generation, made when it is first asked for."""

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from weakref import WeakKeyDictionary, finalize

from pobratim.compare.comparison import table_source
from pobratim.explore.index import Index
from pobratim.explore.index_file import FILE, is_current, make
from pobratim.store.backend import GraphReader
from pobratim.tables.kept import folder_of


class Spare:
    """A folder for an index that has no place beside a store; it goes with the last who uses it."""

    def __init__(self) -> None:
        """Make the folder."""
        made = TemporaryDirectory(prefix="pobratim-explorer-")
        self.folder = Path(made.name)
        finalize(self, made.cleanup)


_SPARES: "WeakKeyDictionary[GraphReader, Spare]" = WeakKeyDictionary()
"""The folders of readers without a place on disk, for as long as somebody reads."""


def index_of(reader: GraphReader, home: Sequence[str] = ()) -> Index:
    """Return the index of what is read: that beside the store, made there if need be, else one in a folder of its own.

    ``home`` names ours (``home.py``).
    """
    file = made_file(reader, folder_of(reader))
    if file is not None:
        return Index(file, home)
    spare = _SPARES.setdefault(reader, Spare())
    return Index(made_in(reader, spare.folder), home, spare)


def made_file(reader: GraphReader, folder: Path | None) -> Path | None:
    """Return the file of the index in a folder, made there if need be; None where it cannot be written."""
    if folder is None:
        return None
    try:
        return made_in(reader, folder)
    except OSError:
        return None


def made_in(reader: GraphReader, folder: Path) -> Path:
    """Return the file of the index in a folder, made there if need be. Raises OSError."""
    file = folder / FILE
    if not is_current(file):
        make(table_source(reader), reader.generation, file, _former(file))
    return file


def _former(file: Path) -> Path | None:
    """Return the newest index of another generation beside that of a file, None where there is none."""
    others = [other for other in file.parent.parent.glob(f"*/{FILE}") if other != file]
    return max(others, key=lambda other: other.parent.name, default=None)
