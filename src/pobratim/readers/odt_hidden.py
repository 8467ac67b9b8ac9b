"""What of an OpenDocument text is not shown: hidden by style, section, field or condition (ODF 1.3 part 3)."""

from lxml import etree

_GROUPS = {"span": "text", "a": "text", "p": "paragraph", "h": "paragraph"}
"""Elements that a style of text or paragraph hides."""
_SPACE = " \t\r\n"


def remove_hidden(content: etree._Element, styles: etree._Element | None) -> int:
    """Take out of ``content`` what is not shown; return how many characters of text that was.

    Those are texts and paragraphs of a style with text:display="none" (5.5, 16.29.5, 20.393), hidden sections and
    paragraphs, collapsed rows, and the words of an unfilled content control.
    """
    # Automatic styles of both parts bear the same names: those of the content are meant.
    hiding = _hiding_styles([root for root in (styles, content) if root is not None])
    hidden = dict.fromkeys(element for element in content.iter(etree.Element) if _is_hidden(element, hiding))
    outermost = [element for element in hidden if not any(above in hidden for above in element.iterancestors())]
    return sum(map(_remove, outermost))


def _is_hidden(element: etree._Element, hiding: set[str]) -> bool:
    name = _name(element)
    if name in _GROUPS:
        return _told(element, "style-name") in hiding or _has_hidden_mark(element)
    if name == "section":
        return _told(element, "display") == "none" or _told(element, "is-hidden") == "true"
    if name == "hidden-text":
        return _told(element, "is-hidden") == "true"
    if name == "content-control":
        return _told(element, "showing-place-holder") == "true"
    return name == "table-row" and _told(element, "visibility") in {"collapse", "filter"}


def _has_hidden_mark(paragraph: etree._Element) -> bool:
    """Tell whether a paragraph holds the field that hides it (7.7.11)."""
    if _name(paragraph) == "span":
        return False
    return any(_told(mark, "is-hidden") == "true" for mark in paragraph.iter("{*}hidden-paragraph"))


def _hiding_styles(roots: list[etree._Element]) -> set[str]:
    known = {_told(style, "name"): style for root in roots for style in root.iter("{*}style")}
    return {name for name in known if _hides(name, known)}


def _hides(name: str, known: dict[str, etree._Element]) -> bool:
    """Tell whether a style, or the nearest of its parents that says anything of it, hides its text."""
    for _ in range(len(known)):
        style = known.get(name)
        if style is None:
            return False
        for properties in style.iterchildren("{*}text-properties"):
            if told := _told(properties, "display"):
                return told == "none"
        name = _told(style, "parent-style-name")
    return False


def _remove(element: etree._Element) -> int:
    """Empty an element, but keep what follows it; return how many characters of text it had."""
    count = sum(1 for text in element.itertext() for char in text if char not in _SPACE)
    tail = element.tail
    parent = element.getparent()
    if parent is None:
        return 0
    before = element.getprevious()
    if tail and before is not None:
        before.tail = (before.tail or "") + tail
    elif tail:
        parent.text = (parent.text or "") + tail
    parent.remove(element)
    return count


def _told(element: etree._Element, name: str) -> str:
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")


def _name(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]
