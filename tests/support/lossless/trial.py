"""One workbook tried: edited in a process of its own with limits, then looked at in another."""

from __future__ import annotations

import multiprocessing
import resource
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Literal

from kam_excel import headless
from kam_excel.errors import WorkbookError
from lossless.edits import EDITS, Touched, carry_out
from lossless.files import File
from lossless.keeping import losses
from lossless.readers import disagreements
from lossless.soundness import faults

Outcome = Literal["done", "refused", "failed"]

Look = Callable[[Path, Path, Touched], list[str]]

SECONDS = 60
MEMORY = 1024**3
_ADDRESSES = 6 * 1024**3  # of which most is never used


@dataclass
class Verdict:
    """How a trial ended: refusals with their codes, failures with what went wrong."""

    path: Path
    outcome: Outcome
    reasons: list[str] = field(default_factory=list)
    seconds: float = 0.0
    peak: int = 0


def attempt(path: Path, edit: str, result: Path) -> Verdict:
    """Edit the workbook at `path` into `result`; it is done only if every check passes."""
    result.unlink(missing_ok=True)
    began = time.monotonic()
    answer = _in_child(_edit, path, edit, result)
    seconds = time.monotonic() - began
    if isinstance(answer, Verdict):
        answer.path, answer.seconds = path, seconds
        if answer.outcome == "refused" and result.exists():
            return Verdict(path, "failed", ["refused, and written"], seconds)
        return answer
    if answer is None:
        return Verdict(path, "failed", ["no answer: killed or timed out"], seconds)
    touched, peak = answer
    found = [f"{peak:,} bytes of memory"] if peak > MEMORY else []
    if edit == "nothing" and path.read_bytes() != result.read_bytes():
        found.append("other bytes")
    for look in (differences, disagreements):
        found += _looked(look, path, result, touched)
    return Verdict(path, "failed" if found else "done", found, seconds, peak)


def check(before: Path, after: Path, touched: Touched) -> list[str]:
    """Everything that is wrong with `after`, which was made from `before`."""
    return differences(before, after, touched) + disagreements(before, after, touched)


def differences(before: Path, after: Path, touched: Touched) -> list[str]:
    """What is lost, and what is not sound any more."""
    old, new = File(before), File(after)
    return losses(old, new, touched) + sorted(faults(new) - faults(old))


def _looked(look: Look, before: Path, after: Path, touched: Touched) -> list[str]:
    found = _in_child(look, before, after, touched)
    if isinstance(found, Verdict):
        return found.reasons
    if found is None:  # a reader died: on the result alone?
        died_before = _in_child(look, before, before, touched) is None
        return [] if died_before else [f"{look.__name__}: no answer"]
    return list(found)


def _edit(path: Path, edit: str, result: Path) -> Verdict | tuple[Touched, int]:
    try:
        touched = carry_out(EDITS[edit], path, result)
    except WorkbookError as error:
        return Verdict(path, "refused", [_refusal(error)])
    return touched, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def _refusal(error: WorkbookError) -> str:
    texts = (each.text(language) for each in error.problems for language in ("zh", "en"))
    return " | ".join(texts)


def _in_child(work: Callable[..., Any], *arguments: Any) -> Any:
    """What `work` returns; a Verdict for what it raises, None where it does not come to an end."""
    headless.register(activate=False)  # imports the engine once, not in each child
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe(duplex=False)
    child = context.Process(target=_answer, args=(theirs, work, arguments))
    child.start()
    theirs.close()
    try:
        return ours.recv() if ours.poll(SECONDS) else None
    except EOFError:
        return None
    finally:
        child.kill()
        child.join()


def _answer(pipe: Connection, work: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (_ADDRESSES, _ADDRESSES))
    try:
        pipe.send(work(*arguments))
    except BaseException:
        said = traceback.format_exc().strip().splitlines()
        place = next((line.strip() for line in reversed(said) if line.startswith("  File")), "")
        pipe.send(Verdict(Path(), "failed", [f"{said[-1]} ({place})"]))
