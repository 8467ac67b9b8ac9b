"""Texts compressed in segments: any reader of gzip reads them, and one that goes on is the one that is made whole."""

import gzip
import random
import shutil
import subprocess
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from pobratim.publishing.folder import segments
from pobratim.publishing.folder.segments import Earlier, cut, write_segments

_LEVEL = 6


def _lines(pick: random.Random, count: int) -> list[bytes]:
    return sorted(
        b"<https://x.ru/%08d> %s .\n" % (pick.randrange(10**8), pick.randbytes(40).hex().encode()) for _ in range(count)
    )


def _pieces(text: bytes, pick: random.Random) -> Iterator[bytes]:
    """Yield a text in pieces of whole lines, as they come."""
    begin = 0
    while begin < len(text):
        end = text.find(b"\n", min(len(text) - 1, begin + pick.randrange(1, 900_000))) + 1
        yield text[begin:end]
        begin = end


@pytest.mark.parametrize("count", [0, 1, 3_000, 40_000])
def test_any_reader_of_gzip_reads_them(tmp_path: Path, count: int) -> None:
    text = b"".join(_lines(random.Random(count), count))
    made = write_segments(tmp_path / "x.gz", [text] if text else [], _LEVEL)
    packed = (tmp_path / "x.gz").read_bytes()
    assert gzip.decompress(packed) == text and made.size == len(text)
    one = zlib.decompressobj(wbits=31)
    assert one.decompress(packed) == text and one.eof and not one.unused_data  # a single member
    if shutil.which("gzip"):
        assert subprocess.run(["gzip", "-dc", tmp_path / "x.gz"], stdout=subprocess.PIPE, check=True).stdout == text
    assert len(packed) <= 1.05 * len(gzip.compress(text, _LEVEL)) + 20


def test_a_text_is_cut_by_its_lines_and_not_as_it_came() -> None:
    pick = random.Random(7)
    text = b"".join(_lines(pick, 40_000)) + b"x" * 5_000_000 + b"\n" + b"y\n" * 2_000_000
    whole = list(cut([text]))
    assert b"".join(whole) == text and len(whole) > 8
    assert all(list(cut(_pieces(text, pick))) == whole for _ in range(5))


@pytest.mark.parametrize("seed", range(4))
def test_what_goes_on_is_what_is_made_whole(tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    pick, lines = random.Random(seed), _lines(random.Random(seed), 90_000)
    made = write_segments(tmp_path / "0.gz", [b"".join(lines)], _LEVEL)
    real, anew = segments._packed, list[int]()

    def counted(text: bytes, level: int) -> bytes:
        anew.append(len(text))
        return real(text, level)

    for number in range(1, 4):
        for _ in range(5):
            lines.pop(pick.randrange(len(lines)))
            lines.append(b"<https://x.ru/%08d> new .\n" % pick.randrange(10**8))
        text = b"".join(sorted(lines))
        whole = write_segments(tmp_path / "whole.gz", [text], _LEVEL)
        earlier = Earlier(tmp_path / f"{number - 1}.gz", made.segments)
        with monkeypatch.context() as counting:
            counting.setattr(segments, "_packed", counted)
            made = write_segments(tmp_path / f"{number}.gz", _pieces(text, pick), _LEVEL, earlier)
        assert made == whole and (tmp_path / f"{number}.gz").read_bytes() == (tmp_path / "whole.gz").read_bytes()
    assert len(anew) < 2 * len(made.segments)


def test_an_earlier_file_that_ends_too_soon_is_of_no_use(tmp_path: Path) -> None:
    text = b"".join(_lines(random.Random(1), 20_000))
    made = write_segments(tmp_path / "0.gz", [text], _LEVEL)
    whole = (tmp_path / "0.gz").read_bytes()
    (tmp_path / "0.gz").write_bytes(whole[: len(whole) // 2])
    write_segments(tmp_path / "1.gz", [text], _LEVEL, Earlier(tmp_path / "0.gz", made.segments))
    assert (tmp_path / "1.gz").read_bytes() == whole
