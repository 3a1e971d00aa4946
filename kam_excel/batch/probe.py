"""Plugins and settings are tried once, in a process of their own, before any job is started."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kam_excel.batch.failures import problem_of
from kam_excel.batch.jobs import Limits
from kam_excel.batch.starting import end_of
from kam_excel.batch.watch import End, IsCancelled
from kam_excel.codes import Code, Text
from kam_excel.errors import ConfigError, Place, PluginError, Problem


@dataclass(frozen=True, slots=True)
class Probed:
    """What every job starts from: the path of config.yaml, "" where there is none, and the
    names of the strategies.
    """

    config: str
    strategies: Sequence[str]


def probe(config: str, limits: Limits, is_cancelled: IsCancelled = lambda: False) -> Probed:
    """Load the plugins and settings as a job does; `config` as in a job.

    Raises ConfigError or PluginError with every mistake in them, PluginError where a plugin hangs,
    takes too much memory or ends the process when it is loaded.
    """
    try:
        end = end_of({"task": "probe", "config": config}, limits, is_cancelled)
    except OSError as error:
        end = End("unwatched", reason=str(error))
    told = end.messages.get("probed")
    if told is None:
        raise PluginError(problem_of(end, limits))
    if problems := [_problem(each) for each in told.get("problems", ())]:
        raise (ConfigError if told["is_config"] else PluginError)(problems)
    return Probed(**told)


def _problem(told: Mapping[str, Mapping[str, Any]]) -> Problem:
    """The problem that a child told, with its texts as they were there.

    It may be of a code that only a plugin knows.
    """
    zh, en = told["zh"], told["en"]
    what, hint = (Text(_literal(zh[key]), _literal(en[key])) for key in ("what", "hint"))
    return Problem(Code(en["code"], en["level"], what, hint), Place(**told["place"]))


def _literal(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")
