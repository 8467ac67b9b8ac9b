"""What of a page a browser does not show (HTML standard 15.3.1, CSS display and visibility, Word's mso-hide)."""

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)|<!--|-->", re.S)
_BLOCK = re.compile(r"(@[^{};@]*\{)")
_GONE = re.compile(r"(?:^|[;\s])(?:display\s*:\s*none|mso-hide\s*:\s*(?:all|screen))", re.I)
_BLANK = re.compile(r"(?:^|[;\s])visibility\s*:\s*(?:hidden|collapse)", re.I)
_MAX_RULES = 200
"""Rules that hide something; each is a search through the page."""
_TABULAR = {"td", "th", "tr", "thead", "tbody", "tfoot", "table"}
_SPACE = re.compile(r"\s+")


def remove_hidden(page: LexborHTMLParser) -> int:
    """Take out of ``page`` what is not shown; return how many characters of text that was.

    A cell that is only invisible keeps its place.
    """
    if page.body is None:
        return 0
    gone, blank = _by_attributes(page)
    rules = [rule for rule in _rules(page) if _GONE.search(rule[1]) or _BLANK.search(rule[1])]
    for selector, declarations in rules[:_MAX_RULES]:
        found = gone if _GONE.search(declarations) else blank
        found += _matching(page, selector)
    cells = [cell for node in blank for cell in _cells(node)]
    gone += [node for node in blank if node.tag not in _TABULAR]
    emptied = {cell.mem_id for cell in cells} - {node.mem_id for node in gone}
    return sum(_emptied(node) if node.mem_id in emptied else _removed(node) for node in _outermost(gone + cells))


def _cells(node: LexborNode) -> list[LexborNode]:
    """Return the cells that keep their place in the grid although nothing is seen in them."""
    if node.tag in {"td", "th"}:
        return [node]
    return node.css("td, th") if node.tag in _TABULAR else []


def _outermost(nodes: list[LexborNode]) -> list[LexborNode]:
    """Return each node once, without those inside others: what is taken out must not be touched again."""
    known = {node.mem_id for node in nodes}
    result = {}
    for node in nodes:
        above = node.parent
        while above is not None and above.mem_id not in known:
            above = above.parent
        if above is None:
            result[node.mem_id] = node
    return list(result.values())


def _by_attributes(page: LexborHTMLParser) -> tuple[list[LexborNode], list[LexborNode]]:
    gone, blank = list(page.css("body [hidden]")), []
    for node in page.css("body [style]"):
        style = node.attributes.get("style") or ""
        if _GONE.search(style):
            gone.append(node)
        elif _BLANK.search(style):
            blank.append(node)
    return gone, blank


def _rules(page: LexborHTMLParser) -> list[tuple[str, str]]:
    """Return the selectors and declarations of the page's own style sheets; those of @media and the like are left."""
    rules = []
    for sheet in page.css("style"):
        inside, plain = False, []
        for piece in _BLOCK.split(_COMMENT.sub(" ", sheet.text())):
            if not piece.startswith("@"):
                plain.append(_behind(piece) if inside else piece)
            inside = piece.startswith("@")
        rules += [rule.partition("{")[::2] for rule in " ".join(plain).split("}") if "{" in rule]
    return [(selector.strip(), declarations) for selector, declarations in rules]


def _behind(text: str) -> str:
    """Return what follows the brace that closes a block begun before ``text``."""
    depth = 1
    for place, char in enumerate(text):
        depth += (char == "{") - (char == "}")
        if not depth:
            return text[place + 1 :]
    return ""


def _matching(page: LexborHTMLParser, selector: str) -> list[LexborNode]:
    if "::" in selector or ":" in selector.split(",")[0]:
        return []
    try:
        return [node for node in page.css(selector) if node.tag not in {"html", "body"}]
    except (SelectolaxError, ValueError):
        return []


def _removed(node: LexborNode) -> int:
    count = _length(node)
    node.decompose()
    return count


def _emptied(cell: LexborNode) -> int:
    count = _length(cell)
    for child in list(cell.iter(include_text=True)):
        child.decompose()
    return count


def _length(node: LexborNode) -> int:
    return len(_SPACE.sub("", node.text() or ""))
