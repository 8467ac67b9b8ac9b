"""Find the documents to read: files, those of folders at any depth, and those inside archives."""

import re
import struct
import unicodedata
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path, PurePosixPath
from zipfile import BadZipFile, ZipFile, ZipInfo

from pobratim.errors import UnreadableDocumentError, cause_of
from pobratim.fence import Fault, attempt
from pobratim.ground.characters import is_whole, whole
from pobratim.problems import Problem
from pobratim.readers import MAX_BYTES, SUFFIXES, load_bytes
from pobratim.readers.doc import needs_office
from pobratim.readers.grid import unreadable
from pobratim.readers.office import together
from pobratim.readers.sniff import sniff

MAX_DEPTH = 3
MAX_FILES = 10_000
MAX_UNPACKED = 1_000_000_000
"""Bytes of all documents of one archive: a thousand times what a quarter of all regions takes."""
_DAMAGED = (BadZipFile, zlib.error, EOFError, struct.error, NotImplementedError, OverflowError, ValueError)
_OLD_WORD = (".doc", ".dot")
_LEGACY = ("cp866", "cp1251")
_LETTER = re.compile("[а-яА-ЯёЁ№]")
_ODD_CAPITAL = re.compile("[а-яё][А-ЯЁ]")
_UNICODE_PATH, _UNICODE_PATH_HEAD = 0x7075, 5
_UTF8_NAME = 0x800
"""Flag of a zip member whose name is UTF-8 (APPNOTE 4.4.4, bit 11)."""


@dataclass(frozen=True, slots=True)
class Found:
    """A document to read: ``name`` is the file's, behind its archive's where it has one («q1.zip/Смоленск.docx»).

    ``load`` returns its bytes and raises UnreadableDocumentError. ``is_decoded`` is False where the name was no UTF-8.
    """

    name: str
    load: Callable[[], bytes]
    is_decoded: bool = True

    def __post_init__(self) -> None:
        """Make the name whole: macOS takes letters apart, and other systems' names may be no UTF-8."""
        object.__setattr__(self, "is_decoded", is_whole(self.name))
        object.__setattr__(self, "name", whole(self.name))

    @property
    def stem(self) -> str:
        """Return the file's own name without folder and extension."""
        return PurePosixPath(self.name).stem


def find_documents(paths: Iterable[Path]) -> Iterator[Found | Problem]:
    """Yield the documents to read: files named, and those of named folders and archives, sorted, each once.

    A file named by itself is read whatever its name; of folders and archives those with an extension of
    ``SUFFIXES``, and what is left aside is told in one warning.
    """
    seen: set[Path] = set()
    for path in paths:
        listed = attempt(lambda path=path: _of_folder(path) if path.is_dir() else ([path], []))  # type: ignore[misc]
        files, problems = ([], [_fault(path, listed)]) if isinstance(listed, Fault) else listed
        yield from problems
        for file in files:
            found = attempt(lambda file=file: list(_of_file(file, seen)))  # type: ignore[misc]
            yield from [_fault(file, found)] if isinstance(found, Fault) else found


def _fault(path: Path, fault: Fault) -> Problem:
    """Return why a file or folder cannot even be listed."""
    if isinstance(fault.error, OSError):
        values = (("cause", cause_of(fault.error)),)
        return Problem("error", "path-unreadable", str(path), values=values)
    return fault.problem("file-fault", str(path))


def is_old_word(name: str) -> bool:
    """Tell whether a file is called as those are that LibreOffice may have to convert."""
    return name.lower().endswith(_OLD_WORD)


def converting_together(found: Sequence[Found | Problem]) -> Iterator[Found | Problem]:
    """Yield what was found; meanwhile those old Word documents that LibreOffice must convert share one run of it."""
    old = [one.load for one in found if isinstance(one, Found) and is_old_word(one.name)]
    with together(old, needs_office):
        yield from found


def _of_folder(folder: Path) -> tuple[list[Path], list[Problem]]:
    # ~$ are the lock files that Word leaves beside an open document.
    files = sorted(file for file in folder.rglob("*") if file.is_file() and not _is_hidden(file.name))
    kept = [file for file in files if _is_wanted(file.name)]
    if not kept:
        values = (("suffixes", ", ".join(sorted(SUFFIXES))),)
        return [], [Problem("error", "path-empty", str(folder), values=values)]
    return kept, _left_aside(str(folder), (file.name for file in files))


def _of_file(file: Path, seen: set[Path]) -> Iterator[Found | Problem]:
    """Yield the documents of a file that is not among the ``seen``."""
    if file.resolve() in seen:
        return
    seen.add(file.resolve())
    if file.suffix.lower() != ".zip":
        yield Found(file.name, lambda: load_bytes(file))
        return
    try:
        data = load_bytes(file)
        if sniff(data) in {"zip", "damaged"}:
            yield from _Archive(file.name).documents(data, file.name, 1)
        else:
            yield Found(file.name, lambda: data)
    except UnreadableDocumentError as error:
        yield error.problem


class _Archive:
    """One archive and all inside it: what has been taken so far."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._files = 0
        self._bytes = 0

    def documents(self, data: bytes, name: str, depth: int) -> Iterator[Found | Problem]:
        """Yield the documents of an archive; a member that cannot be unpacked fails alone."""
        if depth > MAX_DEPTH:
            raise unreadable("archive-nested-too-deep", self._name, limit=MAX_DEPTH)
        try:
            archive = ZipFile(BytesIO(data))
        except _DAMAGED as error:
            raise unreadable("reader-damaged-archive", name) from error
        members = _members(archive)
        shown = {path: info for path, info in members.items() if not _is_hidden(PurePosixPath(path).name)}
        wanted = {path: info for path, info in sorted(shown.items()) if _is_wanted(path)}
        if not wanted:
            raise unreadable("archive-empty", name, suffixes=", ".join(sorted(SUFFIXES)))
        yield from _left_aside(name, shown)
        for path, info in wanted.items():
            self._count(info)
            full = f"{name}/{path}"
            if not path.lower().endswith(".zip"):
                yield Found(full, lambda info=info, full=full: _unpack(archive, info, full))  # type: ignore[misc]
                continue
            try:
                yield from self.documents(_unpack(archive, info, full), full, depth + 1)
            except UnreadableDocumentError as error:
                yield error.problem

    def _count(self, info: ZipInfo) -> None:
        self._files += 1
        self._bytes += info.file_size
        if self._files > MAX_FILES or self._bytes > MAX_UNPACKED:
            size = MAX_UNPACKED // 1_000_000
            raise unreadable("archive-too-large", self._name, files=MAX_FILES, size=size)


def _unpack(archive: ZipFile, info: ZipInfo, name: str) -> bytes:
    if info.file_size > MAX_BYTES:
        raise unreadable("reader-too-large", name, limit=MAX_BYTES // 1_000_000)
    try:
        with archive.open(info) as member:
            data = member.read(MAX_BYTES)
    except _DAMAGED as error:
        raise unreadable("reader-damaged-archive", name) from error
    except RuntimeError as error:  # zipfile says so of an encrypted member
        raise unreadable("reader-password", name, kind="ZIP") from error
    if not data.strip():
        raise unreadable("reader-empty", name)
    return data


def _members(archive: ZipFile) -> dict[str, ZipInfo]:
    """Return the files of an archive by name, slashes of one kind, letters composed (Unicode NFC).

    Names marked as UTF-8, or with a field that says them in UTF-8, are taken so. macOS writes UTF-8 without the mark,
    Russian archivers code page 866 or 1251: of these the one that makes Russian words of all such names together.
    """
    infos = [info for info in archive.infolist() if not info.is_dir()]
    raw = {info: _raw_name(info) for info in infos}
    legacy = b"\n".join(name for name in raw.values() if isinstance(name, bytes) and not _is_utf8(name))
    encoding = max(_LEGACY, key=lambda code: _russian(legacy.decode(code, "replace")))
    result = {}
    for info, name in raw.items():
        told = name if isinstance(name, str) else name.decode("utf-8" if _is_utf8(name) else encoding, "replace")
        result[unicodedata.normalize("NFC", told.replace("\\", "/"))] = info
    return result


def _raw_name(info: ZipInfo) -> str | bytes:
    """Return a member's name, as bytes where nothing says their encoding."""
    if info.flag_bits & _UTF8_NAME:
        return info.filename
    return _unicode_path(info.extra) or info.orig_filename.encode("cp437")


def _unicode_path(extra: bytes) -> str:
    """Return the name that Info-ZIP's Unicode Path field holds (APPNOTE 4.6.9), "" without one."""
    place = 0
    while place + 4 <= len(extra):
        kind, length = struct.unpack_from("<HH", extra, place)
        if kind == _UNICODE_PATH and length > _UNICODE_PATH_HEAD:
            return extra[place + 4 + _UNICODE_PATH_HEAD : place + 4 + length].decode("utf-8", "replace")
        place += 4 + length
    return ""


def _is_utf8(name: bytes) -> bool:
    try:
        name.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _russian(text: str) -> int:
    """Return how many more Russian letters than other signs beyond ASCII a text has; inner capitals count less."""
    letters = len(_LETTER.findall(text)) - 2 * len(_ODD_CAPITAL.findall(text))
    return 2 * letters - sum(1 for char in text if not char.isascii())


def _is_hidden(name: str) -> bool:
    return name.startswith((".", "~$", "__MACOSX"))


def _is_wanted(name: str) -> bool:
    suffix = PurePosixPath(name).suffix.lower()
    return suffix in SUFFIXES or suffix == ".zip"


def _left_aside(place: str, names: Iterable[str]) -> list[Problem]:
    """Return the warning about files of other kinds, [] if there are none."""
    counts = Counter(PurePosixPath(name).suffix.lower() or "–" for name in names if not _is_wanted(name))
    if not counts:
        return []
    kinds = ", ".join(f"{suffix} × {count}" for suffix, count in sorted(counts.items()))
    return [Problem("warning", "path-other-files", place, values=(("kinds", kinds),))]
