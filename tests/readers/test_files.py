"""Which documents are found in folders and archives, and what is told of the others."""

import struct
import unicodedata
import zlib
from io import BytesIO
from pathlib import Path, PurePosixPath
from zipfile import ZipFile, ZipInfo

import pytest

from pobratim.errors import UnreadableDocumentError
from pobratim.problems import Problem
from pobratim.readers import files
from pobratim.readers.files import Found, find_documents
from pobratim.text.transliterate import slug
from tests.support.places import ROOT


def _zip(members: dict[str, bytes]) -> bytes:
    buffer = BytesIO()
    with ZipFile(buffer, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def _found(*paths: Path) -> tuple[list[str], list[str]]:
    """Return the names of documents found, and the codes of problems."""
    items = list(find_documents(paths))
    names = [item.name for item in items if isinstance(item, Found)]
    return names, [item.code for item in items if isinstance(item, Problem)]


def test_folders_are_walked_in_order_and_each_file_is_taken_once(tmp_path: Path) -> None:
    for name in ("b.txt", "a/c.docx", "~$b.docx", ".hidden.txt", "notes.md", "a/D.TXT"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("x", encoding="utf-8")
    names, codes = _found(tmp_path, tmp_path / "b.txt")
    assert names == ["D.TXT", "c.docx", "b.txt"] and codes == ["path-other-files"]


def test_a_folder_without_reports_is_an_error(tmp_path: Path) -> None:
    assert _found(tmp_path) == ([], ["path-empty"])


def test_archives_are_read_as_folders(tmp_path: Path) -> None:
    inner = _zip({"deep.txt": b"deep"})
    outer = _zip({"b/report.txt": b"text", "a.docx": b"word", "inner.zip": inner, "photo.jpg": b"x", "__MACOSX": b"x"})
    path = tmp_path / "q1.zip"
    path.write_bytes(outer)
    items = list(find_documents([tmp_path]))
    assert [item.name for item in items if isinstance(item, Found)] == [
        "q1.zip/a.docx",
        "q1.zip/b/report.txt",
        "q1.zip/inner.zip/deep.txt",
    ]
    assert [item.load() for item in items if isinstance(item, Found)] == [b"word", b"text", b"deep"]
    (problem,) = (item for item in items if isinstance(item, Problem))
    assert problem.code == "path-other-files" and dict(problem.values) == {"kinds": ".jpg × 1"}


def _named(names: dict[str, str]) -> bytes:
    """Return an archive whose members are named in the given encodings without a mark of it."""
    stand_ins = {
        name: f"{'x' * (len(name.encode(code)) - 2)}{number:02d}" for number, (name, code) in enumerate(names.items())
    }
    data = _zip(dict.fromkeys(stand_ins.values(), b"x"))
    for name, code in names.items():
        data = data.replace(stand_ins[name].encode(), name.encode(code))
    return data


@pytest.mark.parametrize("encoding", ["cp866", "cp1251", "utf-8"])
@pytest.mark.parametrize(
    "names",
    [
        ["Отчет_СО.txt"],
        ["ОТЧЁТ.txt"],
        ["брянск 2023.txt", "Псков 2023.txt"],
        ["МО «Ярцево»/№ 7 (янв.).txt"],
        ["Ям.txt"],
    ],
)
def test_names_without_a_mark_of_their_encoding(tmp_path: Path, names: list[str], encoding: str) -> None:
    written = [
        name.replace("«", "").replace("»", "").replace("№", "N") if encoding == "cp866" else name for name in names
    ]
    (tmp_path / "r.zip").write_bytes(_named(dict.fromkeys(written, encoding)))
    assert _found(tmp_path / "r.zip") == ([f"r.zip/{name}" for name in sorted(written)], [])


def test_archives_of_several_systems_give_the_names_that_the_files_have(tmp_path: Path) -> None:
    composed, apart = "Город Клайпеда й.txt", unicodedata.normalize("NFD", "Город Клайпеда й.txt")
    for name, data in {
        "mac": _named({apart: "utf-8"}),
        "marked": _zip({composed: b"x"}),
        "backslash": _named({f"папка\\{composed}": "cp866"}),
    }.items():
        (tmp_path / f"{name}.zip").write_bytes(data)
        (found,) = find_documents([tmp_path / f"{name}.zip"])
        assert isinstance(found, Found) and found.stem == PurePosixPath(composed).stem
        assert slug(found.stem) == slug(Path(composed).stem)


def test_a_name_that_a_field_of_its_own_says(tmp_path: Path) -> None:
    info = ZipInfo("Otchet.txt")
    told = "Отчёт Ү.txt".encode()
    info.extra = struct.pack("<HHBI", 0x7075, 5 + len(told), 1, zlib.crc32(b"Otchet.txt")) + told
    data = BytesIO()
    with ZipFile(data, "w") as archive:
        archive.writestr(info, b"x")
    (tmp_path / "r.zip").write_bytes(data.getvalue())
    assert _found(tmp_path / "r.zip") == (["r.zip/Отчёт Ү.txt"], [])


def test_stored_archives_are_archives(tmp_path: Path) -> None:
    """A document that lies in an archive uncompressed shows its own members' names among the archive's bytes."""
    example = (ROOT / "examples" / "smolensk-2023-q1.docx").read_bytes()
    (tmp_path / "r.zip").write_bytes(_zip({"q1.docx": example, "a/word/document.xml": b"<x/>"}))
    assert _found(tmp_path / "r.zip") == (["r.zip/q1.docx"], ["path-other-files"])


def test_a_docx_named_zip_is_a_document(tmp_path: Path) -> None:
    example = ROOT / "examples" / "smolensk-2023-q1.docx"
    (tmp_path / "r.zip").write_bytes(example.read_bytes())
    assert _found(tmp_path / "r.zip") == (["r.zip"], [])


def test_archives_that_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def codes(data: bytes) -> list[str]:
        (tmp_path / "r.zip").write_bytes(data)
        return _found(tmp_path / "r.zip")[1]

    deep = _zip({"r.txt": b"x"})
    for _ in range(files.MAX_DEPTH):
        deep = _zip({"inner.zip": deep})
    assert codes(deep) == ["archive-nested-too-deep"]
    assert codes(_zip({"photo.jpg": b"x"})) == ["archive-empty"]
    assert codes(b"PK\x03\x04" + b"x" * 100) == ["reader-damaged-archive"]
    monkeypatch.setattr(files, "MAX_FILES", 2)
    assert codes(_zip({f"{number}.txt": b"x" for number in range(3)})) == ["archive-too-large"]


def test_one_broken_member_does_not_stop_the_others(tmp_path: Path) -> None:
    data = bytearray(_zip({"a.txt": b"first text", "b.txt": b"second"}))
    place = data.index(b"first text")
    data[place : place + 5] = b"FIRST"  # its checksum is wrong now
    (tmp_path / "r.zip").write_bytes(bytes(data))
    first, second = (item for item in find_documents([tmp_path / "r.zip"]) if isinstance(item, Found))
    with pytest.raises(UnreadableDocumentError) as raised:
        first.load()
    assert raised.value.problem.code == "reader-damaged-archive" and second.load() == b"second"
