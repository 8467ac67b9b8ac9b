"""The questions that the server offers, as their files say at this moment: a new or changed .rq needs no restart.

A file that is no question keeps its place with what is wrong with it; all others are answered as ever.
"""

import logging
import stat
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from pobratim.errors import ContentError, UsageError
from pobratim.messages import LANGUAGES, Language, explain
from pobratim.query.header import parse_query
from pobratim.query.library import queries_root
from pobratim.query.question import NamedQuery
from pobratim.serving.api.guard import admitted
from pobratim.serving.settings import ServerSettings
from pobratim.serving.workers.refusal import RefusedError
from pobratim.site.questions import GROUPS

_log = logging.getLogger("pobratim.serving")


@dataclass(frozen=True, slots=True)
class Broken:
    """A file that is no question; ``error`` tells why, by language."""

    name: str
    error: Mapping[Language, str]


Entry = NamedQuery | Broken
_Stamp = tuple[int, int, int]


class Shelf:
    """The questions of one group: all .rq files of some folders, a later folder's instead of an earlier one's."""

    def __init__(self, folders: Sequence[Path], settings: ServerSettings) -> None:
        """Nothing is read before it is asked for."""
        self._folders, self._limits, self._services = folders, settings.limits, bool(settings.services)
        self._read: dict[Path, tuple[_Stamp, Entry]] = {}

    def entries(self) -> list[Entry]:
        """Return all questions and broken files, by name."""
        files = {file.stem: file for folder in self._folders for file in folder.glob("*.rq") if _is_name(file.stem)}
        found = [self._entry(files[name]) for name in sorted(files)]
        return [entry for entry in found if entry is not None]

    def queries(self) -> list[NamedQuery]:
        """Return the questions that can be asked, by name."""
        return [entry for entry in self.entries() if isinstance(entry, NamedQuery)]

    def get(self, name: str) -> Entry | None:
        """Return one question or broken file, None where there is none of the name."""
        if not _is_name(name):
            return None
        found = (self._entry(folder / f"{name}.rq") for folder in reversed(self._folders))
        return next((entry for entry in found if entry is not None), None)

    def near(self, name: str) -> list[str]:
        """Return the names most like ``name``, at most three."""
        return get_close_matches(name, [entry.name for entry in self.entries()], n=3, cutoff=0.5)

    def _entry(self, file: Path) -> Entry | None:
        """Return what is in a file, read anew only where it has changed; None where it is not there."""
        try:
            status = file.stat()
        except OSError:
            return None
        if not stat.S_ISREG(status.st_mode):
            return None
        stamp = (status.st_mtime_ns, status.st_size, status.st_ino)
        known = self._read.get(file)
        if known is not None and known[0] == stamp:
            return known[1]
        entry = self._parsed(file)
        self._read[file] = (stamp, entry)
        if isinstance(entry, Broken):
            _log.warning("query-broken", extra={"file": file.name, "cause": entry.error["en"]})
        return entry

    def _parsed(self, file: Path) -> Entry:
        try:
            query = parse_query(file.read_text(encoding="utf-8"), file.stem, file.name)
            if query.free:
                raise ContentError("query-header", file=file.name, cause="#+ summary")
            admitted(query.text, self._limits, self._services)
        except ContentError as error:
            return Broken(file.stem, {lang: explain(error, lang) for lang in LANGUAGES})
        except RefusedError as refusal:
            return Broken(file.stem, {lang: refusal.detail(lang) for lang in LANGUAGES})
        except (OSError, UnicodeDecodeError) as error:
            told = ContentError("query-unreadable", file=file.name, cause=type(error).__name__)
            return Broken(file.stem, {lang: explain(told, lang) for lang in LANGUAGES})
        return query


def _is_name(name: str) -> bool:
    """Tell whether a file may be called so: no path, nothing hidden, nothing that a URL could not carry."""
    return name.isprintable() and not name.startswith(".") and "/" not in name and "\\" not in name


def shelves(settings: ServerSettings) -> dict[str, Shelf]:
    """Return the shelf of each group. Raises UsageError where the folder that the settings name is none."""
    more = Path(settings.queries) if settings.queries else None
    if more is not None and not more.is_dir():
        raise UsageError("settings-value", key="server.queries", value=settings.queries)
    root = queries_root()
    folders = {group: [root / group] for group in GROUPS}
    if more is not None:
        folders[""].append(more.resolve())
    return {group: Shelf(each, settings) for group, each in folders.items()}
