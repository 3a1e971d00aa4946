import pytest

from kam_excel.domain.department import DepartmentAdvice, advise_department


@pytest.mark.parametrize(
    ("n_key", "inclusive", "advice"),
    [
        (20, True, DepartmentAdvice(True, 3)),
        (20, False, DepartmentAdvice(False, None)),
        (21, False, DepartmentAdvice(True, 3)),
        (19, True, DepartmentAdvice(False, None)),
        (250, True, DepartmentAdvice(True, 32)),
        (24, True, DepartmentAdvice(True, 3)),
    ],
)
def test_the_department_begins_at_the_threshold(n_key, inclusive, advice):
    assert advise_department(n_key, inclusive=inclusive) == advice


def test_a_manager_serves_at_least_one_account():
    with pytest.raises(ValueError, match="at least one account"):
        advise_department(20, accounts_per_manager=0)
