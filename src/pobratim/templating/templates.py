"""HTML from the templates of ``viz/``: the only user of Jinja.

Whatever a template shows is escaped unless the template itself says ``| safe`` of it; a name that it uses and was not
given is an error.
"""

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from pobratim.content import content_root
from pobratim.errors import ContentError

if TYPE_CHECKING:
    from jinja2 import Environment


class Templates:
    """The templates of a folder of ``viz/`` ("" is viz itself), with filters of their own by name."""

    def __init__(self, folder: str = "", filters: Mapping[str, Callable[..., str]] | None = None) -> None:
        self._folder = folder
        self._filters = filters or {}

    def render(self, name: str, values: Mapping[str, object]) -> str:
        """Return a template filled with values.

        Raises ContentError where the template is missing, malformed, or asks for what was not given.
        """
        from jinja2 import TemplateError  # imported here: commands that make no page start sooner

        try:
            return self._environment.get_template(name).render(values)
        except TemplateError as error:
            told = ContentError("content-template", file=name, cause=error.message or type(error).__name__)
            # The last lines of the first error's traceback are those of the template.
            raise told.with_traceback(error.__traceback__) from error

    @cached_property
    def _environment(self) -> "Environment":
        from jinja2 import Environment, FileSystemLoader, StrictUndefined
        from jinja2.runtime import Context

        class Plain(Context):
            """Calls what a template calls as it is: nothing there takes a context, and to look for that is dear."""

            def call(self, called: Callable[..., object], /, *args: object, **named: object) -> object:
                named.pop("_loop_vars", None)
                named.pop("_block_vars", None)
                return called(*args, **named)

        class Keyed(Environment):
            """Looks for what a template says of a table among its keys: to miss an attribute first costs most of it."""

            def getattr(self, obj: object, attribute: str) -> object:
                if type(obj) is dict and attribute in obj:
                    return obj[attribute]
                return super().getattr(obj, attribute)

        environment = Keyed(
            loader=FileSystemLoader(content_root() / "viz" / self._folder),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,  # else each page asks the system when each of its templates was changed
        )
        environment.context_class = Plain
        environment.filters |= self._filters
        # Pages are UTF-8: a Cyrillic letter written out as an escape takes three times the bytes.
        environment.policies["json.dumps_kwargs"] = {"sort_keys": True, "ensure_ascii": False}
        return environment
