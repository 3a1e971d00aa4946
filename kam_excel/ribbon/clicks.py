"""One click from its beginning to its message: log, setup, quiet Excel, handler."""

from __future__ import annotations

import sys
from functools import partial

import xlwings as xw

from kam_excel.codes import Language
from kam_excel.codes.locale import LANGUAGES, chosen
from kam_excel.contract.policies import RunPolicy
from kam_excel.errors import ExcelError, KamError, problem
from kam_excel.pipeline.setup import Setup, load_setup
from kam_excel.ribbon import handlers, notes
from kam_excel.ribbon.actions import check_action
from kam_excel.ribbon.buttons import buttons_of
from kam_excel.ribbon.excel import bounded_attempts, check_name, excel_error, when_ready
from kam_excel.ribbon.guard import Quiet
from kam_excel.ribbon.handlers import Click, Handler, Work
from kam_excel.ribbon.logfile import ClickLog, click_log


def respond(action_id: str, language: str | None, book: xw.Book | None) -> None:
    """Do what `on_action` says."""
    shown = chosen(language)
    with click_log() as log, bounded_attempts():
        log.started(action_id)
        click = Click(book or _caller(shown, log), shown, log)
        note = _answer(action_id, click)
        log.ended()
        if note:
            _show(note, click)


def _caller(language: Language, log: ClickLog) -> xw.Book:
    try:
        check_name(sys.argv)
        return when_ready(xw.Book.caller)
    except ExcelError as error:
        log.failed(error)
        found = error
    except Exception as error:  # xlwings raises what it meets, a bare Exception among it
        log.broke(error)
        unknown = ExcelError(problem("EXCEL_NOT_REACHED", error=type(error).__name__))
        found = excel_error(error) or unknown
    sys.exit(notes.failure(found.problems, language, log.path).text)


def _show(note: notes.Note, click: Click) -> None:
    """Show a message in Excel; where Excel cannot, the end of the process says it."""
    try:
        click.book.app.alert(note.text, note.title, mode=note.mode)
    except Exception as error:  # Excel's errors have no common class
        click.log.broke(error)
        sys.exit(note.text)


def _answer(action_id: str, click: Click) -> notes.Note | None:
    """Do the action; what is to be said of it, of a failure as of a success."""
    try:
        return _done(action_id, click)
    except KamError as error:
        click.log.failed(error)
        problems = error.problems
    except Exception as error:  # Excel's own errors; whatever is left is a bug of ours
        click.log.broke(error)
        of_excel = excel_error(error)
        problems = of_excel.problems if of_excel else [notes.bug(error)]
    except BaseException as error:
        click.log.broke(error)
        raise
    return notes.failure(problems, click.language, click.log.path, click.listed)


def _done(action_id: str, click: Click) -> notes.Note | None:
    if action_id == "log":  # a configuration that is wrong keeps nobody from reading why
        handlers.open_log(click)
        return None
    setup = load_setup(None)
    said = setup.settings.policy(RunPolicy).language
    click.language = LANGUAGES.get(said, click.language)
    click.log.loaded(setup, when_ready(lambda: click.book.name))
    handler = _handler(action_id, setup)
    with Quiet(click.book.app) as excel:
        return handler(Work(click, setup, excel))


def _handler(action_id: str, setup: Setup) -> Handler:
    """What the action does. Raises ConfigError where there is no such action."""
    built_in: dict[str, Handler] = {
        "run": handlers.run_strategies,
        "check": handlers.check,
        "settings": handlers.settings,
    }
    if action_id in built_in:
        return built_in[action_id]
    buttons = buttons_of(setup.host)
    check_action(action_id, setup.host, buttons)
    if action_id in buttons:
        return partial(handlers.press, button=buttons[action_id])
    return partial(handlers.run_strategies, strategies=[action_id.removeprefix("run.")])
