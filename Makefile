# Two commands from a fresh checkout to an answer: enter the folder, `make run`.

CASE ?= sony-2014
WORKERS ?= 2
BIN := .venv/bin

# Candidates are run, not looked up: a version manager's shim can bear the right name and still fail.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 \
  $$(ls -d "$${PYENV_ROOT:-$$HOME/.pyenv}"/versions/3.*/bin/python 2>/dev/null | sort -rV); do \
  "$$p" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 12))' 2>/dev/null && echo "$$p" && break; done)
RECENT = -c 'import sys; sys.exit(sys.version_info < (3, 12))' 2>/dev/null

# Without bytecode every start of the program costs two to three times as much.
unexport PYTHONDONTWRITEBYTECODE

# Twice quiet: warnings about how this machine has set up pip are not ours, errors still show.
INSTALL = $(BIN)/python -m pip install -q -q --disable-pip-version-check -c constraints.txt

.PHONY: help run app test bench dominance fit scores calibration lint types clean dist
.DEFAULT_GOAL := help

help:  ## say what can be made
	@sed -nE 's/^([a-z]+):.*## (.*)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 16

run: .venv/.run  ## install what is needed, then assess a case (CASE=sony-2014)
	@$(BIN)/cybercoercion assess "$(CASE)"

app: .venv/.app  ## install the app too, then open it in the browser, on this machine only
	@$(BIN)/cybercoercion app

test: lint types  ## install the test tools too, then check everything
	@$(BIN)/python -m pytest -q -n $(WORKERS) --dist=loadfile  # a file shares what it builds or installs

bench: .venv/.test  ## time what has a target, on this machine
	@for b in tests/*/bench_*.py; do $(BIN)/python "$$b" || exit 1; done

dominance: .venv/.run  ## say in which share of sampled cases each response is first
	@$(BIN)/python -m cybercoercion.response.dominance

# The official files are not ours to ship: with DATA=folder every part is drawn anew; without it the parts that learn
# from DCID and EuRepoC keep the draws that ship, and episodes and outcomes are drawn from shipped inputs and counts.
OFFICIAL = $(if $(DATA),--dcid "$(DATA)/dcid2_incidents_2000_2016.csv" --eurepoc "$(DATA)/eurepoc_1_1_2000_2020.csv" \
  --dcid-campaigns "$(DATA)/dcid2_campaigns_2000_2016.csv" --mid "$(DATA)/dyadic_mid_4_03.csv" --ties "$(DATA)/ties_4_1.xls",\
  --base default)

fit: .venv/.test  ## make the fit that ships, priors/fits/default.nc (DATA=folder with the official files)
	@$(BIN)/cybercoercion fit --episodes priors/episodes $(OFFICIAL) --out priors/fits/default.nc

scores: .venv/.test  ## make the published scores, priors/fits/scores.json (DATA=folder with the official files)
	@$(BIN)/python -m cybercoercion.fit.scoring.published "$(DATA)" --out priors/fits/scores.json

calibration: .venv/.test  ## calibrate every part by 200 simulations, priors/fits/calibration.toml; about an hour
	@$(BIN)/python -m cybercoercion.fit.checking.calibration --simulations 200 --out priors/fits/calibration.toml

lint: .venv/.test  ## style of code, and a stated fact in each test
	@$(BIN)/ruff check -q .
	@$(BIN)/ruff format -q --check .
	@$(BIN)/interrogate tests

types: .venv/.test  ## strict types
	@$(BIN)/mypy --no-error-summary

dist: .venv/.test  ## build the wheel into dist/
	@rm -rf build dist  # an old build/ would slip removed files into the new wheel
	@$(BIN)/python -m build --wheel --no-isolation --quiet >/dev/null
	@rm -rf build
	@ls dist/*.whl

clean:  ## remove what builds, tests and tools leave; .venv stays
	@rm -rf build dist model/*.egg-info .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	@find app model notebooks priors tests -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/bin/python:
	@test -n "$(PYTHON)" && "$(PYTHON)" $(RECENT) || { \
	  echo "cybercoercion needs Python 3.12 or later; none found. Set PYTHON=/path/to/python3.12." >&2; exit 2; }
	@"$(PYTHON)" -m venv --clear .venv  # what is there has no interpreter

.venv/.run: pyproject.toml constraints.txt | .venv/bin/python
	@echo "Installing cybercoercion and its pinned requirements into .venv; the first time takes a minute or two."
	@$(INSTALL) -e '.[report]'
	@touch $@

.venv/.app: pyproject.toml constraints.txt | .venv/bin/python
	@echo "Installing cybercoercion and its app, all pinned, into .venv; the first time takes a minute or two."
	@$(INSTALL) -e '.[app,login]'
	@touch .venv/.run $@

.venv/.test: pyproject.toml constraints.txt | .venv/bin/python
	@echo "Installing cybercoercion and its test tools, all pinned, into .venv; the first time takes some minutes."
	@$(INSTALL) -e '.[test]'
	@touch .venv/.run .venv/.app $@
