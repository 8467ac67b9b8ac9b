"""What of Word's markup a reader of the page sees: the rest is taken out of the tree (ECMA-376 parts 1 and 3)."""

from collections.abc import Iterator

from lxml import etree

_OFF = {"0", "false", "off", "none"}
_KNOWN = ("http://schemas.microsoft.com/office/", "http://schemas.openxmlformats.org/")
"""How the namespaces begin that Word itself understands; of alternatives it takes the first it does."""


def keep_shown(root: etree._Element, styles: etree._Element | None) -> int:
    """Leave in ``root`` what the page shows; return how many characters of hidden text were taken out.

    Of alternatives for several programs one stays; unfilled content controls are empty; the choice of a form field
    becomes text; hidden runs and rows, and what Word 2003 marked as deleted, go. ``styles`` is the styles part.
    """
    _choose_alternatives(root)
    for control in root.iter("{*}sdt"):
        if _is_on(control, "sdtPr", "showingPlcHdr"):
            _empty(control)
    for field in list(root.iterfind(".//{*}fldChar/{*}ffData")):
        _write_choice(field)
    for change in [one for one in root.iter("{*}annotation") if not _attribute(one, "type").startswith("Word.Ins")]:
        if _attribute(change, "type").startswith(("Word.Del", "Word.Comment")):
            _remove(change)
    return _remove_hidden(root, styles)


def marks_end_hidden(paragraph: etree._Element) -> bool:
    """Tell whether a paragraph's mark is deleted or hidden, so that the next one goes on in its line."""
    for run in paragraph.iterfind("{*}pPr/{*}rPr"):
        return run.find("{*}del") is not None or _toggle(run) is True
    return False


def _choose_alternatives(root: etree._Element) -> None:
    for element in list(root.iter("{*}AlternateContent")):
        options = list(element.iterchildren("{*}Choice", "{*}Fallback"))
        chosen = next((option for option in options if _is_understood(option)), None)
        for option in options:
            if option is not chosen:
                _remove(option)


def _is_understood(option: etree._Element) -> bool:
    required = option.get("Requires", "").split()
    return all(option.nsmap.get(prefix, "").startswith(_KNOWN) for prefix in required)


def _empty(control: etree._Element) -> None:
    """Take away the grey words that ask to fill a control in."""
    for content in control.iterchildren("{*}sdtContent"):
        for text in content.iter("{*}t"):
            text.text = ""


def _write_choice(field: etree._Element) -> None:
    """Write what a form field's list or box shows, unless its result stands in the text already."""
    character = field.getparent()
    run = character.getparent() if character is not None else None
    shown = _chosen(field)
    if run is None or not shown or _has_result(run):
        return
    text = etree.SubElement(run, etree.QName(etree.QName(run).namespace, "t"))
    text.text = shown


def _chosen(field: etree._Element) -> str:
    for box in field.iterchildren("{*}checkBox"):
        return "☒" if _is_on(field, "checkBox", "checked" if box.find("{*}checked") is not None else "default") else "☐"
    for options in field.iterchildren("{*}ddList"):
        entries = [_attribute(entry, "val") for entry in options.iterchildren("{*}listEntry")]
        numbers = [_attribute(one, "val") for name in ("result", "default") for one in options.iterfind(f"{{*}}{name}")]
        number = int(numbers[0]) if numbers and numbers[0].isdecimal() else 0
        return entries[number] if number < len(entries) else ""
    return ""


def _has_result(run: etree._Element) -> bool:
    """Tell whether text stands between the separator and the end of the field that ``run`` begins."""
    depth, behind = 1, False
    for sibling in run.itersiblings():
        for mark in sibling.iter("{*}fldChar", "{*}t"):
            kind = _attribute(mark, "fldCharType")
            if not kind:
                if behind and (mark.text or "").strip():
                    return True
            elif kind == "separate":
                behind = behind or depth == 1
            else:
                depth += 1 if kind == "begin" else -1
                if not depth:
                    return False
    return False


def _remove_hidden(root: etree._Element, styles: etree._Element | None) -> int:
    count = 0
    hiding = _hiding_styles(styles)
    if hiding or root.find(".//{*}vanish") is not None:
        for run in list(root.iter("{*}r")):
            if _is_hidden(run, hiding):
                count += _remove(run)
    for row in [row for row in root.iter("{*}tr") if _is_on(row, "trPr", "hidden")]:
        if not any((text.text or "").strip() for text in row.iter("{*}t")):
            _remove(row)
    return count


def _is_hidden(run: etree._Element, hiding: set[str]) -> bool:
    """Tell whether a run is hidden: by itself, or by its style or its paragraph's but not by both (17.7.3)."""
    own = run.find("{*}rPr")
    direct = _toggle(own)
    if direct is not None:
        return direct
    by_run = own is not None and _style(own, "rStyle") in hiding
    paragraph = next(run.iterancestors("{*}p"), None) if hiding else None
    settings = paragraph.find("{*}pPr") if paragraph is not None else None
    by_paragraph = (_style(settings, "pStyle") if settings is not None else "") in hiding
    return by_run != by_paragraph


def _hiding_styles(styles: etree._Element | None) -> set[str]:
    """Return the ids of styles that hide their text, by themselves or by what they are based on; "" for the default."""
    if styles is None or styles.find(".//{*}vanish") is None:
        return set()
    known = {_attribute(style, "styleId"): style for style in styles.iter("{*}style")}
    result = {name for name, style in known.items() if any(_toggles(style, known))}
    standard = (known[name] for name in result if _attribute(known[name], "type") == "paragraph")
    return result | ({""} if any(_attribute(style, "default") not in {"", *_OFF} for style in standard) else set())


def _toggles(style: etree._Element, known: dict[str, etree._Element]) -> Iterator[bool]:
    """Yield the nearest setting of a style and what it is based on."""
    for _ in range(len(known)):
        own = _toggle(style.find("{*}rPr"))
        if own is not None:
            yield own
            return
        base = known.get(_style(style, "basedOn"))
        if base is None:
            return
        style = base


def _style(settings: etree._Element, name: str) -> str:
    found = settings.find(f"{{*}}{name}")
    return "" if found is None else _attribute(found, "val")


def _toggle(settings: etree._Element | None) -> bool | None:
    found = None if settings is None else settings.find("{*}vanish")
    return None if found is None else _attribute(found, "val") not in _OFF


def _is_on(element: etree._Element, group: str, name: str) -> bool:
    found = element.find(f"{{*}}{group}/{{*}}{name}")
    return found is not None and _attribute(found, "val") not in _OFF


def _remove(element: etree._Element) -> int:
    """Take an element out; return how many characters of text went with it."""
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
    return sum(len((text.text or "").strip()) for text in element.iter("{*}t"))


def _attribute(element: etree._Element, name: str) -> str:
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")
