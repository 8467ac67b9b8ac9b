"""Periods as people write them for a program: «2023-Q1», «2023-H1», «2023», «2023-03», «2023-01/2023-03»."""

import re

_PART = re.compile(r"(?P<year>(?:19|20)\d\d)-?(?P<kind>[QqHh])(?P<number>[1-4])")
_EDTF = re.compile(r"(?:19|20)\d\d(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")


def parse_period(text: str) -> str:
    """Return a period as an EDTF value («2023») or interval («2023-01/2023-03»). Raises ValueError for other text."""
    if part := _PART.fullmatch(text):
        length = 3 if part["kind"] in "Qq" else 6
        last = int(part["number"]) * length
        if last > 12:
            raise ValueError(text)
        return f"{part['year']}-{last - length + 1:02d}/{part['year']}-{last:02d}"
    first, slash, end = text.partition("/")
    if not (_EDTF.fullmatch(first) and (not slash or _EDTF.fullmatch(end))):
        raise ValueError(text)
    if slash and end[: len(first)] < first[: len(end)]:
        raise ValueError(text)
    return first if first == end else text
