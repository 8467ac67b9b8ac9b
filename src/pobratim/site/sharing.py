"""How a page is shown where its address is told of: its card (``papers/card.py``), and the address of its picture."""

from collections.abc import Iterable, Mapping, Sequence

from pobratim.explore import Index, bits
from pobratim.explore.filling.facets import NONE
from pobratim.explore.ties import Tie
from pobratim.messages import Language
from pobratim.papers.card import STRONGEST, Card, Strong
from pobratim.papers.lettering import has_letters
from pobratim.site.explorer.wording import Piece
from pobratim.site.page import Page, Visit
from pobratim.site.words import grouped, word

PICTURES = "/picture"
"""Where pictures of pages are: this, the path of the page, and ``ENDING``; of the first page without its slash."""
ENDING = ".png"


def card(
    lang: Language,
    kind: str,
    name: str,
    summary: Sequence[Piece],
    years: Mapping[int, int] | None = None,
    strongest: tuple[str, Sequence[Strong]] = ("", ()),
    is_main: bool = False,
) -> Card:
    """Return the card of a page; ``strongest`` are the word (``viz/words/pages.yml``) for who they are, and they."""
    heading, rows = strongest
    return Card(
        site=word("site-short", lang),
        kind=kind,
        name=name,
        sentence="".join(text for text, _ in summary),
        years=years or {},
        years_heading=word("card-years", lang),
        strongest=rows[:STRONGEST],
        strongest_heading=word(heading, lang) if rows else "",
        is_main=is_main,
    )


def partners(ties: Iterable[Tie], lang: Language, with_own: bool = False) -> list[Strong]:
    """Return ties as rows of a card: the partner, or both sides."""
    return [
        Strong(
            f"{tie.left.said_briefly(lang)} — {tie.right.said_briefly(lang)}"
            if with_own
            else tie.right.said_briefly(lang),
            grouped(tie.events, lang) if tie.events else "",
            tie.right.country.code if tie.right.country else "",
        )
        for tie in ties
    ]


def years_of(index: Index, events: int | None = None) -> dict[int, int]:
    """Return how many of some events, as a set, began in each year; of all where there are none given."""
    known = index.facets.get(("event", "year"), {})
    kept = bits.everything(index.sizes["event"]) if events is None else events
    counts = {int(year): (each & kept).bit_count() for year, each in known.items() if year != NONE}
    return {year: count for year, count in sorted(counts.items()) if count}


def has_own_picture(page: Page, visit: Visit) -> bool:
    """Tell whether a page has a picture of its own; none has where the fonts are missing."""
    return (
        page.card is not None
        and has_letters()
        and (visit.pictures == "all" or (visit.pictures == "main" and page.card.is_main))
    )


def picture_of(page: Page, visit: Visit) -> str:
    """Return the URL of the picture of a page: that of the first page where it has none, "" where none are made."""
    if visit.pictures == "none" or page.status != 200 or not has_letters():
        return ""
    path = visit.path.rstrip("/") if has_own_picture(page, visit) else ""
    return f"{visit.addresses.public}{PICTURES}{path}{ENDING}?lang={visit.lang}"
