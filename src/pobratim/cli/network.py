"""``pobratim network``: the partner network as a page, a picture or a graph file."""

from pathlib import Path

import click

from pobratim.cli.localized import LocalCommand
from pobratim.cli.options import output_option, parameter_option, store_options
from pobratim.cli.root import talk, talk_of_file
from pobratim.messages import Language, text
from pobratim.network import views, write_network
from pobratim.network.export import ENGINES, OWN, Engine
from pobratim.network.model import View
from pobratim.search.references import told
from pobratim.store.opening import open_store

DEFAULT_VIEW = "municipalities"


def command(lang: Language) -> click.Command:
    """Return the command with help in ``lang``."""
    names = views()

    def callback(
        view: str | None, store: str, state: Path | None, params: dict[str, str], output: Path, engine: Engine
    ) -> None:
        reader = open_store(store, state).open()
        network = write_network(view or DEFAULT_VIEW, params, reader, output, lang, engine)
        for line in told(network.references, lang):
            talk(line)
        if network.nothing:
            talk(network.nothing[lang] or text("answer-empty", lang))
        talk_of_file(output, lang)

    return LocalCommand(
        "network",
        lang,
        callback=callback,
        values={"views": ", ".join(map(_with_parameters, names.values())), "default": DEFAULT_VIEW},
        params=[
            click.Argument(["view"], required=False, metavar=text("cli-metavar-view", lang)),
            *store_options(lang),
            parameter_option(lang),
            click.Option(
                ["--engine"],
                type=click.Choice(ENGINES),
                default=OWN,
                show_default=True,
                help=text("cli-network-engine", lang),
            ),
            output_option(lang, required=True),
        ],
    )


def _with_parameters(view: View) -> str:
    """Return a view's name with the parameters that it takes: «partner (name=…)»."""
    wanted = ", ".join(f"{one.name}=…" for one in view.query.parameters if one.type != "lang")
    return f"{view.name} ({wanted})" if wanted else view.name
