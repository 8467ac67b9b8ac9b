"""What the commands that write papers ask: a store at hand, its index, and parties under any of their names."""

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

from pobratim.errors import UsageError
from pobratim.explore import Index, index_of
from pobratim.explore.home import names_in
from pobratim.explore.parties import Party, party_of
from pobratim.messages import Language
from pobratim.search import index_of as names_of
from pobratim.search.references import look_up, told
from pobratim.serving.settings import home_setting
from pobratim.site.addresses import Addresses
from pobratim.site.asking import DataSet
from pobratim.site.page import Visit
from pobratim.site.reading import ReaderAsker
from pobratim.store.backend import GraphReader


class Source:
    """An open store, asked as pages ask it."""

    def __init__(self, reader: GraphReader, lang: Language) -> None:
        """Ask ``reader`` in ``lang``; ``understood`` are lines on what names were taken for."""
        self.understood: list[str] = []
        self._reader, self._lang = reader, lang
        data = DataSet("file", number=reader.generation)
        self._home = names_in(home_setting())
        self.asker = ReaderAsker(reader, data, self._home)
        self.visit = Visit(lang, Addresses(data.base, ""), "/", (), is_chosen=False, number=reader.generation)

    @cached_property
    def index(self) -> Index:
        """Return the index of the store."""
        return index_of(self._reader, self._home)

    def party(self, name: str) -> Party:
        """Return the party of a reference or a name. Raises UsageError for one that nothing has."""
        found = party_of(self.index, name)
        if found is None:
            meant = look_up("party", name, names_of(self._reader), self._lang)
            self.understood += told([meant], self._lang)
            found = party_of(self.index, meant.iri)
        if found is None:
            raise UsageError("paper-nothing", name=name)
        return found


def wanted_ending(file: Path, endings: Sequence[str]) -> str:
    """Return the ending of a file that is to be written. Raises UsageError where it is none of ``endings``."""
    ending = file.suffix.removeprefix(".").lower()
    if ending not in endings:
        raise UsageError("paper-format", file=file, formats=", ".join(f".{each}" for each in endings))
    return ending
