"""Excel is as it was after a click, whatever happened in between."""

from __future__ import annotations

import pytest

from kam_excel.ribbon.guard import QUIET, Quiet, staying

LOUD = {"screen_updating": True, "enable_events": False, "calculation": "semiautomatic"}


@pytest.fixture
def stubborn(stubborn_app):
    for name, value in LOUD.items():
        setattr(stubborn_app, name, value)
    return stubborn_app


def state(app) -> dict[str, object]:
    return {name: getattr(app, name) for name in (*LOUD, "status_bar")}


AS_BEFORE = LOUD | {"status_bar": False}


def test_inside_it_is_quiet_and_the_status_bar_tells(stubborn):
    with Quiet(stubborn) as excel:
        excel.tell("Read Sales")
        assert state(stubborn) == dict(QUIET) | {"status_bar": "Read Sales"}
    assert state(stubborn) == AS_BEFORE


def test_a_status_bar_that_another_program_left_is_given_back_to_excel(stubborn):
    stubborn.status_bar = "left behind"
    with Quiet(stubborn):
        pass
    assert stubborn.status_bar is False


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, SystemExit])
def test_it_is_as_before_after_an_error(stubborn, error):
    with pytest.raises(error), Quiet(stubborn):
        raise error
    assert state(stubborn) == AS_BEFORE


@pytest.mark.parametrize("refused", QUIET)
@pytest.mark.parametrize("error", [OSError, KeyboardInterrupt])
def test_it_is_as_before_where_it_cannot_be_made_quiet(stubborn, refused, error):
    stubborn.impl.refuse(refused, error=error)
    with pytest.raises(error), Quiet(stubborn):
        pytest.fail("nothing is done then")
    assert state(stubborn) == AS_BEFORE


def test_one_setting_that_stays_keeps_no_other_from_being_restored(stubborn):
    stubborn.impl.refuse(("calculation", "semiautomatic"))
    with pytest.raises(OSError, match="calculation = semiautomatic"), Quiet(stubborn):
        pass
    assert state(stubborn) == AS_BEFORE | {"calculation": "manual"}


def test_the_error_of_the_work_goes_before_that_of_restoring(stubborn):
    stubborn.impl.refuse(("status_bar", False), ("screen_updating", True))
    with pytest.raises(ValueError, match="the work"), Quiet(stubborn):
        raise ValueError("the work")
    assert state(stubborn) == AS_BEFORE | {"screen_updating": False}


@pytest.mark.parametrize("error", [None, ValueError])
def test_the_active_sheet_stays(app, error):
    book = app.books.add()
    book.sheets[0].name = "mine"
    try:
        with staying(book):
            book.sheets.add("new", after=book.sheets[0])
            assert book.sheets.active.name == "new"
            if error:
                raise error
    except ValueError:
        pass
    assert book.sheets.active.name == "mine"
