"""`borgerinfo serve`: the pages on this machine, renewed while they are written."""

from datetime import date

import click

from generator.commands.messages import fail
from generator.commands.options import as_of_option, profile_option
from generator.commands.project import project_root


@click.command()
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="Porten på denne maskine.")
@as_of_option
@profile_option
def serve(port: int, as_of: date, profile: str) -> None:
    """Vis alle regioners sider på denne maskine, og opdatér dem, mens du skriver."""
    from generator.publish.preview import PortError, serve_site

    root = project_root()
    try:
        serve_site(root, port, as_of, profile, click.echo)
    except PortError as error:
        fail(f"Kan ikke bruge port {port}: {error} – vælg en anden med --port")
