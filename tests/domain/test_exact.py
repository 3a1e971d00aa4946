"""Amounts are exact: worked examples, and laws held against Python's decimals and fractions."""

import operator
import pickle
from decimal import Decimal, localcontext
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam_excel.domain.exact import ExactDtype, exact

D = Decimal
# Some beyond int64 once they are added, multiplied or brought to one scale.
NUMBERS = st.one_of(st.integers(-(10**6), 10**6), st.integers(-(2**66), 2**66))
DECIMALS = st.builds(lambda n, scale: D(f"{n}E-{scale}"), NUMBERS, st.integers(0, 4))
CELLS = st.one_of(st.none(), DECIMALS)
COLUMNS = st.lists(CELLS, min_size=1, max_size=12)


def amounts(*values):
    return exact(values)


def known(values):
    return [Fraction(value) for value in values if value is not None and value is not pd.NA]


def fractions(series):
    return [None if value is pd.NA else Fraction(value) for value in series]


class TestReadingCells:
    def test_floats_take_the_fewest_places_that_hold_them_all(self):
        assert exact([1.5, 2.25, 3.0]).tolist() == [D("1.50"), D("2.25"), D("3.00")]
        assert exact([1.5, 2.25]).dtype == "exact[2]"
        assert exact([3.0]).dtype == "exact[0]"
        assert exact([3.0], scale=2).dtype == "exact[2]"

    def test_a_float_is_what_its_cell_shows_in_15_digits(self):
        assert exact([2.675]).iloc[0] == D("2.675") != D(2.675)
        assert exact([0.1 + 0.2]).iloc[0] == D("0.3")
        assert exact([1e22]).iloc[0] == D("1e22")
        assert exact([123456789012.345]).iloc[0] == D("123456789012.345")

    @given(st.lists(st.floats(allow_nan=False, allow_infinity=False, width=64), max_size=6))
    def test_every_float_reads_as_its_15_digits(self, floats):
        floats = [0.0 if 0 < abs(value) < 1e-12 else value for value in floats]
        expected = [D(format(value, ".15g")) for value in floats]
        assert exact(np.array(floats, dtype=float)).tolist() == expected
        assert exact(floats).tolist() == expected

    def test_a_mixed_column_reads_each_kind(self):
        cells = [1.5, 2, D("0.125"), None, float("nan"), pd.NA]
        assert exact(cells).tolist() == [D("1.5"), D(2), D("0.125"), pd.NA, pd.NA, pd.NA]

    def test_integers_beside_gaps_do_not_pass_through_floats(self):
        assert exact([2**62 + 1, None]).iloc[0] == 2**62 + 1

    def test_a_series_keeps_its_index_and_name(self):
        read = exact(pd.Series([1.5], index=["A"], name="net"))
        pd.testing.assert_series_equal(
            read, pd.Series([D("1.5")], index=["A"], name="net", dtype="exact[1]")
        )

    @pytest.mark.parametrize("cell", [float("inf"), D("-Infinity")])
    def test_infinity_is_no_amount(self, cell):
        with pytest.raises(ValueError, match="not an amount"):
            exact([cell])

    @pytest.mark.parametrize("cell", ["1.5", True, pd.Timestamp("2024-01-01")])
    def test_what_is_no_number_is_refused(self, cell):
        with pytest.raises(TypeError, match="not an exact number"):
            exact([cell])

    def test_texts_are_read_where_a_dtype_is_asked_for(self):
        assert pd.Series(["1.5", None], dtype="exact[2]").tolist() == [D("1.50"), pd.NA]
        with pytest.raises(ValueError, match="'abc' is not a number"):
            pd.Series(["abc"], dtype="exact[2]")

    def test_the_plain_constructor_refuses_floats(self):
        with pytest.raises(TypeError, match=r"read cell floats with exact\(\)"):
            pd.Series([1.5], dtype="exact[2]")


class TestDtype:
    def test_a_scale_is_not_negative(self):
        with pytest.raises(ValueError, match="cannot be -1"):
            ExactDtype(-1)

    def test_another_scale_never_loses_digits(self):
        assert amounts(D("1.50")).astype("exact[1]").tolist() == [D("1.5")]
        with pytest.raises(ValueError, match=r"1\.25 has more than 1 places: round it first"):
            amounts(D("1.25")).astype("exact[1]")

    def test_other_dtypes(self):
        column = amounts(D("1.25"), None)
        assert column.astype(object).tolist() == [D("1.25"), pd.NA]
        np.testing.assert_array_equal(column.astype(float), [1.25, np.nan])
        assert amounts(D("2.00")).astype("int64").tolist() == [2]
        with pytest.raises(ValueError, match=r"1\.25 has more than 0 places"):
            column.dropna().astype("int64")
        with pytest.raises(ValueError, match="missing amount"):
            column.astype("int64")

    def test_a_missing_digit_is_found_below_any_scale(self):
        with pytest.raises(
            ValueError, match=r"0\.0000000000000000000000001 has more than 2 places"
        ):
            amounts(D("1E-25")).astype("exact[2]")

    def test_plain_decimals_are_shown(self):
        assert "0.0000000" in repr(amounts(D("0.0000000")))
        assert amounts(D("1E-7")).astype(str).tolist() == ["0.0000001"]


class TestArithmetic:
    def test_a_rate_on_an_amount(self):
        rebate = exact([1000.1, 2000.0]) * D("0.025")
        assert rebate.tolist() == [D("25.0025"), D("50")]
        assert rebate.dtype == "exact[4]"

    @pytest.mark.parametrize(
        "other",
        [
            2,
            D("2.0"),
            Fraction(2),
            pd.Series([2, 2]),
            pd.Series([2, 2], dtype="Int64"),
            pd.Series([D(2), 2], dtype=object),
            exact([2.0, 2.0]),
        ],
    )
    def test_what_may_stand_beside_an_amount(self, other):
        column = exact([1.5, -3.25])
        assert (column * other).tolist() == (other * column).tolist() == [D(3), D("-6.5")]
        assert (column + other).tolist() == (other + column).tolist() == [D("3.5"), D("-1.25")]
        assert (column - other).tolist() == [D("-0.5"), D("-5.25")]
        assert (other - column).tolist() == [D("0.5"), D("5.25")]

    @pytest.mark.parametrize("other", [0.5, np.float64(0.5), np.array([0.5]), pd.Series([0.5])])
    @pytest.mark.parametrize("op", [operator.add, operator.mul, operator.sub, operator.lt])
    def test_floats_are_refused_with_the_remedy(self, op, other):
        with pytest.raises(TypeError, match=r"exact\(\), write constants as Decimal"):
            op(exact([1.5]), other)

    def test_what_would_round_is_refused_with_the_remedy(self):
        for divided in (lambda: exact([1.5]) / 3, lambda: 3 / exact([1.5])):
            with pytest.raises(TypeError, match=r"divide\(\)"):
                divided()
        with pytest.raises(TypeError, match=r"divide\(\)"):
            exact([1.5]).mean()
        with pytest.raises(TypeError, match=r"divide\(\)"):
            exact([1.5]).groupby([1]).mean()
        with pytest.raises(ValueError, match=r"times\(series"):
            exact([1.5]) * Fraction(1, 3)

    def test_two_amounts_have_a_float_ratio(self):
        shares = exact([1.0, 2.0, 3.0, None]) / exact([4.0, 0.0, 0.5, 1.0])
        pd.testing.assert_series_equal(shares, pd.Series([0.25, np.nan, 6.0, np.nan]))

    def test_a_ratio_is_rounded_once(self):
        top, bottom = 2**53 + 1, 3
        assert (amounts(top) / amounts(bottom)).iloc[0] == float(Fraction(top, bottom))

    def test_a_missing_value_stays_missing(self):
        assert (amounts(1, None) + amounts(None, 1)).isna().all()
        assert (amounts(1) * None).isna().all()

    @given(COLUMNS, st.data())
    def test_sums_differences_and_products(self, left, data):
        right = data.draw(st.lists(CELLS, min_size=len(left), max_size=len(left)))
        for op in (operator.add, operator.sub, operator.mul):
            expected = [
                None if a is None or b is None else op(Fraction(a), Fraction(b))
                for a, b in zip(left, right, strict=True)
            ]
            assert fractions(op(exact(left), exact(right))) == expected

    @given(COLUMNS)
    def test_negation_and_magnitude(self, cells):
        column = exact(cells)
        assert known(-column) == [-value for value in known(cells)]
        assert known(abs(column)) == [abs(value) for value in known(cells)]


class TestComparisons:
    def test_a_missing_value_is_selected_by_neither_mask(self):
        column = amounts(1, None, 3)
        mask = column > D("1.5")
        assert mask.dtype == "boolean"
        assert column[mask].tolist() == [3]
        assert column[~mask].tolist() == [1]

    def test_what_is_no_number_equals_no_number(self):
        assert (amounts(1) == "1").tolist() == [False]
        assert (amounts(1) != "1").tolist() == [True]
        with pytest.raises(TypeError):
            amounts(1) < "1"  # noqa: B015

    @given(DECIMALS, DECIMALS)
    def test_order_is_that_of_the_numbers(self, a, b):
        for op in (operator.lt, operator.le, operator.eq, operator.ne, operator.gt, operator.ge):
            assert op(exact([a]), exact([b])).tolist() == [op(a, b)]
            assert op(exact([a]), b).tolist() == [op(a, b)]

    @given(COLUMNS)
    def test_sorting_ranking_and_extremes(self, cells):
        column, numbers = exact(cells), known(cells)
        assert known(column.sort_values()) == sorted(numbers)
        assert fractions([column.min(), column.max()]) == (
            [min(numbers), max(numbers)] if numbers else [None, None]
        )
        ranks = column.rank(method="min").dropna().tolist()
        assert ranks == [sorted(numbers).index(number) + 1 for number in numbers]

    @given(COLUMNS)
    def test_distinct_values(self, cells):
        column = exact(cells)
        assert known(column.unique()) == list(dict.fromkeys(known(cells)))
        assert known(column.drop_duplicates()) == known(column.unique())
        assert column.nunique() == len(set(known(cells)))
        codes, uniques = column.factorize()
        assert known(uniques.take(codes[codes >= 0])) == known(cells)

    def test_membership_whatever_the_scale(self):
        column = amounts(D("1.50"), D("2.25"), None)
        assert column.isin([D("1.5"), 7]).tolist() == [True, False, False]
        assert column.isin(amounts(D("2.250"), None)).tolist() == [False, True, True]
        with pytest.raises(TypeError, match="not an exact number"):
            column.isin([1.5])


class TestSums:
    def test_sums_grow_beyond_64_bits(self):
        column = amounts(2**62, 2**62, 2**62, -1)
        assert column.sum() == 3 * 2**62 - 1
        assert column.cumsum().tolist() == [2**62, 2**63, 3 * 2**62, 3 * 2**62 - 1]
        assert column.groupby([1, 1, 1, 2]).sum().tolist() == [3 * 2**62, -1]
        assert (column * column).iloc[0] == 2**124
        assert (column + column).iloc[0] == 2**63
        assert column.astype("exact[6]").iloc[0] == 2**62

    def test_the_least_int64_has_a_negative(self):
        column = exact(np.array([-(2**63)]))
        assert (-column).tolist() == abs(column).tolist() == [2**63]

    def test_the_context_of_the_thread_does_not_round(self):
        with localcontext(prec=3):
            column = amounts(D("12345.67"))
            assert (column * D("1.0001")).sum() == D("12346.904567")
            assert column.round(1).iloc[0] == D("12345.7")

    def test_the_sum_of_nothing_is_zero_at_its_scale(self):
        assert str(exact([], scale=2).sum()) == "0.00"
        assert exact([None]).sum() == 0

    def test_a_gap_counts_where_it_is_asked_to(self):
        assert amounts(1, None).sum(skipna=False) is pd.NA
        assert amounts(1, None).sum(min_count=2) is pd.NA

    @given(COLUMNS)
    def test_total_and_running_total(self, cells):
        column = exact(cells)
        assert Fraction(column.sum()) == sum(known(cells))
        running = known(column.cumsum())
        assert running == [sum(known(cells)[: n + 1]) for n in range(len(known(cells)))]

    @given(st.lists(st.tuples(st.integers(1, 3), CELLS), min_size=1, max_size=15))
    def test_groups(self, rows):
        frame = pd.DataFrame(
            {"k": [key for key, _ in rows], "a": exact([cell for _, cell in rows])}
        )
        groups = frame.groupby("k")["a"]
        members = {key: known(cell for k, cell in rows if k == key) for key in set(frame["k"])}
        for key, numbers in members.items():
            assert Fraction(groups.sum()[key]) == sum(numbers)
            assert groups.count()[key] == len(numbers)
            assert known(groups.cumsum()[frame["k"] == key]) == [
                sum(numbers[: n + 1]) for n in range(len(numbers))
            ]
            found = [groups.min()[key], groups.max()[key], groups.first()[key], groups.last()[key]]
            expected = [min(numbers), max(numbers), numbers[0], numbers[-1]] if numbers else []
            assert known(found) == expected

    def test_several_aggregates_at_once(self):
        frame = pd.DataFrame({"k": ["a", "a", "b"], "net": exact([1.5, 2.25, -1.0])})
        result = frame.groupby("k", as_index=False).agg(
            net=("net", "sum"), largest=("net", "max"), orders=("net", "count")
        )
        expected = pd.DataFrame(
            {
                "k": ["a", "b"],
                "net": exact([3.75, -1.0]),
                "largest": exact([2.25, -1.0]),
                "orders": [2, 1],
            }
        )
        pd.testing.assert_frame_equal(result, expected)

    def test_across_columns_of_different_scales(self):
        frame = pd.DataFrame({"a": exact([1.5, None]), "b": exact([0.25, 1.0])})
        assert frame.sum(axis=1).tolist() == [D("1.75"), D(1)]
        assert frame.sum().tolist() == [D("1.5"), D("1.25")]


class TestRounding:
    @pytest.mark.parametrize(
        ("number", "places", "rounded"),
        [
            ("2.5", 0, "3"),
            ("-2.5", 0, "-3"),
            ("2.675", 2, "2.68"),
            ("-1.005", 2, "-1.01"),
            ("2.4999", 0, "2"),
            ("1.5", 3, "1.500"),
            ("1250", -2, "1300"),
        ],
    )
    def test_halves_go_away_from_zero(self, number, places, rounded):
        result = amounts(D(number)).round(places)
        assert str(result.iloc[0]) == rounded
        assert result.dtype == f"exact[{max(places, 0)}]"

    @given(DECIMALS, st.integers(0, 4))
    def test_rounding_is_that_of_fractions(self, number, places):
        away = int(abs(Fraction(number)) * 10**places + Fraction(1, 2))
        expected = Fraction(away if number >= 0 else -away, 10**places)
        assert Fraction(exact([number]).round(places).iloc[0]) == expected


class TestFrames:
    @given(COLUMNS, COLUMNS)
    def test_concat_keeps_every_digit(self, first, second):
        joined = pd.concat([exact(first), exact(second)])
        assert known(joined) == known(first) + known(second)
        assert joined.dtype.scale == max(exact(first).dtype.scale, exact(second).dtype.scale)

    def test_concat_with_integers(self):
        assert pd.concat([exact([1.5]), pd.Series([2])]).dtype == "exact[1]"

    def test_merging_and_reindexing_leave_gaps(self):
        sales = pd.DataFrame({"id": ["A", "B"], "net": exact([1.5, 2.0])})
        joined = sales.merge(pd.DataFrame({"id": ["B", "C"]}), on="id", how="right")
        pd.testing.assert_frame_equal(
            joined, pd.DataFrame({"id": ["B", "C"], "net": exact([2, None], scale=1)})
        )
        assert exact([1.5]).reindex([0, 9], fill_value=0).tolist() == [D("1.5"), D(0)]

    def test_filling_and_choosing(self):
        column = amounts(D("-1.5"), None, D("2.5"))
        assert column.fillna(0).tolist() == [D("-1.5"), D(0), D("2.5")]
        assert column.where(column > 0, 0).tolist() == [0, 0, D("2.5")]
        assert column.clip(lower=0).dropna().tolist() == [0, D("2.5")]
        assert column.shift(fill_value=D(1)).iloc[0] == 1

    def test_setting_never_loses_digits(self):
        column = exact([1.5])
        with pytest.raises(ValueError, match="round it first"):
            column.iloc[0] = D("1.25")
        column.iloc[0] = D(2**80)
        assert column.tolist() == [D(2**80)]

    def test_a_copy_is_not_changed_with_the_original(self):
        column = exact([1.5, 2.5])
        same_scale, read_again = column.astype("exact[1]"), exact(column)
        column.iloc[0] = 0
        assert same_scale.iloc[0] == read_again.iloc[0] == D("1.5")

    def test_a_function_of_single_values_keeps_its_own_type(self):
        column = exact([1.5, 2.25])
        assert column.map(lambda value: value * value).dtype == "exact[4]"
        assert column.groupby([1, 1]).agg(len).dtype == "int64"
        assert column.map(str).tolist() == ["1.50", "2.25"]

    @given(COLUMNS)
    def test_pickling_and_hashing(self, cells):
        column = exact(cells)
        pd.testing.assert_series_equal(pickle.loads(pickle.dumps(column)), column)
        hashes = pd.util.hash_pandas_object(column, index=False)
        assert hashes.nunique() == column.nunique(dropna=False)

    def test_equal_frames_are_equal_and_others_are_not(self):
        frame = pd.DataFrame({"a": exact([1.5, None])})
        pd.testing.assert_frame_equal(frame, frame.copy())
        with pytest.raises(AssertionError):
            pd.testing.assert_frame_equal(frame, pd.DataFrame({"a": exact([1.6, None])}))
        with pytest.raises(AssertionError):
            pd.testing.assert_frame_equal(frame, frame.astype("exact[2]"))
