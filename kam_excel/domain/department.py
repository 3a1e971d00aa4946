"""Whether a key account department is called for, and how many account managers it takes."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DepartmentAdvice:
    """`headcount` is the number of account managers, None where no department is needed."""

    needed: bool
    headcount: int | None


def advise_department(
    n_key: int, threshold: int = 20, inclusive: bool = True, accounts_per_manager: int = 8
) -> DepartmentAdvice:
    """Advise on a department for `n_key` key accounts.

    Below the threshold the management looks after them itself. From there on (or above it, if
    not `inclusive`) each manager serves up to `accounts_per_manager` accounts. Raises ValueError
    if that is less than one.
    """
    if accounts_per_manager < 1:
        raise ValueError(f"a manager serves at least one account, not {accounts_per_manager}")
    needed = n_key >= threshold if inclusive else n_key > threshold
    headcount = -(-n_key // accounts_per_manager)
    return DepartmentAdvice(needed, headcount if needed else None)
