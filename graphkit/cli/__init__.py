"""The command line: read options, make one library call, print the result.

Commands are imported when they are used; `graphkit --help` knows them by the table below.
"""

from __future__ import annotations

import errno
import os
import sys
from importlib import import_module

import click

from graphkit.errors import GraphkitError, InputError

__all__ = ["cli", "main"]

COMMANDS = {
    "check": ("seeds", "Look for problems in seed files; nothing is loaded."),
    "load": ("seeds", "Load nodes and claims from files, all of it or nothing."),
    "add": ("seeds", "Add one claim, with its source."),
    "propose-mapping": ("seeds", "Propose what the columns of foreign tables mean, as a mapping file to correct."),
    "loads": ("journal", "List the loads, the newest first; `loads show ID` tells what one did."),
    "undo": ("journal", "Take a load back; the graph is then exactly what it was before it."),
    "log": ("journal", "Tell what we knew of one node, and when."),
    "diff": ("journal", "Tell what changed between two loads."),
    "same": ("naming", "Decide that a name means a node that is known, now and in every later load."),
    "distinct": ("naming", "Decide that a name does not mean a node, however near they are."),
    "merges": ("naming", "List the decisions on names."),
    "find": (
        "asking",
        "Find nodes by any spelling: Chinese, English, ticker, pinyin, initials, part of a name, or nearly right.",
    ),
    "show": ("asking", "Show all that is known about one node: what it is, what is claimed of it, and who says so."),
    "query": ("asking", "Ask one of the questions that `graphkit queries` lists."),
    "queries": (
        "asking",
        "List the questions, or show one: what it answers, what it must be told, what it returns, its Cypher.",
    ),
    "cypher": ("asking", "Run a Cypher text of your own; the engine keeps it from writing."),
    "exposure": (
        "analyses",
        "Compute how much of companies' needs, or revenue, rests on TARGETS, directly and through all tiers.",
    ),
    "disrupt": ("analyses", "Tell what stops and what runs short when NAMES fail together."),
    "weak-points": (
        "analyses",
        "Find the smallest sets of failures that stop a PRODUCT: single points, hidden pairs, and so on.",
    ),
    "stop-chance": ("analyses", "Compute the probability that a PRODUCT stops, if others fail independently."),
    "chokepoints": (
        "analyses",
        "Find what lies on every route to a PRODUCT or a company; without one, what holds the whole chain together.",
    ),
    "lone-sources": (
        "analyses",
        "List sole sources and single sources, at any tier below PRODUCTS; of everything without.",
    ),
    "concentration": (
        "analyses",
        "Compute how concentrated the makers of products, or the suppliers of companies, are (HHI), as intervals.",
    ),
    "mitigate": ("whatif", "Rank the new sources and the buffers that would make a PRODUCT safer."),
    "systemic": ("whatif", "Rank companies by the part of all sales that would be lost if each failed (ESRI)."),
    "scenario": ("whatif", "Run the scenarios of a YAML file side by side; `--format markdown` writes a report."),
    "map": ("maps", "Draw the chain, or what surrounds NAME, as one HTML file that opens anywhere, offline."),
    "stats": ("overview", "Count the nodes and the claims of each type."),
    "export": (
        "overview",
        "Print every node and every claim, in an order that depends on nothing else; `graphkit load` reads JSON back.",
    ),
    "demo": ("overview", "Load the shipped seeds, answer three questions with their evidence, draw the map."),
}


LONGEST = 1_000
"""Of a message with more signs than this, the beginning and the end are shown."""


class Commands(click.Group):
    """The commands by name, each imported when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """The names, in the order of a day's work."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        """Import a command."""
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"graphkit.cli.{COMMANDS[cmd_name][0]}")
        command = getattr(module, f"{cmd_name.replace('-', '_')}_command")
        return command if isinstance(command, click.Command) else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command; of one that is misspelt say which is near."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            from difflib import get_close_matches

            if near := get_close_matches(args[0], COMMANDS, 1):
                raise click.UsageError(f"{error.message} Did you mean {near[0]!r}?", ctx) from None
            raise

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - as above
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, summary) for name, (_, summary) in COMMANDS.items()])

    def invoke(self, ctx: click.Context) -> object:
        """Run a command; what graphkit refuses is one sentence and exit code 1, Ctrl-C a word and 130."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            from graphkit.cli.stopping import stopped

            raise stopped() from None
        except GraphkitError as error:
            if ctx.params.get("debug"):
                raise
            click.echo(_told(error), err=True)
            ctx.exit(1)
        except OSError as error:
            if error.errno != errno.ENOSPC or error.filename or ctx.params.get("debug"):
                raise
            click.echo(f"what was to be printed found no room: {error.strerror}", err=True)
            ctx.exit(1)


def _told(error: GraphkitError) -> str:
    from graphkit.tables import shortened

    lines = [shortened(line, LONGEST) for line in str(error).split("\n")]
    if isinstance(error, InputError) and len(error.problems) > 1:
        lines.append(f"{len(error.problems):,} problems")
    return "\n".join(lines)


@click.command(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="graphkit")
@click.option("--debug", is_flag=True, help="Show where an error comes from.")
def cli(debug: bool) -> None:
    """Ask a supply chain who is exposed to what, through which links, says who.

    \b
    Example:
      graphkit query suppliers_of UQD --evidence
    """


def main() -> None:
    """Run the command line in UTF-8, whatever the locale says."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        sys.exit(cli([_in_utf_8(word) for word in sys.argv[1:]], prog_name="graphkit", standalone_mode=False))
    except click.Abort:  # while the words of the command line were read
        from graphkit.cli.stopping import stopped

        sys.exit(stopped().exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)


def _in_utf_8(word: str) -> str:
    """A word of the command line, read as UTF-8 where the locale could not read it."""
    try:
        return os.fsencode(word).decode("utf-8")
    except UnicodeError:
        return word
