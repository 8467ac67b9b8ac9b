"""What was read for a load that has not come to its end: one that was interrupted goes on where it stopped.

Each report lies beside the store as it will lie in it, under a digest of all that its reading depends on.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from pobratim.lexicon.edition import edition
from pobratim.load.account import facts_of, known_report
from pobratim.load.loaded import Loaded
from pobratim.load.report import problem_from_json, problem_to_json
from pobratim.load.settings import Settings
from pobratim.rdf.inputs import digest_of
from pobratim.record import from_lines, to_lines


@dataclass(frozen=True, slots=True)
class Journal:
    """The folder of what was read, which need not be there."""

    folder: Path

    def key(self, sha256: str, file: str, name: str, settings: Settings) -> str:
        """Return the name of what is read of a document's bytes (SHA-256), under these names and settings."""
        source = settings.source
        told = (source.name, source.edition, settings.where) if source else ("", "", settings.home)
        return digest_of([edition(), sha256, file, name, told, settings.period, settings.keep])

    def find(self, key: str) -> Loaded | None:
        """Return what was read before, None where nothing or only a part of it is there."""
        try:
            facts = json.loads((self.folder / f"{key}.json").read_text(encoding="utf-8"))
            records = from_lines(self.records(key).read_text(encoding="utf-8"))
            item = known_report(facts["entity"]["slug"], facts, records)
            item.file.problems = [problem_from_json(one) for one in facts["problems"]]
            item.file.expected = facts["expected"]
        except (OSError, ValueError, LookupError, TypeError):
            return None
        item.file.state = "loaded"
        item.written = self.records(key)
        return item

    def keep(self, key: str, item: Loaded) -> Path:
        """Write what was read, the facts last: who finds them finds all. Returns the file of the records."""
        self.folder.mkdir(parents=True, exist_ok=True)
        records, draft = self.records(key), self.folder / f"{key}.part"
        records.write_text(to_lines(item.all_records), encoding="utf-8", newline="\n")
        problems = [problem_to_json(one) for one in item.file.problems]
        facts = {**facts_of(item), "problems": problems, "expected": dict(item.file.expected)}
        draft.write_text(json.dumps(facts, ensure_ascii=False), encoding="utf-8")
        draft.replace(self.folder / f"{key}.json")
        return records

    def records(self, key: str) -> Path:
        """Return the file of a report's records."""
        return self.folder / f"{key}.jsonl"

    @contextmanager
    def kept_if_interrupted(self) -> Iterator["Journal"]:
        """Remove all when the load comes to its end, also to a bad one: only what cut it short leaves it."""
        try:
            yield self
        except Exception:
            self._clear()
            raise
        self._clear()

    def _clear(self) -> None:
        for file in self.folder.glob("*") if self.folder.is_dir() else ():
            file.unlink(missing_ok=True)
        with suppress(OSError):
            self.folder.rmdir()
