"""S8: what accounts earn by rebate policies and contests, what is owed of it, what is paid."""
