"""How a question names a thing: each line of the table has a question and a name for which it decides."""

import pytest

from pobratim.search.fields import Aside
from pobratim.search.questions import Question
from pobratim.search.ranking import MATCHES, Match, Named

NOTHING = Aside((), (), ())
CASES = [
    ("Минск", "", False, "says-nothing", None),
    ("Минск, Партизанский район", "район Партизанский Минск", False, "same-words", Match.NAME),
    ("Витебский", "Витебск", True, "adjective-of-a-place", None),
    ("Витебска", "Витебск", True, "other-forms", Match.FORM),
    ("Витепск", "Витебск", True, "one-letter-wrong", Match.MISTYPED),
    ("музей хлеба", "Музей хлеба и соли", False, "some-words", Match.PART),
    ("Гомель", "Витебск", False, "other-name", None),
]


@pytest.mark.parametrize(("asked", "name", "strict", "reason", "how"), CASES)
def test_how_a_question_names_a_thing(asked: str, name: str, strict: bool, reason: str, how: Match | None) -> None:
    rule = MATCHES.decide(Named(Question.read(asked), name, NOTHING, strict))
    assert (rule.reason, rule.verdict) == (reason, how)


def test_every_line_is_shown() -> None:
    assert [case[3] for case in CASES] == list(MATCHES.reasons())


def test_an_adjective_names_no_place_but_may_name_other_things() -> None:
    asked, name = Question.read("Витебский"), "Витебск"
    assert MATCHES.verdict(Named(asked, name, NOTHING, True)) is None
    assert MATCHES.verdict(Named(asked, name, NOTHING, False)) is not None
