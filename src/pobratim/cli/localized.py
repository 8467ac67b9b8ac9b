"""click in two languages: its own headings, hints and error texts, which it has in English only."""

import importlib
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import Any

import click

from pobratim.errors import UsageError, similar
from pobratim.messages import LANGUAGES, Language, text

_HEADINGS = {"Options": "cli-options", "Commands": "cli-commands"}


class RequiredOption(click.Option):
    """An option that has to be given, and says so in the language of its help."""

    def __init__(self, declared: Sequence[str], lang: Language, **options: Any) -> None:
        """Take what click.Option takes."""
        self._lang = lang
        super().__init__(declared, required=True, **options)

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Return names and help, click's own English mark translated."""
        record = super().get_help_record(ctx)
        return record and (record[0], record[1].replace("[required]", text("cli-required", self._lang)))


class LocalFormatter(click.HelpFormatter):
    """Help texts with the headings of a language."""

    lang: Language = "en"

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write the usage line."""
        super().write_usage(prog, args, prefix or f"{text('cli-usage', self.lang)} ")

    def write_heading(self, heading: str) -> None:
        """Write a section's heading, translated where it is one of click's own."""
        code = _HEADINGS.get(heading)
        super().write_heading(text(code, self.lang) if code else heading)


class LocalContext(click.Context):
    """A context whose help is in the language of its command."""

    def make_formatter(self) -> click.HelpFormatter:
        """Return a formatter for the command's language."""
        formatter = LocalFormatter(width=self.terminal_width, max_width=self.max_content_width)
        formatter.lang = getattr(self.command, "lang", "en")
        return formatter


class LocalCommand(click.Command):
    """A command with help, options and example in one language.

    ``name`` chooses the messages ``cli-NAME``, ``cli-NAME-help`` and ``cli-NAME-example``; ``values`` fill
    the help's placeholders.
    """

    context_class = LocalContext

    def __init__(self, name: str, lang: Language, values: Mapping[str, str] | None = None, **options: Any) -> None:
        """Fill in the texts."""
        self.lang = lang
        texts = {
            "help": text(f"cli-{name}-help", lang, **(values or {})),
            "short_help": text(f"cli-{name}", lang),
            "epilog": _example(name, lang),
            "options_metavar": text("cli-options-metavar", lang),
        }
        # Extra arguments are let through to ``invoke``, for click can only complain of them in English.
        super().__init__(name, context_settings={"allow_extra_args": True}, **{**texts, **options})
        self.params.append(language_option(lang))

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command. Raises UsageError for arguments that it does not take."""
        if ctx.args:
            raise UsageError("cli-extra", arguments=" ".join(ctx.args), command=ctx.command_path)
        return super().invoke(ctx)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return ``--help`` with its text translated."""
        return _translated(super().get_help_option(ctx), self.lang)


class LocalGroup(click.Group):
    """The group of all commands; a command's module is imported only when the command is wanted.

    ``modules`` maps a command's name to the module whose function ``command(lang)`` makes it.
    """

    context_class = LocalContext

    def __init__(self, name: str, lang: Language, modules: Mapping[str, str], **options: Any) -> None:
        """Fill in the texts."""
        self.lang = lang
        self._modules = modules
        texts = {
            "help": text(f"cli-{name}-help", lang),
            "epilog": _example(name, lang),
            "options_metavar": text("cli-options-metavar", lang),
            "subcommand_metavar": text("cli-command-metavar", lang),
        }
        super().__init__(name, **{**texts, **options})
        self.params.append(language_option(lang))

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands in the order of the help."""
        del ctx
        return list(self._modules)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return a command, None if there is none of this name."""
        del ctx
        if cmd_name not in self._modules:
            return None
        command: click.Command = importlib.import_module(self._modules[cmd_name]).command(self.lang)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that ``args`` begins with. Raises UsageError with the nearest names."""
        if args and args[0] not in self._modules and not args[0].startswith("-"):
            near = get_close_matches(args[0], self._modules, n=2)
            raise UsageError("cli-no-command", name=args[0], near=similar(near))
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl([(name, text(f"cli-{name}", self.lang)) for name in self._modules])

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return ``--help`` with its text translated."""
        return _translated(super().get_help_option(ctx), self.lang)


def language_option(lang: Language) -> click.Option:
    """Return ``--lang``, which has done its work before parsing began (see ``pick_language``)."""
    return click.Option(["--lang"], type=click.Choice(LANGUAGES), expose_value=False, help=text("cli-opt-lang", lang))


def explain_usage(error: click.UsageError, lang: Language) -> str:
    """Return the message of a click error, with the command whose help explains more."""
    values: dict[str, object] = {"cause": error.format_message()}
    code = "cli-usage-error"
    if isinstance(error, click.NoSuchOption):
        code, values = "cli-no-option", {"option": error.option_name, "near": similar(error.possibilities or ())}
    elif isinstance(error, click.MissingParameter):
        code, values = "cli-missing", {"name": _parameter(error)}
    elif isinstance(error, click.BadParameter):
        code, values = "cli-bad-value", {"name": _parameter(error), "cause": _cause(error)}
    elif error.ctx and isinstance(error.ctx.command, click.Group):
        code = "cli-missing-command"
    command = error.ctx.command_path if error.ctx else "pobratim"
    return f"{text(code, lang, **values)} {text('cli-see-help', lang, command=command)}"


def _cause(error: click.BadParameter) -> str:
    kind = error.param.type if error.param else None
    return ", ".join(map(str, kind.choices)) if isinstance(kind, click.Choice) else error.message


def _parameter(error: click.BadParameter) -> str:
    if isinstance(error.param, click.Argument) and error.ctx:
        return error.param.make_metavar(error.ctx)
    if error.param:
        return error.param.opts[0]
    return str(error.param_hint or "?")


def _translated(option: click.Option | None, lang: Language) -> click.Option | None:
    if option:
        option.help = text("cli-opt-help", lang)
    return option


def _example(name: str, lang: Language) -> str:
    # \b keeps click from joining the lines.
    return f"\b\n{text('cli-example', lang)}\n" + text(f"cli-{name}-example", lang)
