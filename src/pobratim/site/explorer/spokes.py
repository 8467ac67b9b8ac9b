"""A small picture of who is tied to one party, for a corner of its page: the whole is the network's page."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from math import cos, pi, sin

from pobratim.explore.parties import Party
from pobratim.explore.ties import Tie
from pobratim.messages import Language
from pobratim.site.explorer.wording import Wording

MOST = 8
"""So many partners have room with their names."""
WIDTH, HEIGHT = 400, 250
_ACROSS, _DOWN = 88, 82
"""Half axes of the ellipse on which the partners are."""
_LINE = 13
"""Characters in a line of a name; a longer word stays whole."""
_LINES, _WIDER, _CROWD = 4, (18, 24, 30), 4
"""A name of more lines has wider ones; above and below the sign they meet those beside them where there are more."""
_HIGH, _LETTER = 16, 7.4
"""Height of a line and usual width of a letter, at 13 px."""
_BOLD = 8.0
"""The same of a bold letter."""
_WIDEST, _MOST_LINES = 124, 3
"""A name that is wider, or has more lines, leaves no room for the lines around it: the middle is a plain sign then."""
_BEFORE = {"start": 0.0, "middle": 0.5, "end": 1.0}
"""Which share of a text lies before the place where it is anchored."""
_SIGN = 18
"""Width of that sign."""


@dataclass(frozen=True, slots=True)
class Spoke:
    """A partner: its place, its name in lines with the place of the first, how its line looks, its own country ("" for
    ours), and what is said of it."""

    x: float
    y: float
    lines: tuple[str, ...]
    text_x: float
    text_y: float
    anchor: str
    width: float
    is_agreed: bool
    country: str
    own: str
    kind: str
    ref: str
    said: str


@dataclass(frozen=True, slots=True)
class Middle:
    """The sign in the middle: how large it is, and the name in it in lines, none where it has no room."""

    width: float
    height: float
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wheel:
    """The picture: its spokes, the sign they come from, and its frame as a viewBox."""

    spokes: tuple[Spoke, ...]
    middle: Middle
    frame: str


def wheel(ties: Sequence[Tie], name: str, lang: Language, known: Collection[str] = ()) -> Wheel | None:
    """Return the strongest partners around a name (at ``WIDTH`` / 2, ``HEIGHT`` / 2), the first at the top.

    Institutions are told with their towns, unless these are ``known``.
    None for fewer than two partners: one line says no more than a row of a table.
    """
    partners: dict[str, list[Tie]] = {}
    for tie in ties:
        partners.setdefault(tie.right.ref, []).append(tie)
    shown = list(partners.values())[:MOST]
    if len(shown) < 2:
        return None
    found = tuple(_spoke(each, place, len(shown), lang, known) for place, each in enumerate(shown))
    left = min(0.0, *(spoke.text_x - _wide(spoke) * _BEFORE[spoke.anchor] for spoke in found))
    right = max(float(WIDTH), *(spoke.text_x + _wide(spoke) * (1 - _BEFORE[spoke.anchor]) for spoke in found))
    top = min(0.0, *(spoke.text_y - _HIGH for spoke in found))
    bottom = max(float(HEIGHT), *(spoke.text_y + _HIGH * len(spoke.lines) for spoke in found))
    frame = " ".join(f"{number:.0f}" for number in (left, top, right - left, bottom - top))
    return Wheel(found, _middle(name), frame)


def _middle(name: str) -> Middle:
    lines = _wrapped(name, _LINE)
    width = max(map(len, lines)) * _BOLD + 16
    if width > _WIDEST or len(lines) > _MOST_LINES:
        return Middle(_SIGN, _SIGN, ())
    return Middle(round(width, 1), len(lines) * _HIGH + 10, lines)


def _wide(spoke: Spoke) -> float:
    return max(len(line) for line in spoke.lines) * _LETTER + 4


def _spoke(ties: Sequence[Tie], place: int, count: int, lang: Language, known: Collection[str]) -> Spoke:
    tie = ties[0]
    angle = 2 * pi * place / max(count, 1) - pi / 2
    x, y = WIDTH / 2 + _ACROSS * cos(angle), HEIGHT / 2 + _DOWN * sin(angle)
    partner = tie.right
    side = 0 if abs(cos(angle)) < 0.2 else 1 if cos(angle) > 0 else -1
    lines = _fitted(partner.said_where(lang, known), _WIDER[:1] if not side and count > _CROWD else _WIDER)
    if side:
        text_x, text_y = x + 12 * side, y + 5 - (len(lines) - 1) * _HIGH / 2
    else:
        text_x, text_y = x, y + 24 if sin(angle) > 0 else y - 14 - (len(lines) - 1) * _HIGH
    anchor = ("middle", "start", "end")[side]
    colour = _country(partner if not partner.is_ours else tie.left)
    width = 1 + min(sum(each.events for each in ties), 6) * 0.9
    return Spoke(
        x=round(x, 1),
        y=round(y, 1),
        lines=lines,
        text_x=round(text_x, 1),
        text_y=round(text_y, 1),
        anchor=anchor,
        width=width,
        is_agreed=any(each.agreements for each in ties),
        country=colour,
        own="" if partner.is_ours else _country(partner),
        kind=partner.kind,
        ref=partner.ref,
        said=_said(ties, Wording(lang)),
    )


def _said(ties: Sequence[Tie], w: Wording) -> str:
    """Return who a partner is and what there was («Витебск: 3 мероприятия, 1 соглашение, последнее — март 2023»)."""
    events, agreements = (sum(getattr(tie, name) for tie in ties) for name in ("events", "agreements"))
    parts = [w.counted("events", events)] + ([w.counted("agreements", agreements)] if agreements else [])
    last = max((tie.last for tie in ties), default="")
    if last:
        parts.append(w("lastOf", date=w.date(last)))
    return f"{ties[0].right.said(w.lang)}: {', '.join(parts)}"


def _country(party: Party) -> str:
    return party.country.code if party.country else ""


def _fitted(name: str, wider: Sequence[int]) -> tuple[str, ...]:
    """Return a name in the narrowest lines of which few are enough, else in the widest."""
    lines = _wrapped(name, _LINE)
    for width in wider:
        if len(lines) > _LINES:
            lines = _wrapped(name, width)
    return lines


def _wrapped(name: str, width: int) -> tuple[str, ...]:
    lines = [""]
    for word in name.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > width:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return tuple(lines)
