"""All addresses of editing; the application asks for them where the settings name an editor."""

from dataclasses import dataclass
from pathlib import Path

from starlette.routing import Route

from pobratim.serving.editing import outcome, register, reports, review, sign_in
from pobratim.serving.editing.gate import Gate
from pobratim.serving.editing.office import Office
from pobratim.serving.editing.works import Works
from pobratim.serving.workers.engine import Engine, StoreEngine
from pobratim.serving.workers.searching import Searching


@dataclass(frozen=True, slots=True)
class Editing:
    """The routes of editing, and the work in hand, which ends with the server."""

    routes: list[Route]
    works: Works


def editing(engine: StoreEngine, pages: Engine, searching: Searching) -> Editing:
    """Return editing of what ``engine`` serves; ``pages`` is who answers their questions."""
    works = Works(engine.store, engine.settings.base, engine.refresh)
    office = Office(pages, Path(engine.store), Gate(pages), works, searching)
    found = [
        *sign_in.routes(office.gate),
        *review.routes(office),
        *reports.routes(office),
        *register.routes(office),
        *outcome.routes(office),
    ]
    return Editing(found, works)
