from decimal import Decimal

import pandas as pd
import pytest

from kam_excel.domain.exact import exact


@pytest.fixture
def accounts():
    """Net sales by account: `accounts(A=700, B="299.50")`."""

    def build(**values):
        return pd.Series(
            exact([Decimal(str(value)) for value in values.values()]).array,
            index=pd.Index(list(values), dtype="str", name="customer_id"),
        )

    return build


@pytest.fixture
def ten(accounts):
    """The ten accounts of the worked example; they sum to 1000."""
    return accounts(a=400, b=250, c=150, d=60, e=40, f=35, g=25, h=20, i=12, j=8)
