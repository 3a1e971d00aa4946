import pytest

from kam_excel import Customers, Deliveries, Requirements, Returns, Sales, Staff
from kam_excel.contract.column import Kind
from kam_excel.workbook.finding.headers import match


def declared(table):
    """Every column of `table` as `kind` and what else it is."""
    return {
        name: " ".join(
            [
                column.kind.value,
                *(["optional"] if column.optional else []),
                *(["personal"] if column.personal else []),
            ]
        )
        for name, column in table.columns.items()
    }


def test_requirements_may_state_an_item_again():
    assert declared(Requirements) == {
        "customer_id": "key",
        "item": "enum",
        "expected": "text",
        "unit": "text optional",
        "actual": "text optional",
        "date": "date optional",
        "agreed": "boolean optional",
    }
    assert Requirements.key == ()


def test_deliveries_need_an_account_and_a_promise():
    assert declared(Deliveries) == {
        "doc_no": "key optional",
        "customer_id": "key",
        "product_id": "key optional",
        "promised_date": "date",
        "actual_date": "date optional",
        "qty": "number optional",
    }


def test_who_somebody_is_counts_as_personal():
    assert declared(Staff) == {
        "staff_id": "key personal",
        "staff_name": "text personal",
        "role": "text optional",
        "region": "text optional",
        "status": "enum optional",
    }
    assert Staff.key == ("staff_id",)


def test_what_changes_the_figures_is_decisive():
    # A tax rate is not: where an amount needs one that is not there, it is asked for by name.
    found = {
        table.id: {name for name, column in table.columns.items() if column.decisive}
        for table in (Customers, Sales, Returns, Requirements, Deliveries)
    }
    assert found == {
        "customers": {"parent_id", "strategic"},
        "sales": {"doc_no", "line_no", "currency", "doc_type", "qty", "price"}
        | {"amount", "amount_net", "amount_gross"},
        "returns": {"doc_no", "line_no", "date", "customer_id", "product_id"}
        | {"qty", "amount", "currency", "status"},
        "requirements": {"date"},
        "deliveries": {"doc_no", "actual_date", "qty"},
    }


@pytest.mark.parametrize(
    ("table", "headers", "found"),
    [
        (
            Requirements,
            ["客户编号", "需求项目", "客户期望", "单位", "完成情况", "登记日期", "是否确认"],
            ["customer_id", "item", "expected", "unit", "actual", "date", "agreed"],
        ),
        (
            Deliveries,
            ["Order ID", "Account No.", "SKU", "Due Date", "Delivered", "Qty"],
            ["doc_no", "customer_id", "product_id", "promised_date", "actual_date", "qty"],
        ),
        (
            Staff,
            ["员工编号", "姓名", "职位", "大区", "是否在职"],
            ["staff_id", "staff_name", "role", "region", "status"],
        ),
    ],
)
def test_the_headers_that_companies_use_are_known(table, headers, found):
    assert match(table, headers).positions == {name: i for i, name in enumerate(found)}


@pytest.mark.parametrize("table", [Customers, Sales, Returns, Requirements, Deliveries, Staff])
def test_no_two_columns_of_a_table_share_a_zh_or_en_header(table):
    for headers in ([c.zh for c in table.columns.values()], [c.en for c in table.columns.values()]):
        assert len(set(headers)) == len(headers)


def test_a_column_of_several_tables_is_the_same_in_all():
    for name in ("customer_id", "doc_no"):
        assert Deliveries.columns[name].headers() == Sales.columns[name].headers()
    assert Requirements.columns["unit"].headers() == Sales.columns["unit"].headers()
    assert Staff.columns["region"].headers() == Customers.columns["region"].headers()


def test_choices_have_their_zh_texts():
    assert Requirements.columns["item"].shown("training of salespeople", "zh") == "代培推销员"
    assert Staff.columns["status"].choices == {"active": "在职", "left": "离职"}
    assert Deliveries.columns["qty"].kind is Kind.NUMBER
