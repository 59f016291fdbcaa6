"""The command that draws."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from graphkit.cli.completion import complete_names
from graphkit.cli.options import asked_store_option, open_graph

if TYPE_CHECKING:
    from graphkit.subgraphs import Direction


@click.command("map")
@click.argument("name", required=False, shell_complete=complete_names)
@click.option(
    "-o", "--output", default="map.html", show_default=True, type=click.Path(dir_okay=False), help="The file."
)
@click.option("--focus", "focus", multiple=True, metavar="NAME", help="A node the map is about; the same as NAME.")
@click.option("--hops", type=click.IntRange(0), default=2, show_default=True, help="How far around the focus.")
@click.option("--upstream", "direction", flag_value="upstream", help="Only what flows into the focus, at any distance.")
@click.option("--downstream", "direction", flag_value="downstream", help="Only what it flows into, at any distance.")
@click.option("--between", nargs=2, metavar="A B", help="The routes between two nodes.")
@click.option("--segment", metavar="NAME", help="All that stands in a segment, and what links it.")
@click.option("--types", metavar="LINK,...", help="Only these link types.")
@click.option("--certainty", metavar="WORD,...", help="Only claims this sure, such as stated,planned.")
@click.option("--as-of", metavar="DATE", help="Only what holds on this day; everything when not given.")
@click.option("--title", help="The title of the page.")
@click.option("--lang", type=click.Choice(["zh", "en", "both"]), default="both", show_default=True, help="Names.")
@click.option("--group-by-segment", is_flag=True, help="Keep segments together within a column.")
@click.option("--public", is_flag=True, help="Leave out all notes.")
@click.option("--full", is_flag=True, help="Draw every node, whatever their number.")
@asked_store_option
def map_command(  # noqa: PLR0913 - one parameter for each option
    *,
    name: str | None,
    output: str,
    focus: tuple[str, ...],
    hops: int,
    direction: Direction | None,
    between: tuple[str, str] | None,
    segment: str | None,
    types: str | None,
    certainty: str | None,
    as_of: str | None,
    title: str | None,
    lang: str,
    group_by_segment: bool,
    public: bool,
    full: bool,
    store: str | None,
) -> None:
    """Draw the chain, or what surrounds NAME, as one HTML file that opens anywhere, offline.

    \b
    Example:
      graphkit map 英伟达 --hops 1 -o nvidia.html
    """
    with open_graph(store) as graph:
        drawn = graph.map(
            *((name,) if name else ()),
            *focus,
            hops=hops,
            direction=direction,
            between=between or (),
            segment=segment,
            types=tuple(types.upper().split(",")) if types else (),
            certainty=tuple(certainty.lower().split(",")) if certainty else (),
            as_of=as_of,
            title=title,
            lang=lang,
            group_by_segment=group_by_segment,
            public=public,
            full=full,
        )
        drawn.save(output)
    click.echo(f"{Path(output).resolve()}")
