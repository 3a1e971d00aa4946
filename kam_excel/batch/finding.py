"""What belongs to a batch: the workbooks of folders, of patterns, and those named one by one."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatch
from pathlib import Path

from kam_excel.errors import ConfigError, Place, Problem, problem, raise_if, reason_of

WORKBOOKS = (".xlsx", ".xlsm")
_NOT_OURS = (".", "~$")  # hidden files and folders, records, temporaries, owner files


@dataclass(frozen=True, slots=True)
class Found:
    """A workbook of a batch. `path` and `root`, the folder that was named, are absolute; `size`
    is in bytes. With a `problem` it is not to be opened.
    """

    path: Path
    root: Path
    size: int = 0
    problem: Problem | None = None


@dataclass(slots=True)
class Findings:
    """The workbooks, largest first; the arguments without any; linked folders, not followed."""

    workbooks: list[Found] = field(default_factory=list)
    empty: list[str] = field(default_factory=list)
    linked: list[Path] = field(default_factory=list)


def find(arguments: Sequence[str], output: Path | None = None) -> Findings:
    """The workbooks of `arguments`, each once: folders with all below them, patterns (`*`, `?`,
    `[…]`, `**`), files. Nothing within the folder `output` belongs to them.

    Raises ConfigError where a path isn't there, or nothing at all is found.
    """
    missing = [each for each in arguments if not (os.path.lexists(each) or glob.has_magic(each))]
    raise_if([problem("BATCH_PATH_MISSING", Place(file=each)) for each in missing], ConfigError)
    findings = Findings()
    by_file: dict[str, Found] = {}
    for argument in arguments:
        found = list(_found(argument, output, findings))
        if not found:
            findings.empty.append(argument)
        for each in found:
            key = os.path.normcase(os.path.realpath(each.path))
            known = by_file.get(key)
            if known is None or _is_better(each, known):
                by_file[key] = each
    if not by_file:
        listed = ", ".join(arguments)
        raise ConfigError(problem("BATCH_NOTHING_FOUND", patterns=listed))
    findings.workbooks = sorted(by_file.values(), key=lambda each: (-each.size, str(each.path)))
    return findings


def _is_better(each: Found, known: Found) -> bool:
    """A file goes before links to it, and a link that may be followed before one that may not."""
    if (each.problem is None) != (known.problem is None):
        return each.problem is None
    return known.path.is_symlink() and not each.path.is_symlink()


def _found(argument: str, output: Path | None, findings: Findings) -> Iterator[Found]:
    """The workbooks of one argument."""
    if not os.path.lexists(argument):
        yield from _matching(argument, output, findings)
        return
    path = Path(os.path.abspath(argument))
    if path.is_dir():
        yield from _in_folder(path, output, findings)
    elif not path.name.startswith(_NOT_OURS):
        yield _examined(path, path.parent)


def _matching(pattern: str, output: Path | None, findings: Findings) -> Iterator[Found]:
    """What a pattern matches; a folder that it matches counts with all below it, as if named."""
    parts = Path(os.path.abspath(pattern)).parts
    fixed = next(i for i, part in enumerate(parts) if glob.has_magic(part))
    root = Path(*parts[:fixed])
    if not root.is_dir():
        return
    for each in _in_folder(root, output, findings):
        below = each.path.relative_to(root).parts
        ends = range(1, len(below) + 1)
        if any(_matches(below[:end], parts[fixed:]) for end in ends):
            yield each


def _matches(parts: Sequence[str], pattern: Sequence[str]) -> bool:
    """Whether a path matches a pattern, part by part; `**` is any number of parts."""
    if not pattern:
        return not parts
    if pattern[0] == "**":
        return any(_matches(parts[i:], pattern[1:]) for i in range(len(parts) + 1))
    return bool(parts) and fnmatch(parts[0], pattern[0]) and _matches(parts[1:], pattern[1:])


def _in_folder(root: Path, output: Path | None, findings: Findings) -> Iterator[Found]:
    """Every workbook below `root`, and the folders that cannot be listed."""
    refused: list[OSError] = []
    for name, folders, files in os.walk(root, onerror=refused.append):
        folder = Path(name)
        entered = [each for each in sorted(folders) if not each.startswith(_NOT_OURS)]
        links = [folder / each for each in entered if (folder / each).is_symlink()]
        findings.linked += [each for each in links if each not in findings.linked]
        folders[:] = [
            each
            for each in entered
            if folder / each not in links and not _is_same(folder / each, output)
        ]
        for each in files:
            if each.lower().endswith(WORKBOOKS) and not each.startswith(_NOT_OURS):
                yield _examined(folder / each, root)
    for error in refused:
        folder = Path(error.filename)
        place = Place(file=str(folder))
        refusal = problem("BATCH_FOLDER_UNREADABLE", place, reason=reason_of(error))
        yield Found(folder, root, problem=refusal)


def _is_same(folder: Path, output: Path | None) -> bool:
    return output is not None and os.path.realpath(folder) == os.path.realpath(output)


def _examined(path: Path, root: Path) -> Found:
    """The workbook at `path`; a link that leads out of `root` is refused."""
    if path.is_symlink():
        target = Path(os.path.realpath(path))  # of a circle of links: it is no file
        if Path(os.path.realpath(root)) not in target.parents:
            place = Place(file=str(path))
            refusal = problem("BATCH_LINK_OUTSIDE", place, root=str(root), target=str(target))
            return Found(path, root, problem=refusal)
    try:
        return Found(path, root, path.stat().st_size)
    except OSError:  # a link to nothing, a file that has gone: its run says so
        return Found(path, root)
