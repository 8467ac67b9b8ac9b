"""What a publication asks all of a store for: the flat tables and the explorer's index, made by other processes.

The questions behind them take more memory than all else; what a process needed for them goes with it.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing

from pobratim.explore import index_of
from pobratim.load.workers import Beside, each
from pobratim.store.reader import Reader
from pobratim.tables import Table, table_names, table_of
from pobratim.tables.kept import folder_of
from pobratim.tables.table import table_named


class Tables(Mapping[str, Table]):
    """All tables of what is read by name, each read where it is kept whenever it is asked for."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def __getitem__(self, name: str) -> Table:
        """Return a table. Raises KeyError."""
        if name not in table_names():
            raise KeyError(name)
        return table_of(self._reader, name)

    def __iter__(self) -> Iterator[str]:
        return iter(table_names())

    def __len__(self) -> int:
        return len(table_names())


def prepare(opened: Callable[[], Reader], jobs: int) -> None:
    """Have tables and index made and kept where those belong; with one job they are made when they are asked for.

    ``opened`` returns a reader; each process opens its own.
    """
    folder = folder_of(opened())
    if jobs <= 1 or folder is None:
        return
    # What is asked at length takes long; a process makes one and no other.
    left = sorted(table_names(), key=lambda name: (-len(table_named(name).text), name))
    if not any(folder.parent.glob("*/*.parquet")):  # else they are made of those, by what differs, found out once
        deque(each(lambda name: _keep(opened(), [name]), left, jobs, most=1), maxlen=0)
        left = []
    with closing(Beside(lambda: _index(opened(), left), jobs)) as beside:
        beside.made()


def _keep(reader: Reader, names: Iterable[str]) -> None:
    for name in names:
        table_of(reader, name)


def _index(reader: Reader, names: Iterable[str]) -> None:
    """Make the index, and before it the tables that nobody has made yet."""
    _keep(reader, names)
    index_of(reader)
