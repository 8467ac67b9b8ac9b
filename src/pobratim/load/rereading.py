"""Reading stored reports again after the rules have changed: from the documents that the store keeps."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from pobratim.errors import StoreError, UnreadableDocumentError, UsageError
from pobratim.lexicon.edition import edition
from pobratim.load.intake import read_again
from pobratim.load.loaded import Loaded
from pobratim.load.settings import Settings
from pobratim.problems import Problem
from pobratim.progress import Step
from pobratim.sources import Source, find_again
from pobratim.store.documents import Documents

PREFIX = "reread-"
"""How the codes of what stands in the way begin."""


@dataclass(slots=True)
class Reread:
    """The reports read again, and why others could not be: those keep the records that they have."""

    read: list[Loaded] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    needed: list[Loaded] = field(default_factory=list)


def reread(
    known: Mapping[str, Loaded], passed: Iterable[str], settings: Settings, kept: Documents, step: Step
) -> Reread:
    """Read again the ``known`` reports of another edition but those ``passed`` (slugs), which this load has in hand.

    Raises StoreError where the records of a report are lost and nothing is there to make them anew of.
    """
    sources = _Sources(settings)
    handled = set(passed)
    stale = [item for slug, item in sorted(known.items()) if slug not in handled and sources.is_stale(item)]
    found = Reread()
    for done, item in enumerate(stale, start=1):
        step("stage-reread", done - 1, len(stale))
        _read(item, sources, settings, kept, found)
        step("stage-reread", done, len(stale))
    if found.needed:
        files = ", ".join(sorted(item.entity.file for item in found.needed))
        values = (("count", str(len(found.needed))), ("files", files))
        found.problems.append(Problem("warning", f"{PREFIX}needed", kept.name, values=values))
    again = {item.entity.slug for item in found.read}
    lost = sorted(item.entity.file for item in stale if item.lost and item.entity.slug not in again)
    if lost:
        raise StoreError("store-records-lost", files=", ".join(lost))
    return found


def is_all_fresh(known: Mapping[str, Loaded], settings: Settings) -> bool:
    """Tell whether no report would be read otherwise today."""
    sources = _Sources(settings)
    return not any(sources.is_stale(item) for item in known.values())


def _read(item: Loaded, sources: "_Sources", settings: Settings, kept: Documents, found: Reread) -> None:
    file = item.entity.file
    try:
        source = sources.of(item)
        data = kept.read(item.entity.sha256)
        found.read.append(read_again(item, data, replace(settings, source=source)))
    except UsageError:
        values = (("source", item.entity.source),)
        found.problems.append(Problem("warning", f"{PREFIX}source", file, values=values))
    except UnreadableDocumentError as error:
        found.problems += [error.problem, Problem("warning", f"{PREFIX}refused", file)]
    except StoreError as error:
        if error.code == "document-damaged":
            values = (("path", error.values["path"]),)
            found.problems.append(Problem("warning", f"{PREFIX}damaged", file, values=values))
        found.needed.append(item)


class _Sources:
    """The sources as they are now, each read once."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._found: dict[tuple[str, bool], Source | None] = {}

    def is_stale(self, item: Loaded) -> bool:
        """Tell whether a report would be read otherwise today; a source that is not to be found says nothing."""
        if item.lost or item.entity.edition != edition():
            return True
        source = self._find(item) if item.entity.source else None
        return source is not None and source.edition != item.entity.source_edition

    def of(self, item: Loaded) -> Source | None:
        """Return the source of a report, None where it has none. Raises UsageError where it is not to be found."""
        if not item.entity.source:
            return None
        source = self._find(item)
        if source is None:
            raise UsageError("source-unknown", name=item.entity.source, near="")
        return source

    def _find(self, item: Loaded) -> Source | None:
        name, given = item.entity.source, self._settings.source
        if given is not None and given.name == name:
            return given
        key = (name, item.shipped)
        if key not in self._found:
            try:
                self._found[key] = find_again(name, item.shipped, self._settings.loaders)
            except UsageError:
                self._found[key] = None
        return self._found[key]
