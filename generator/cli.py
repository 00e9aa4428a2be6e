"""The command `borgerinfo`: read the words of the command, call, print, and end with 0, 1 or 2."""

import os

import click

from generator.commands.build import build
from generator.commands.check import check
from generator.commands.codeowners import codeowners
from generator.commands.codes import codes
from generator.commands.feedback import feedback
from generator.commands.leaflets import leaflets
from generator.commands.messages import Program
from generator.commands.new import new
from generator.commands.release import release, withdraw
from generator.commands.report import report
from generator.commands.schema import schema
from generator.commands.serve import serve
from generator.commands.sign import sign


@click.group(cls=Program, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="borgerinfo", prog_name="borgerinfo")
def main() -> None:
    """Gør fakta (data/) og tekster (content/) til websted, foldere og koder.

    Kør kommandoen i projektets mappe eller en mappe under den. Den slutter med 0, når alt er i orden, 1, når noget i
    indholdet skal rettes, og 2, når kommandoen er skrevet forkert.

    \b
    Eksempler:
      borgerinfo check                         find fejl i data/ og content/
      borgerinfo check --profile publish       se, hvad der mangler før udgivelse
      borgerinfo new topic                     begynd en tekst: svar på spørgsmål
      borgerinfo build --as-of 2027-01-01      byg webstedet, som det ser ud den dag
      borgerinfo serve                         se siderne, mens du skriver
      borgerinfo leaflets --list               se, hvilke foldere der findes
    """


for one in (build, serve, sign, check, new, leaflets, release, withdraw, codes, report, schema, codeowners, feedback):
    main.add_command(one)

if __name__ == "__main__":
    os.environ.setdefault("PYTHONUTF8", "1")
    main()
