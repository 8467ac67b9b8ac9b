"""Files of sorted lines by blocks: the same as by lines, wherever the blocks end."""

import random
from collections import Counter
from pathlib import Path

import pytest

from pobratim.ground import sorted_lines
from pobratim.ground.sorted_lines import Leaving, differing, turned


def _lines(chance: random.Random, most: int) -> list[bytes]:
    """Return sorted lines about few subjects, some of them long."""
    found = {
        b"%s%d%s %s\n"
        % (
            chance.choice((b"a/", b"b/")),
            chance.randint(0, 30),
            chance.choice((b">", b"/x>")),
            b"v" * chance.choice((1, 7, 90)),
        )
        for _ in range(chance.randint(0, most))
    }
    return sorted(found)


@pytest.fixture(params=[2, 40, 300, 65_536])
def _block(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sorted_lines, "BLOCK", request.param)
    monkeypatch.setattr(sorted_lines, "_FIRST", 16)


@pytest.mark.usefixtures("_block")
@pytest.mark.parametrize("seed", range(30))
def test_a_file_is_turned_as_its_lines_would_be(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    held, fresh = _lines(chance, 200), _lines(chance, 20)
    gone = [b"%s%d%s" % (chance.choice((b"a/", b"b/")), chance.randint(0, 30), end) for end in (b">", b"/") * 3]
    leaving = Leaving(sorted({*gone}), chance.choice((b"", b"vvvvvvv")), chance.choice((b"", b"a/", b"b/")))
    file = tmp_path / "lines"
    file.write_bytes(b"".join(held))
    stay = [
        line
        for line in held
        if line.startswith(leaving.within)
        and not (leaving.text and leaving.text in line)
        and not line.startswith(tuple(gone))
    ]
    pieces = list(turned(file, leaving, fresh))
    now = {*stay, *fresh}
    assert b"".join(piece.data for piece in pieces) == b"".join(sorted(now))
    assert sorted(line for piece in pieces for line in piece.fresh) == sorted(now - {*held})
    assert sorted(line for piece in pieces for line in piece.gone) == sorted({*held} - now)


@pytest.mark.usefixtures("_block")
@pytest.mark.parametrize("seed", range(30))
def test_two_files_differ_by_the_lines_that_one_has(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    old, new = _lines(chance, 200), _lines(chance, 200)
    new = sorted({*chance.sample(old, len(old) * 9 // 10), *new[:5]})
    paths = [tmp_path / "old", tmp_path / "new"]
    for path, lines in zip(paths, (old, new), strict=True):
        path.write_bytes(b"".join(lines))
    wanted = Counter([(False, line) for line in {*old} - {*new}] + [(True, line) for line in {*new} - {*old}])
    assert Counter(differing(*paths)) == wanted
    assert Counter(differing(None, paths[1])) == Counter((True, line) for line in new)
    assert Counter(differing(paths[0], None)) == Counter((False, line) for line in old)
