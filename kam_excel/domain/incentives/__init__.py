"""Incentives: what accounts earn by rebate policies and contests, what is owed, what is paid."""
