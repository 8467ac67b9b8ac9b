"""The folder beside a store where drafts wait and what was done is written down.

``STORE-editing/drafts/ID/`` holds one document that somebody handed in: ``about.json`` (who, when, as what it is to be
read), ``document/NAME``, and what was read of it: ``read.json`` and ``rows.jsonl``, a line a row. ``history.jsonl`` has
a line for each load, ``names.json`` what things were called that became part of others, ``former/SHA256`` the documents
that loads replaced. All of it may be removed: the store stays.
"""

import json
import re
import secrets
import shutil
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

from pobratim.ground import disk
from pobratim.resolve.decisions import LEDGER

_ID = re.compile(r"[0-9]{14}-[0-9a-f]{8}")
_FORBIDDEN = re.compile(r"[\x00-\x1f\x7f<>:\"/\\|?*]+")
_LONGEST = 200
"""Bytes of a file's name; file systems take 255."""
_ABOUT, _READ, _ROWS = "about.json", "read.json", "rows.jsonl"
_HISTORY, _NAMES = "history.jsonl", "names.json"


@dataclass(frozen=True, slots=True)
class About:
    """One draft: ``file`` is the document's name, ``author`` who handed it in at ``time`` (ISO 8601).

    ``period``, ``home`` and ``source`` are told of it as on the command line, "" to read them from it. ``fixes`` are
    (report, row, "field=value") to be written into the ledger when it is accepted.
    """

    id: str
    file: str
    author: str
    time: str
    period: str = ""
    home: str = ""
    source: str = ""
    fixes: tuple[tuple[str, int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Desk:
    """The drafts and the history of one store, which is a directory."""

    store: Path

    @property
    def folder(self) -> Path:
        """Return the folder, which need not be there."""
        return self.store.with_name(f"{self.store.name}-editing")

    @property
    def ledger(self) -> Path:
        """Return the file of decisions, which need not be there."""
        return self.store.parent / LEDGER

    def begin(self, name: str, author: str, now: datetime) -> tuple[About, Path]:
        """Make a draft for a document that a browser calls ``name``; return it, and the file for its bytes."""
        about = About(f"{now:%Y%m%d%H%M%S}-{secrets.token_hex(4)}", file_name(name), author, moment(now))
        file = self.document(about)
        file.parent.mkdir(parents=True)
        self.keep(about)
        return about, file

    def keep(self, about: About) -> None:
        """Write what is known of a draft; what was read of it as something else goes."""
        with suppress(FileNotFoundError):
            self._at(about.id, _READ).unlink()
        _write(self._at(about.id, _ABOUT), asdict(about))

    def fix(self, about: About, fixes: tuple[tuple[str, int, str], ...]) -> About:
        """Write what is to be corrected when a draft is accepted; what was read of it stays as it is."""
        changed = replace(about, fixes=fixes)
        _write(self._at(about.id, _ABOUT), asdict(changed))
        return changed

    def draft(self, draft: str) -> About | None:
        """Return a draft, None where there is none of that id."""
        if not _ID.fullmatch(draft):
            return None
        with suppress(OSError, ValueError, TypeError):
            told = json.loads(self._at(draft, _ABOUT).read_bytes())
            fixes = tuple((report, row, change) for report, row, change in told.pop("fixes"))
            return About(**told, fixes=fixes)
        return None

    def drafts(self) -> list[About]:
        """Return all drafts, the newest first."""
        folder = self.folder / "drafts"
        ids = sorted((path.name for path in folder.iterdir()), reverse=True) if folder.is_dir() else []
        return [about for one in ids if (about := self.draft(one)) is not None]

    def document(self, about: About) -> Path:
        """Return the file of a draft's document."""
        return self._at(about.id, "document") / about.file

    def remove(self, about: About) -> None:
        """Remove a draft with its document."""
        shutil.rmtree(self._at(about.id), ignore_errors=True)

    def keep_read(self, about: About, facts: dict[str, Any], rows: list[dict[str, Any]]) -> None:
        """Write what was read of a draft, the facts last: who finds them finds all."""
        lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        self._at(about.id, _ROWS).write_text(lines, encoding="utf-8", newline="\n")
        _write(self._at(about.id, _READ), facts)

    def read(self, about: About) -> dict[str, Any] | None:
        """Return what was read of a draft, None where it was not read yet."""
        try:
            found: dict[str, Any] = json.loads(self._at(about.id, _READ).read_bytes())
        except (OSError, ValueError):
            return None
        return found

    def rows(self, about: About, start: int, count: int, marked: bool = False) -> list[dict[str, Any]]:
        """Return so many rows of a draft from a place on (0 is the first), only those with remarks if ``marked``."""
        with suppress(OSError), self._at(about.id, _ROWS).open(encoding="utf-8") as lines:
            rows = (row for line in lines if (row := json.loads(line))["remarks"] or not marked)
            return list(islice(rows, start, start + count))
        return []

    def keep_former(self, sha256: str, data: bytes) -> None:
        """Keep a document that a load replaces."""
        file = self.former(sha256)
        file.parent.mkdir(parents=True, exist_ok=True)
        disk.write_whole(file, data, file.with_suffix(".part"))

    def former(self, sha256: str) -> Path:
        """Return the file of a document that a load replaced, which need not be there."""
        return self.folder / "former" / sha256

    def keep_names(self, names: Mapping[str, str]) -> None:
        """Keep what things are called when somebody decides on them, by "type:key": their keys may go."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with disk.exclusive(self.folder / ".lock"):
            told = {one: name for one, name in names.items() if name != one.partition(":")[2]}
            _write(self.folder / _NAMES, {**self.names(), **told})

    def names(self) -> dict[str, str]:
        """Return what things were called that somebody decided on, by "type:key"."""
        try:
            found: dict[str, str] = json.loads((self.folder / _NAMES).read_bytes())
        except (OSError, ValueError):
            return {}
        return found

    def note(self, entry: dict[str, Any]) -> None:
        """Write a line of the history."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with disk.exclusive(self.folder / ".lock"), (self.folder / _HISTORY).open("a", encoding="utf-8") as out:
            out.write(json.dumps(entry, ensure_ascii=False) + "\n")

    def history(self) -> list[dict[str, Any]]:
        """Return the lines of the history, the oldest first."""
        return list(self._history())

    def _history(self) -> Iterator[dict[str, Any]]:
        with suppress(OSError), (self.folder / _HISTORY).open(encoding="utf-8") as lines:
            for line in lines:
                with suppress(ValueError):  # the last line of a program that was ended
                    yield json.loads(line)

    def _at(self, draft: str, *names: str) -> Path:
        return self.folder.joinpath("drafts", draft, *names)


def moment(now: datetime) -> str:
    """Return a time as the ledger has it (ISO 8601, seconds, offset)."""
    return now.isoformat(timespec="seconds")


def file_name(given: str) -> str:
    """Return the name of a file as a browser gives it without folders and what no system takes; "report" for none."""
    last = given.replace("\\", "/").rpartition("/")[2]
    name = _FORBIDDEN.sub(" ", last).strip(" .") or "report"
    stem, dot, suffix = name.rpartition(".")
    stem, end = (stem, dot + suffix[:10]) if stem else (name, "")
    return stem.encode(errors="replace")[: _LONGEST - len(end.encode())].decode(errors="ignore").strip() + end


def _write(file: Path, facts: dict[str, Any]) -> None:
    disk.write_whole(file, json.dumps(facts, ensure_ascii=False).encode(), file.with_suffix(".part"))
