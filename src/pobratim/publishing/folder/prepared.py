"""What a publication asks all of a store for: the flat tables and the explorer's index, made by other processes.

The questions behind them take more memory than all else; what a process needed for them goes with it.
"""

from collections import deque
from collections.abc import Callable, Iterator, Mapping
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
    if not list(folder.parent.glob("*/*.parquet")):  # else they are made of those, by what differs, found out once
        # What is asked at length takes long; a process makes one and no other.
        names = sorted(table_names(), key=lambda name: (-len(table_named(name).text), name))
        deque(each(lambda name: _keep(opened, name), names, jobs, most=1), maxlen=0)
    with closing(Beside(lambda: _index(opened), jobs)) as beside:
        beside.made()


def _keep(opened: Callable[[], Reader], name: str) -> None:
    table_of(opened(), name)


def _index(opened: Callable[[], Reader]) -> None:
    reader = opened()
    for name in table_names():
        table_of(reader, name)
    index_of(reader)
