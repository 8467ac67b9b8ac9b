"""The example report as a scanner gives it: printed, laid a little askew, its paper grey and grainy."""

import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pypdfium2 as pdfium
from scipy import ndimage

from tests.support.places import TESTS

PRINTED = TESTS / "fixtures" / "documents" / "smolensk-2023-q1.pdf"
"""The example .docx as LibreOffice prints it (tools/build_fixtures.py --office)."""
_POINTS = 72
_PAPER, _GRAIN = 225.0, 14.0
"""Brightness of the paper, and how much one dot of it differs from the next (standard deviation)."""
_TURN = 1.0
_FONT = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"

Grey = npt.NDArray[np.uint8]


def printed(dpi: int, pages: Sequence[int] = (), path: Path = PRINTED) -> list[Grey]:
    """Return pages (from 0; none: all) of a PDF as clean grey pictures."""
    with pdfium.PdfDocument(path) as document:
        numbers = pages or range(len(document))
        return [_drawn(document[number], dpi) for number in numbers]


def _drawn(page: Any, dpi: int) -> Grey:
    bitmap = page.render(scale=dpi / _POINTS, grayscale=True)
    grey: Grey = np.array(bitmap.to_numpy(), dtype=np.uint8).reshape(bitmap.height, bitmap.width)
    return grey


def scanned(page: Grey, seed: int, turn: float = _TURN, grain: float = _GRAIN) -> Grey:
    """Return a page turned by so many degrees, on grey paper with grain; the same seed gives the same dots."""
    turned = ndimage.rotate(page, turn, reshape=False, order=1, mode="constant", cval=255)
    noise = np.random.default_rng(seed).normal(0.0, grain, page.shape)
    grey: Grey = np.clip(turned.astype(np.float64) * (_PAPER / 255) + noise, 0, 255).astype(np.uint8)
    return grey


def scan_pdf(pages: Sequence[Grey], dpi: int, layer: str = "") -> bytes:
    """Return a PDF with a picture a page, and under each the text ``layer`` (ASCII), as scanners' programs add it."""
    bodies = [b"<</Type/Catalog/Pages 2 0 R>>"]
    kids = " ".join(f"{3 + 3 * number} 0 R" for number in range(len(pages)))
    bodies.append(f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>".encode())
    for number, page in enumerate(pages):
        bodies += _objects(page, dpi, 3 + 3 * number, layer)
    return _pdf(bodies)


def _objects(page: Grey, dpi: int, first: int, layer: str) -> list[bytes]:
    height, width = page.shape
    across, up = width * _POINTS / dpi, height * _POINTS / dpi
    packed = zlib.compress(page.tobytes(), 1)
    text = f" BT 3 Tr /F 10 Tf 20 {up / 2:.0f} Td ({layer}) Tj ET" if layer else ""
    drawn = f"q {across:.3f} 0 0 {up:.3f} 0 0 cm /P Do Q{text}".encode()
    picture = (
        f"<</Type/XObject/Subtype/Image/Width {width}/Height {height}/ColorSpace/DeviceGray/BitsPerComponent 8"
        f"/Filter/FlateDecode/Length {len(packed)}>>stream\n"
    )
    return [
        f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {across:.3f} {up:.3f}]/Contents {first + 1} 0 R"
        f"/Resources<</XObject<</P {first + 2} 0 R>>/Font<</F {_FONT}>>>>>>".encode(),
        b"<</Length %d>>stream\n%s\nendstream" % (len(drawn), drawn),
        picture.encode() + packed + b"\nendstream",
    ]


def _pdf(bodies: Sequence[bytes]) -> bytes:
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(bodies, 1):
        places.append(len(out))
        out += b"%d 0 obj%sendobj\n" % (number, body)
    start = len(out)
    rows = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(bodies) + 1
    out += f"xref\n0 {size}\n0000000000 65535 f \n{rows}".encode()
    out += f"trailer<</Size {size}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF".encode()
    return bytes(out)
