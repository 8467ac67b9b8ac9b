"""Characters of Word's symbol fonts as Unicode: they stand in the private area, as U+F000 and the font's code."""

import re

_HEXADECIMAL = re.compile("[0-9A-Fa-f]{4,6}")
_PRIVATE = range(0xF000, 0xF100)
_SHOWN_BY_A_FONT = re.compile(r"[\uf000-\uf0ff]")
_UNKNOWN = "\ufffd"
_SYMBOL = {
    **{0x20 + place: char for place, char in enumerate(
        " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"
    )},
    **{0xA1 + place: char for place, char in enumerate(
        "ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑"
    )},
}  # fmt: skip
"""Adobe's Symbol encoding, as the Unicode Consortium's table VENDORS/ADOBE/symbol.txt has it."""
_WINGDINGS = {
    0x6C: "●", 0x6E: "■", 0x6F: "□", 0x71: "❑", 0x75: "◆", 0x76: "❖", 0x77: "◆", 0x9E: "·", 0x9F: "•", 0xA7: "▪",
    0xA8: "◻", 0xD8: "➢", 0xDF: "←", 0xE0: "→", 0xE1: "↑", 0xE2: "↓", 0xE8: "➔", 0xF0: "⇨", 0xFB: "✗", 0xFC: "✓",
    0xFD: "☒", 0xFE: "☑",
}  # fmt: skip
"""The signs of Microsoft's Wingdings that lists and forms use."""


def symbol(code: str, font: str) -> str:
    """Return the character that a font's hexadecimal code stands for; without a valid one, U+FFFD."""
    if not _HEXADECIMAL.fullmatch(code):
        return _UNKNOWN
    number = int(code, 16)
    if number in _PRIVATE:
        return _of_font(number - _PRIVATE.start, font)
    return chr(number) if number < 0x110000 else _UNKNOWN  # halves of a pair are joined where text is made whole


def is_private(text: str) -> bool:
    """Tell whether a text has characters that only a symbol font can show."""
    return _SHOWN_BY_A_FONT.search(text) is not None


def from_private(text: str, font: str = "") -> str:
    """Return ``text`` with what ``font`` (without one, Symbol) shows in place of characters of the private area."""
    if not is_private(text):
        return text
    return "".join(_of_font(ord(char) - _PRIVATE.start, font) if is_private(char) else char for char in text)


def _of_font(code: int, font: str) -> str:
    if font.casefold().startswith(("wingdings", "webdings")):
        return _WINGDINGS.get(code, _UNKNOWN)
    if font.casefold() in {"", "symbol"}:
        return _SYMBOL.get(code, _UNKNOWN)
    return bytes([code]).decode("cp1251", "replace")
