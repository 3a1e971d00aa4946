"""The suite that pandas keeps for the authors of extension arrays, run on exact[2]."""

import pandas as pd
import pytest
from pandas.tests.extension import base

# The fixtures that the suite takes from a conftest of its own.
from pandas.tests.extension.conftest import *  # noqa: F403

from kam_excel.domain.exact import ExactArray, ExactDtype


def amounts(*texts):
    return ExactArray._from_sequence(texts, dtype="exact[2]")


@pytest.fixture
def dtype():
    return ExactDtype(2)


@pytest.fixture
def data():
    return amounts(*(f"{number * 7 % 11 + 1}.{number}5" for number in range(10)))


@pytest.fixture
def data_for_twos():
    return amounts(*["2"] * 10)


@pytest.fixture
def data_missing():
    return amounts(None, "1.25")


@pytest.fixture
def data_for_sorting():
    return amounts("1", "2.5", "-3")


@pytest.fixture
def data_missing_for_sorting():
    return amounts("1", None, "-3")


@pytest.fixture
def data_for_grouping():
    a, b, c = "0", "1.5", "2"
    return amounts(b, b, None, None, a, a, b, c)


class TestExact(
    base.BaseAccumulateTests,
    base.BaseCastingTests,
    base.BaseConstructorsTests,
    base.BaseDtypeTests,
    base.BaseGetitemTests,
    base.BaseGroupbyTests,
    base.BaseIndexTests,
    base.BaseInterfaceTests,
    base.BaseParsingTests,
    base.BaseMethodsTests,
    base.BaseMissingTests,
    base.BaseArithmeticOpsTests,
    base.BaseComparisonOpsTests,
    base.BaseUnaryOpsTests,
    base.BasePrintingTests,
    base.BaseReduceTests,
    base.BaseReshapingTests,
    base.BaseSetitemTests,
):
    divmod_exc = TypeError

    def _get_expected_exception(self, op_name, obj, other):
        # Sums, differences and products are exact; what would round is refused.
        exact_ops = ("__add__", "__radd__", "__sub__", "__rsub__", "__mul__", "__rmul__")
        return None if op_name in exact_ops else TypeError

    def _supports_accumulation(self, ser, op_name):
        return op_name != "cumprod"

    def _supports_reduction(self, ser, op_name):
        return op_name in ("sum", "min", "max", "count")

    def check_accumulate(self, ser, op_name, skipna):
        result = getattr(ser, op_name)(skipna=skipna)
        expected = getattr(ser.astype(float), op_name)(skipna=skipna)
        pd.testing.assert_series_equal(result.astype(float), expected)

    def check_reduce(self, ser, op_name, skipna):
        result = (
            getattr(ser, op_name)() if op_name == "count" else getattr(ser, op_name)(skipna=skipna)
        )
        values = ser.dropna().tolist()
        assert result == {"count": len, "sum": sum, "min": min, "max": max}[op_name](values)

    def _cast_pointwise_result(self, op_name, obj, other, pointwise_result):
        # Comparisons give "boolean", so that what is missing stays missing.
        comparisons = ("eq", "ne", "lt", "le", "gt", "ge")
        return pointwise_result.astype("boolean") if op_name in comparisons else pointwise_result

    def test_arith_series_with_array(self, data, all_arithmetic_operators):
        # The suite takes an object Series, whose places are lost where it is empty.
        other = pd.Series([data[0]] * len(data), dtype=data.dtype)
        if all_arithmetic_operators not in ("__truediv__", "__rtruediv__"):
            self.check_opname(pd.Series(data), all_arithmetic_operators, other)

    def test_value_counts_with_normalize(self, data):
        # The suite wants Float64 of every dtype with pd.NA; proportions are plain floats here.
        counts = pd.Series(data).value_counts(normalize=True)
        assert counts.tolist() == [0.1] * 10

    def test_round(self, data):
        # The suite wants the dtype kept and halves to even; amounts round half up, as Excel does.
        result = pd.Series(amounts("0.50", "1.50", "-2.50", None)).round()
        pd.testing.assert_series_equal(result, pd.Series([1, 2, -3, None], dtype="exact[0]"))

    @pytest.mark.parametrize("skipna", [True, False])
    def test_reduce_array(self, data, all_reductions, skipna):
        # The suite does not expect that only some of the reductions are methods of the array.
        if all_reductions == "count":
            assert data.count() == len(data)
        elif self._supports_reduction(None, all_reductions):
            super().test_reduce_array(None, data, all_reductions, skipna)
        else:
            with pytest.raises(TypeError, match="does not support operation"):
                data._reduce(all_reductions, skipna=skipna)
