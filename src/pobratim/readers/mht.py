"""Read a web page saved as one file (MIME HTML, RFC 2557), as Word, Excel and browsers write it."""

from email import policy
from email.message import Message
from email.parser import BytesParser

from pobratim.problems import Problem
from pobratim.readers import html
from pobratim.readers.flow import Flow
from pobratim.readers.grid import Grid, unreadable


def read(data: bytes, file: str) -> Grid:
    """Return every table and the text outside tables of the pages inside, in their order (a workbook's sheets).

    Raises UnreadableDocumentError where no page is inside.
    """
    flow = Flow()
    problems = pour(data, file, flow)
    grid = flow.grid()
    return Grid(grid.preamble, grid.tables, problems)


def pour(data: bytes, file: str, flow: Flow) -> tuple[Problem, ...]:
    """Put what the pages show into ``flow``; return what was odd. Raises UnreadableDocumentError without a page."""
    message = BytesParser(policy=policy.compat32).parsebytes(data.lstrip())
    pages = [part for part in message.walk() if part.get_content_type() in {"text/html", "application/xhtml+xml"}]
    if not pages:
        raise unreadable("reader-unsupported", file, kind="MIME")
    problems: list[Problem] = []
    for page in pages:
        problems += html.pour(_bytes(page), file, flow, page.get_content_charset(""))
    return tuple(dict.fromkeys(problems))


def _bytes(page: Message) -> bytes:
    content = page.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""
