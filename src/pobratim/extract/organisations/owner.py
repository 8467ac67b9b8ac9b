"""Whether the body named at once behind an organisation is the whole of which it is a part.

«Вторая больница Шаньдунского университета», «институт (филиал) ФГАОУ ВО «…»»: the whole is the part's name.
"""

from dataclasses import dataclass

from pobratim.extract.cells import CellText
from pobratim.extract.organisations.anchors import Anchors, flag
from pobratim.extract.organisations.complement import WORKS
from pobratim.extract.organisations.mention import Mention
from pobratim.ground.decision_table import DecisionTable, Rule
from pobratim.names.initials import is_acronym

_DASHES = {"–", "-", "—"}


@dataclass(slots=True, eq=False)
class Part:
    """A mention of a cell and where its whole would begin.

    ``branch`` tells that the word for a branch stands there («… училище – филиал университета»).
    """

    cell: CellText
    mention: Mention
    index: int
    branch: bool

    @property
    def quoted(self) -> bool:
        """Tell whether a legal form with a quotation, or with nothing but a person, has ended the name."""
        one = self.mention
        return one.legal is not None and (one.quote is not None or (one.head < 0 and one.honorific is not None))


def part_of(cell: CellText, mention: Mention) -> Part:
    """Return a mention with where its whole would begin: at once behind it, behind «при» or a dash."""
    branch = cell.low(mention.last) in _DASHES and _is_branch(cell, mention.last + 1)
    return Part(cell, mention, mention.last + (branch or cell.low(mention.last) == "при"), branch)


def _is_branch(cell: CellText, index: int) -> bool:
    return index < len(cell.tokens) and "филиал" in cell.tokens[index].word.lemmas


# Of what no whole is looked for


def _owned_already(part: Part) -> bool:
    """Its whole has been found."""
    return part.mention.owner is not None


def _collective(part: Part) -> bool:
    """«Хор Дома культуры» is nobody's branch."""
    return flag(part.mention.kind, "collective")


def _within(part: Part) -> bool:
    """«Сцена театра» is the theatre's."""
    return flag(part.mention.kind, "within")


def _several(part: Part) -> bool:
    """«Факультеты университета»."""
    return part.mention.plural


def _at_the_end(part: Part) -> bool:
    """Nothing is behind it."""
    return part.index >= len(part.cell.tokens)


def _placed(part: Part) -> bool:
    """«Музей (г. Витебск) …», «музей Витебска …»: a place ends a name; in a quotation it does not."""
    return bool(part.mention.beside) or (bool(part.mention.geos) and not part.quoted)


def _headless(part: Part) -> bool:
    """«СмолГУ»: of initials nothing tells the case of what follows; those behind a post may be an office's («УГХ»)."""
    office = part.mention.pattern == "acronym" and part.mention.kind is None
    return part.mention.head < 0 and not part.quoted and not office


def _quotation_ends(part: Part) -> bool:
    """What follows is a mark, or stands in another quotation."""
    cell = part.cell
    return cell.tokens[part.index].kind != "word" or cell.quote_of[part.index] is not cell.quote_of[part.mention.first]


MAY_BE_PART: DecisionTable[[Part], bool] = DecisionTable(
    Rule(_owned_already, False),
    Rule(_collective, False),
    Rule(_within, False),
    Rule(_several, False),
    Rule(_at_the_end, False),
    Rule(_placed, False),
    Rule(_headless, False),
    Rule(_quotation_ends, False),
    otherwise=True,
    reason="may-be-part",
)
"""Whether a mention may be a part of what follows it."""


# What is no whole


def _begins_elsewhere(part: Part, whole: Mention, _anchors: Anchors) -> bool:
    """«Музей новой школы»: the mention does not begin at once behind."""
    return whole.plural or whole.first != part.index


def _no_founder(part: Part, whole: Mention, anchors: Anchors) -> bool:
    """«ФГБУ «Центр» Минздрава России»: behind a quotation only those stand that found others, or «филиал»."""
    return part.quoted and not part.branch and not anchors.founder(whole.kind)


def _works_of_a_firm(part: Part, whole: Mention, _anchors: Anchors) -> bool:
    """«Предприятия АО «…»» are not one enterprise of the company."""
    head = part.mention.head
    return whole.legal is not None and head >= 0 and bool(part.cell.tokens[head].word.lemmas & WORKS)


def _branch_of(part: Part, _whole: Mention, _anchors: Anchors) -> bool:
    """«… – филиал университета»."""
    return part.branch


def _in_another_case(part: Part, whole: Mention, _anchors: Anchors) -> bool:
    """«Музей университет»: it must be in the genitive, behind «при» in the prepositional; initials have no case."""
    cell = part.cell
    first = cell.tokens[whole.first]
    if whole.legal is not None or whole.head < 0:
        return not (first.word.upper or is_acronym(first))
    case = "loct" if cell.low(part.mention.last) == "при" else "gent"
    noun = cell.tokens[whole.head].word
    return not (noun.has(case) or noun.upper)


WHOLE: DecisionTable[[Part, Mention, Anchors], bool] = DecisionTable(
    Rule(_begins_elsewhere, False),
    Rule(_no_founder, False),
    Rule(_works_of_a_firm, False),
    Rule(_branch_of, True),
    Rule(_in_another_case, False),
    otherwise=True,
    reason="whole",
)
"""Whether a mention found behind a part is its whole."""
