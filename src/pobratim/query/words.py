"""The words of the pages of questions (``viz/words/queries.yml``), which other places that show answers share."""

from collections.abc import Mapping, Sequence

from pobratim.messages import Language, texts


def question_words(lang: Language) -> Mapping[str, str]:
    """Return the words of the pages."""
    return texts("queries", lang)


def column_names(lang: Language) -> Mapping[str, str]:
    """Return the names of columns by variable; "a, b" is the name of a in answers that have b as well."""
    return texts("queries", lang, "columns")


def column_name(name: str, columns: Sequence[str], lang: Language) -> str:
    """Return what a column is called, the variable itself where the file has no name for it.

    Of several names of a beside others the first in the file holds.
    """
    names = column_names(lang)
    beside = (key for key in names if key.startswith(f"{name}, ") and key.partition(", ")[2] in columns)
    return names.get(next(beside, name), name)
