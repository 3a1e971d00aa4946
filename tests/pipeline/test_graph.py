from __future__ import annotations

from typing import NamedTuple

import pytest

from kam_excel.contract.column import Key, column
from kam_excel.contract.strategy import strategy
from kam_excel.contract.table import Frame, Previous, Table
from kam_excel.errors import ConfigError, PluginError
from kam_excel.pipeline.graph import make_graph, select


class Sales(Table, zh="销售", en="Sales"):
    id_: Key = column(zh="编码", en="ID")


class Stock(Table, zh="库存", en="Stock"):
    id_: Key = column(zh="编码", en="ID")


class Ranks(Table, zh="排名", en="Ranks"):
    id_: Key = column(zh="编码", en="ID")


class Plans(Table, zh="计划", en="Plans"):
    id_: Key = column(zh="编码", en="ID")


class Reports(Table, zh="报告", en="Reports"):
    id_: Key = column(zh="编码", en="ID")


class Tasks(Table, zh="任务", en="Tasks", collected=True):
    id_: Key = column(zh="编码", en="ID")


class PlansAndTasks(NamedTuple):
    plans: Frame[Plans]
    tasks: Frame[Tasks]


class RanksAndTasks(NamedTuple):
    ranks: Frame[Ranks]
    tasks: Frame[Tasks]


# Sales → z_rank → Ranks → m_plan → Plans → a_report; m_plan also needs Stock.
@strategy(zh="排名", en="Rank")
def z_rank(sales: Frame[Sales], before: Previous[Reports]) -> Frame[Ranks]: ...


@strategy(zh="计划", en="Plan")
def m_plan(ranks: Frame[Ranks], stock: Frame[Stock]) -> Frame[Plans]: ...


@strategy(zh="报告", en="Report")
def a_report(plans: Frame[Plans], sales: Frame[Sales] | None) -> Frame[Reports]: ...


CHAIN = (a_report, m_plan, z_rank)


def names(strategies):
    return [each.name for each in strategies]


@pytest.mark.parametrize("given", [CHAIN, CHAIN[::-1], (m_plan, a_report, z_rank)])
def test_a_strategy_comes_after_those_whose_tables_it_reads(given):
    assert names(make_graph(given).order) == ["z_rank", "m_plan", "a_report"]


def test_strategies_that_do_not_need_each_other_have_one_order_too():
    @strategy(zh="盘点", en="Count")
    def b_count(stock: Frame[Stock]) -> Frame[Plans]: ...

    assert names(make_graph((z_rank, b_count)).order) == ["b_count", "z_rank"]
    assert names(make_graph((b_count, z_rank)).order) == ["b_count", "z_rank"]


def test_sources_are_what_no_strategy_produces():
    graph = make_graph(CHAIN)
    assert graph.sources() == [Sales, Stock]
    assert {table: each.name for table, each in graph.producers.items()} == {
        "ranks": "z_rank",
        "plans": "m_plan",
        "reports": "a_report",
    }
    assert names(graph.above(a_report)) == ["m_plan"]
    assert graph.above(z_rank) == []


def test_an_optional_input_orders_as_well():
    @strategy(zh="甲", en="A")
    def a_first(ranks: Frame[Ranks] | None) -> Frame[Plans]: ...

    assert names(make_graph((a_first, z_rank)).order) == ["z_rank", "a_first"]


def test_a_circle_is_named_step_by_step():
    @strategy(zh="甲", en="A")
    def hen(plans: Frame[Plans]) -> Frame[Ranks]: ...

    @strategy(zh="乙", en="B")
    def egg(ranks: Frame[Ranks]) -> Frame[Plans]: ...

    with pytest.raises(PluginError) as caught:
        make_graph((hen, egg, a_report))
    [circle] = caught.value.problems
    assert circle.code.name == "STRATEGY_CYCLE"
    assert circle.facts["cycle"] in ("hen → egg → hen", "egg → hen → egg")


def test_what_was_remembered_closes_no_circle():
    @strategy(zh="甲", en="A")
    def plan_again(before: Previous[Plans], ranks: Frame[Ranks]) -> Frame[Plans]: ...

    assert names(make_graph((plan_again, z_rank)).order) == ["z_rank", "plan_again"]


def test_a_table_has_one_producer():
    @strategy(zh="甲", en="A")
    def other_rank(sales: Frame[Sales]) -> Frame[Ranks]: ...

    with pytest.raises(PluginError) as caught:
        make_graph((z_rank, other_rank))
    [twice] = caught.value.problems
    assert twice.code.name == "TABLE_TWICE"
    assert twice.facts == {"name": "ranks", "first": "other_rank", "second": "z_rank"}


def test_a_collected_table_may_have_several():
    @strategy(zh="甲", en="A")
    def one(stock: Frame[Stock]) -> PlansAndTasks: ...

    @strategy(zh="乙", en="B")
    def two(sales: Frame[Sales]) -> RanksAndTasks: ...

    assert set(make_graph((one, two)).producers) == {"plans", "ranks"}


def test_by_default_all_run_whose_tables_are_there():
    selection = select(make_graph(CHAIN), None, found=["sales", "stock"], refused=[])
    assert names(selection.order) == ["z_rank", "m_plan", "a_report"]
    assert selection.skipped == {}


def test_the_others_are_skipped_with_what_the_workbook_lacks():
    selection = select(make_graph(CHAIN), None, found=["sales"], refused=[])
    assert names(selection.order) == ["z_rank"]
    assert selection.skipped == {"m_plan": (Stock,), "a_report": (Stock,)}


def test_everything_that_is_lacking_is_told_once():
    selection = select(make_graph(CHAIN), None, found=[], refused=[])
    assert selection.order == ()
    assert selection.skipped == {
        "z_rank": (Sales,),
        "m_plan": (Sales, Stock),
        "a_report": (Sales, Stock),
    }


def test_a_refused_table_is_no_reason_to_skip():
    selection = select(make_graph(CHAIN), None, found=["sales"], refused=["stock"])
    assert names(selection.order) == ["z_rank", "m_plan", "a_report"]


def test_asked_by_name_a_strategy_pulls_in_what_it_needs_and_nothing_else():
    everything = ["sales", "stock"]
    selection = select(make_graph(CHAIN), ["m_plan"], found=everything, refused=[])
    assert names(selection.order) == ["z_rank", "m_plan"]
    assert selection.skipped == {}


def test_asked_by_name_a_strategy_is_never_silently_left_out():
    selection = select(make_graph(CHAIN), ["m_plan"], found=["sales"], refused=[])
    assert names(selection.order) == ["z_rank", "m_plan"]
    assert selection.skipped == {"m_plan": (Stock,)}


def test_every_unknown_name_is_told_with_the_nearest_one():
    with pytest.raises(ConfigError) as caught:
        select(make_graph(CHAIN), ["m_plam", "z_rank", "???"], found=["sales"], refused=[])
    first, second = caught.value.problems
    assert first.code.name == "STRATEGY_UNKNOWN"
    assert first.facts == {
        "name": "m_plam",
        "nearest": "m_plan",
        "known": "a_report, m_plan, z_rank",
    }
    assert (second.facts["name"], second.facts["nearest"]) == ("???", "")


@strategy(zh="任一", en="Either", any_of=(Stock, Plans))
def either(
    sales: Frame[Sales], stock: Frame[Stock] | None, plans: Frame[Plans] | None
) -> Frame[Reports]: ...


@pytest.mark.parametrize("there", [["stock"], ["plans"], ["stock", "plans"]])
def test_one_of_the_inputs_that_it_can_work_with_is_enough(there):
    chosen = select(make_graph([either]), None, ["sales", *there], [])
    assert [each.name for each in chosen.order] == ["either"]


def test_without_any_of_them_it_is_skipped_and_all_are_told():
    chosen = select(make_graph([either]), None, ["sales"], [])
    assert chosen.skipped == {"either": (Stock, Plans)}
    assert select(make_graph([either]), None, [], []).skipped == {"either": (Sales,)}


def test_what_it_names_has_to_be_an_optional_input_of_it():
    with pytest.raises(TypeError, match=r"either.*Sales.*no optional inputs"):

        @strategy(zh="任一", en="Either", any_of=(Sales,))
        def either(sales: Frame[Sales]) -> Frame[Reports]: ...
