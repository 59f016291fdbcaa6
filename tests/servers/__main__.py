"""What the Makefile asks: `python -m servers needs` and `python -m servers java SERIES`."""

import subprocess
import sys

import click

from servers import needs
from servers.neo4j_release import releases


@click.group()
def main() -> None:
    """Prepare the machine for the tests."""


@main.command("needs")
def meet_needs() -> None:
    """Install what the tests need and this machine lacks, or say what it is and fail."""
    wanted = needs.missing()
    if not wanted:
        return
    click.echo(f"The tests need what is not here:\n{needs.describe(wanted)}", err=True)
    if not needs.can_install():
        raise click.ClickException("Install it, then run this again. (As root where apt is, it would be done for you.)")
    try:
        needs.install(wanted)
    except subprocess.CalledProcessError as error:
        raise click.ClickException(f"apt failed: {' '.join(error.cmd)}") from error
    if still := needs.missing():
        raise click.ClickException(f"Installed, but still not found:\n{needs.describe(still)}")


@main.command("java")
@click.argument("series", type=click.Choice(sorted(releases())))
def show_java(series: str) -> None:
    """Print the path of a Java that runs this series of Neo4j; fail with the reason where there is none."""
    release = releases()[series]
    if release.java is None:
        click.echo(release.no_java, err=True)
        sys.exit(1)
    click.echo(release.java)


if __name__ == "__main__":
    main(prog_name="python -m servers")
