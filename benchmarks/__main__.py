"""Run the races and print their ratios: `python -m benchmarks [NAME…] [--rounds N]`."""

from __future__ import annotations

import tempfile
from pathlib import Path

import click

from benchmarks import incentives, jobs, memory, reading, saving, writing
from benchmarks.race import Outcome, run

ROWS = [*reading.ROWS, *writing.ROWS, *saving.ROWS, *memory.ROWS, *jobs.ROWS, *incentives.ROWS]
_FOLDER = Path(tempfile.gettempdir()) / "kam_excel-benchmarks"


@click.command()
@click.argument("names", nargs=-1)
@click.option("--rounds", default=3, show_default=True, help="How often each side runs.")
@click.option("--folder", type=click.Path(path_type=Path), default=_FOLDER, show_default=True)
def main(names: tuple[str, ...], rounds: int, folder: Path) -> None:
    """Race against other programs; with NAMES only the rows whose names begin so."""
    folder.mkdir(parents=True, exist_ok=True)
    click.echo(f"{'':18} {'ours / theirs':>21}  {'time':>7} {'processor':>9} {'memory':>7}")
    for row in ROWS:
        if not names or row.name.startswith(names):
            click.echo(_line(run(row, folder, rounds)))
            click.echo(f"  {row.about}")


def _line(outcome: Outcome) -> str:
    row = outcome.row
    seconds = f"{outcome.ours.wall:.2f} s / {outcome.theirs.wall:.2f} s"
    ratios = [outcome.ratio(name) for name in ("wall", "processor", "peak")]
    goals = [
        f"{what} ≤ {goal} {'reached' if ratio <= goal else 'missed'}"
        for what, goal, ratio in (
            ("time", row.time, ratios[0]),
            ("memory", row.memory, ratios[2]),
        )
        if goal is not None
    ]
    time, processor, memory = (f"{ratio:.2f}×" for ratio in ratios)
    return f"{row.name:18} {seconds:>21}  {time:>7} {processor:>9} {memory:>7}  {', '.join(goals)}"


if __name__ == "__main__":
    main()
