"""Briefs in Word: two pages about a partner or a pair, every event and agreement with a note on where it stands."""

import re
import textwrap
from collections.abc import Iterable, Sequence

from pobratim.explore import Selection
from pobratim.explore.agreements import Agreement
from pobratim.explore.between import is_within
from pobratim.explore.dossier import Dossier, Limits, dossier_of
from pobratim.explore.events import Event
from pobratim.explore.pair import Couple, Pair, pair_of, side_of
from pobratim.explore.parties import Party
from pobratim.explore.ties import Tie
from pobratim.messages import Language, texts
from pobratim.papers.paper import Block, Grid, Heading, Note, Paper, Paragraph, Said, cells, plain, remark
from pobratim.site.asking import Asker
from pobratim.site.explorer.dossier import summary as summary_of_party
from pobratim.site.explorer.evidence import Exhibit, Ground, agreement_ground, event_ground, exhibit, named_agreement
from pobratim.site.explorer.listed import standing, term
from pobratim.site.explorer.pair import one_sided
from pobratim.site.explorer.pair import summary as summary_of_pair
from pobratim.site.explorer.wording import Piece, Wording
from pobratim.site.page import Visit
from pobratim.site.values import date_text

WORDS = "papers"
TIES, COUPLES, EVENTS, AGREEMENTS = 8, 6, 9, 5
"""So many of each: with their notes they fill two pages of A4."""
_NAME, _TITLE, _AROUND = 130, 150, 70
"""Characters of a name, of a title, and of a sentence before and after its phrase, which is whole up to a title's."""
_SPACES = re.compile(r"\s+")
_NAMED = 4
"""So many participants of a side are named."""


async def party_brief(asker: Asker, party: Party, visit: Visit) -> Paper:
    """Return the brief about one party. Raises as the asker does."""
    most = Limits(TIES, EVENTS, AGREEMENTS, 0)
    told = await asker.explored(lambda index: dossier_of(index, party, Selection(), most))
    brief = _Brief(asker, visit, (party,))
    return await brief.paper(
        brief.words["brief-party"].format(name=_brief(party.said(visit.lang), _TITLE)),
        summary_of_party(told, brief.w),
        "" if told.is_heard else brief.words["unheard"].format(name=party.said_briefly(visit.lang)),
        (*brief.ties(told),),
        (told.events.rows, told.events.found, told.agreements.rows, told.agreements.found),
    )


async def pair_brief(asker: Asker, one: Party, other: Party, visit: Visit) -> Paper:
    """Return the brief about two parties, ours first. Raises as the asker does."""
    pair = await asker.explored(lambda index: pair_of(index, one, other, Selection()))
    brief = _Brief(asker, visit, (pair.left, pair.right))
    names = {"left": pair.left.said_briefly(visit.lang), "right": pair.right.said_briefly(visit.lang)}
    return await brief.paper(
        brief.words["brief-pair"].format(**{side: _brief(name, _NAME) for side, name in names.items()}),
        [(brief.w("noTies", **names), False)] if pair.is_empty else summary_of_pair(pair, brief.w),
        one_sided(pair, brief.w) or (brief.w("noTiesHow") if pair.is_empty else ""),
        (*brief.couples(pair),),
        (pair.events.rows[:EVENTS], pair.events.found, pair.agreements.rows[:AGREEMENTS], pair.agreements.found),
    )


Told = tuple[Sequence[Event], int, Sequence[Agreement], int]
"""Events with the number of all, and agreements with the number of all."""


class _Brief:
    """One brief being made, about one party or two."""

    def __init__(self, asker: Asker, visit: Visit, sides: tuple[Party, ...]) -> None:
        self._asker, self._visit, self._sides = asker, visit, sides
        self.lang: Language = visit.lang
        self.w, self.words = Wording(visit.lang), texts(WORDS, visit.lang)

    async def paper(
        self, title: str, summary: Sequence[Piece], note: str, first: tuple[Block, ...], told: Told
    ) -> Paper:
        events, events_found, agreements, agreements_found = told
        grounds = [event_ground(each, self._sides, self.w) for each in events]
        grounds += [agreement_ground(each, self.w) for each in agreements]
        blocks: list[Block] = [Paragraph(tuple(Said(text, is_strong=is_figure) for text, is_figure in summary))]
        blocks += [remark(note)] if note else []
        blocks += first
        blocks += self._section("events", self._events(events), events_found - len(events))
        blocks += self._section(
            "agreements", self._agreements(agreements, len(events)), agreements_found - len(agreements)
        )
        notes = [self._note(await self._exhibit(ground)) for ground in grounds]
        foot = foot_of(self._visit)
        return Paper(title, self.lang, tuple(blocks), foot, self.words["sources"], tuple(notes))

    def ties(self, told: Dossier) -> list[Block]:
        ours, theirs = ("own", "partner") if told.party.is_ours or not told.is_area else ("partner", "own")
        heads = (ours, theirs, "country", "events-head", "years", "last", "agreements-head")
        kept = heads if told.is_area else heads[1:]
        rows = [self._tie(tie)[len(heads) - len(kept) :] for tie in told.ties]
        widths = ((16.0,) if told.is_area else ()) + (20, 15, 16, 13, 21, 15)
        numeric = frozenset(kept.index(each) for each in ("events-head", "agreements-head"))
        grid = Grid(self._heads(kept), tuple(rows), widths, numeric) if rows else None
        return self._section("ties", grid, told.found - len(rows))

    def couples(self, pair: Pair) -> list[Block]:
        names = [_brief(side.said_briefly(self.lang), _NAME) for side in self._sides]
        rows = [self._couple(each) for each in pair.couples[:COUPLES]]
        heads = (*names, self.words["events-head"], self.words["agreements-head"])
        grid = Grid(heads, tuple(rows), (33, 33, 17, 17), frozenset((2, 3))) if rows else None
        return self._section("couples", grid, pair.found - len(rows))

    def _section(self, name: str, grid: Grid | None, rest: int) -> list[Block]:
        """Return a heading with its table, or with the sentence that nothing is told, and how many more there are."""
        found: list[Block] = [Heading(self.words[name]), grid or plain(self.words[f"no-{name}"])]
        shown = len(grid.rows) if grid else 0
        return [*found, remark(self.words["rest"].format(count=rest, shown=shown))] if rest > 0 else found

    def _tie(self, tie: Tie) -> tuple[Said, ...]:
        years = sorted(tie.years)
        span = "–".join(str(year) for year in dict.fromkeys((years[0], years[-1]))) if years else self.w("noYear")
        partner = tie.right
        return cells([
            _brief(tie.left.said_briefly(self.lang), _NAME),
            _brief(partner.said(self.lang), _NAME),
            partner.country.said(self.lang) if partner.country else self.words["country-untold"],
            tie.events,
            span,
            date_text(tie.last, self.lang) if tie.last else self.words["date-untold"],
            tie.agreements,
        ])  # fmt: skip

    def _couple(self, couple: Couple) -> tuple[Said, ...]:
        names = [_brief(each.said(self.lang), _NAME) for each in (couple.left, couple.right)]
        return cells([*names, couple.events, couple.agreements])

    def _events(self, events: Sequence[Event]) -> Grid | None:
        rows = tuple(self._event(event, number) for number, event in enumerate(events, 1))
        return Grid(self._heads(("when", "what", "who")), rows, (21, 38, 41)) if rows else None

    def _event(self, event: Event, number: int) -> tuple[Said, ...]:
        when = date_text(event.date, self.lang) if event.date else self.w("noYear")
        return (
            Said(when),
            Said(_brief(event.title, _TITLE), (number,)),
            Said(f"{self._who(event)}; {self._reporters(event)}"),
        )

    def _who(self, event: Event) -> str:
        sides = [side_of(event, side) for side in self._sides]
        if len(sides) == 1:
            involved = dict.fromkeys(
                each.party for each in event.participants if each.party.kind in ("institution", "place")
            )
            sides.append(tuple(each for each in involved if not is_within(each, self._sides[0])))
        return " — ".join(self._named(side) for side in sides if side) or self.words["who-untold"]

    def _named(self, parties: Sequence[Party]) -> str:
        names = [_brief(each.said(self.lang), _NAME) for each in parties[:_NAMED]]
        rest = len(parties) - len(names)
        return ", ".join([*names, *([self.words["others"].format(count=rest)] if rest else [])])

    def _reporters(self, event: Event) -> str:
        names = dict.fromkeys(each.reporter.said_briefly(self.lang) for each in event.accounts if each.reporter)
        return self.w.by(list(names)) if names else self.words["reporter-untold"]

    def _agreements(self, agreements: Sequence[Agreement], before: int) -> Grid | None:
        rows = tuple(self._agreement(each, number) for number, each in enumerate(agreements, before + 1))
        return Grid(self._heads(("document", "parties", "date", "status")), rows, (25, 34, 21, 20)) if rows else None

    def _agreement(self, agreement: Agreement, number: int) -> tuple[Said, ...]:
        number_told = f" № {agreement.told_number}" if agreement.told_number else ""
        names = " — ".join(_brief(party.said(self.lang), _NAME) for party in agreement.parties[:_NAMED])
        told = agreement.status.said(self.lang), standing(agreement, self.w)[1], term(agreement, self.w)
        return (
            Said(_brief(named_agreement(agreement, self.w), _TITLE) + number_told, (number,)),
            Said(names or self.words["parties-untold"]),
            Said(date_text(agreement.date, self.lang) if agreement.date else self.words["date-untold"]),
            Said(", ".join(dict.fromkeys(told))),
        )

    def _heads(self, names: Iterable[str]) -> tuple[str, ...]:
        return tuple(self.words[name] for name in names)

    async def _exhibit(self, ground: Ground) -> Exhibit:
        return await exhibit(self._asker, ground, self._visit)

    def _note(self, found: Exhibit) -> Note:
        if not found.report:
            return Note(self.words["note-untold"])
        code = "note-column" if found.column else "note"
        where = self.words[code].format(report=_brief(found.report, _TITLE), row=found.row, column=found.column)
        if found.quote is None:
            return Note(where)
        before, exact, after = (_SPACES.sub(" ", part) for part in found.quote)
        return Note(where, _end(before), _brief(exact, _TITLE), _beginning(after))


def foot_of(visit: Visit) -> str:
    """Return what stands under the pages: the version of the data and of when it is."""
    words = texts(WORDS, visit.lang)
    if visit.modified is None:
        return words["foot"].format(number=visit.number)
    return words["foot-dated"].format(
        number=visit.number, date=date_text(visit.modified.date().isoformat(), visit.lang)
    )


def _brief(text: str, most: int) -> str:
    """Return a text cut at a word where it is longer than ``most`` characters; a word that is longer is cut itself."""
    if len(text) <= most:
        return text
    cut = textwrap.shorten(text, most, placeholder=" …")
    return cut if len(cut) > most // 2 else text[: most - 1] + "…"


def _end(text: str) -> str:
    """Return the end of what stands before a phrase."""
    return text if len(text) <= _AROUND else "… " + text[-_AROUND:].partition(" ")[2]


def _beginning(text: str) -> str:
    """Return the beginning of what stands behind a phrase."""
    return text if len(text) <= _AROUND else text[:_AROUND].rpartition(" ")[0] + " …"
