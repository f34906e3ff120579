.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.made

help:            ## show these lines
	@grep -hE '^[a-z-]+: .*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 18

run: $(STAMP)    ## serve: Telegram with TELEGRAM_BOT_TOKEN in the environment or .env, otherwise the sandbox
	@exec $(BIN)/nhacviec run

# Whoever has done with its own tests takes some of the other's: no folder is to be last.
# What is compiled is kept: each process that a test starts would compile it anew.
PYTEST := PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest
# As many as the machine has processors, four at the most: each takes a gigabyte.
SIDE_BY_SIDE := -n $(shell n=$$(nproc); echo $$((n > 4 ? 4 : n))) --dist worksteal --durations=10
# Of the code and not of what it does: once, with the linters.
CHECKED := tests/test_architecture.py tests/test_documents.py tests/store/test_migrations.py
PURE := tests/plan tests/words tests/intake tests/channels

test: $(VENV)/.dev ## run every test but the long ones and those of `make check`, under five minutes
	$(PYTEST) $(SIDE_BY_SIDE) -m "not long" $(CHECKED:%=--ignore=%)

test-long: $(VENV)/.dev ## run what is long by nature: faults, weeks of the played year, all of the access table, browsers, PostgreSQL
	$(PYTEST) $(SIDE_BY_SIDE) -m long

unit: $(VENV)/.dev ## run what is pure, in seconds: the plan, dates, reminders, words
	$(PYTEST) $(PURE)

words: $(VENV)/.dev ## read a table of sentences: what is recorded wrongly as done, asked needlessly, not understood
	$(BIN)/python -m tests.words.measured

check: $(VENV)/.dev ## lint, format, types, the architecture, the drift of migrations and generated documents
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(PYTEST) $(CHECKED)

bench: $(VENV)/.dev ## measure, side by side in one run; BENCH="--json FILE" for machines, BENCH=--all to 1,000 times
	@$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[bench]' || echo "aiogram is not to be had: it is left out"
	$(BIN)/python -m tests.bench $(BENCH)

faults: $(VENV)/.dev ## break the service for half a minute (kills, lost answers, locks, a full disk) and count what arrived
	$(BIN)/python -m tests.faults
	$(BIN)/python -m tests.faults --zalo
	$(BIN)/python -m tests.faults --postgresql

ordeal: $(VENV)/.dev ## the same for about an hour: 1,000 kills and 100,000 sends, into docs/reliability.md
	$(BIN)/python -m tests.faults --long --write

newoffice: $(VENV)/.dev ## an office without a plan, from its own Word file to the first reminders: steps, questions, seconds
	$(BIN)/python -m tests.newoffice.play

year: $(VENV)/.dev ## play a whole year with 38 example people, and compare the figures with what the script knows
	$(BIN)/python -m tests.year $(YEAR)

pictures: $(VENV)/.dev ## take the pictures of README and the guides anew, with a Chromium; on paper and at 360 px into var/pictures
	$(BIN)/python -m tests.pictures

fuzz: $(VENV)/.dev ## feed it 100,000 hostile updates of each channel and bytes, and print what came of them
	@$(BIN)/pip install --quiet --disable-pip-version-check --only-binary :all: --editable '.[fuzz]' || echo "atheris is not to be had for this machine: the part that needs it is left out"
	$(BIN)/python -m tests.fuzz.run $(FUZZ)

intake: $(VENV)/.dev ## read our own documents of all shapes, and print what is right, asked, wrong and lost
	$(BIN)/python -W ignore -m tests.intake.figures

fuzz-intake: $(VENV)/.dev ## feed the reader of documents 100,000 broken ones
	$(BIN)/python -m tests.intake.fuzz $(FUZZ)

audit: $(VENV)/.dev ## look the pinned dependencies up in the advisory database; STRICT=--strict where it can be reached
	@$(BIN)/pip install --quiet --disable-pip-version-check pip-audit
	@$(BIN)/python -m tests.dependencies $(STRICT)

docs: $(VENV)/.dev ## write the generated documents anew
	$(BIN)/python -m tests.documents

lock: $(VENV)/.dev ## pin the dependencies anew, with hashes
	$(BIN)/pip install --quiet pip-tools
	$(BIN)/pip-compile --quiet --constraint tests/constraints.txt --generate-hashes --strip-extras --extra postgresql --no-emit-index-url --no-emit-find-links --no-header --output-file requirements.lock pyproject.toml

$(STAMP): pyproject.toml requirements.lock
	@command -v $(PYTHON) >/dev/null || { echo "Python 3.11 or newer is missing: apt-get install python3 python3-venv"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; this is $$($(PYTHON) -V)"; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { echo "Python's venv is missing: apt-get install python3-venv"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Setting up $(VENV) …"
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $@

$(VENV)/.dev: $(STAMP)
	@$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

.PHONY: help run test test-long unit words check bench faults ordeal newoffice year pictures fuzz intake fuzz-intake audit docs lock
