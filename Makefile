PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
VALIDATOR := tests/office/node_modules/.installed
TOOLS := tests/office/.tools/.installed

.PHONY: demo test office lossless badbooks check bench clean

$(VENV)/.installed: setup.cfg pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --upgrade pip
	$(BIN)/pip install --quiet --quiet --editable '.[test,check,bench]'
	touch $@

demo: $(VENV)/.installed  ## rank the key accounts of the demo workbooks
	$(BIN)/python -m workbooks.demo

test: $(VENV)/.installed  ## every test that needs neither LibreOffice nor node
	$(BIN)/python -Im pytest -m 'not office' -n auto --dist loadfile $(ARGS)

$(VALIDATOR): tests/office/package.json
	cd tests/office && npm install --no-package-lock --no-audit --no-fund --loglevel=error
	touch $@

$(TOOLS): tests/office/requirements.txt
	$(PYTHON) -m venv tests/office/.tools
	tests/office/.tools/bin/pip install --quiet --requirement $<
	touch $@

office: $(VENV)/.installed $(VALIDATOR) $(TOOLS)  ## the tests that need LibreOffice or node
	$(BIN)/python -Im pytest -m office --no-skips $(ARGS)

check: $(VENV)/.installed  ## style, types and the direction of imports
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

lossless: $(VENV)/.installed  ## try the engine on every workbook of folders: FOLDERS="a b"
	PYTHONPATH=tests/support $(BIN)/python -m lossless $(FOLDERS) $(ARGS)

badbooks: $(VENV)/.installed  ## write the bad workbooks of the tests to look at: FOLDER=path
	PYTHONPATH=tests/support $(BIN)/python -m badbooks $(FOLDER)

bench: $(VENV)/.installed  ## races against other programs, as ratios
	$(BIN)/python -m benchmarks $(ARGS)

clean:
	rm -rf $(VENV) tests/office/node_modules tests/office/.tools build *.egg-info
