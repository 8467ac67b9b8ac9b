"""The core of a name: what its outermost quotation holds."""


def core(name: str, *, mostly: bool = False) -> str:
    """Return the outermost quotation of a name in «», the whole where nothing is quoted.

    ``mostly`` asks that it holds more than half of the letters: else it is a title beside the kind («Музей «Луч»»).
    """
    first, last = name.find("«"), name.rfind("»")
    quoted = 0 <= first < last and not (mostly and last - first <= len(name) // 2)
    return name[first + 1 : last] if quoted else name
