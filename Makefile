# Everything that can be done here: `make` lists it. Needed beforehand: Python 3.11 or newer and make. What the tests
# need beside (Java, Maven, Chromium, a Chinese font), `make test` installs where it may use apt, else it names it.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
JARS := .cache/neo4j
POM := tests/servers/pom.xml
SERVERS := PYTHONPATH=tests $(BIN)/python -m servers
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check --no-input install
NEWEST := 2026
# Two at a time, each with a server of its own; one waits for its server while the other computes.
PYTEST := $(BIN)/python -m pytest -n 2 --dist worksteal

# By the environment, since packages that pip has to build take their build tools from there (older and newer pip).
export PIP_CONSTRAINT := $(CURDIR)/constraints.txt
export PIP_BUILD_CONSTRAINT := $(PIP_CONSTRAINT)

MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:
.SUFFIXES:

.PHONY: help
help: ## List what can be made
	@sed -n 's/^\([a-z][a-z-]*\):.*## \(.*\)/\1|\2/p' $(MAKEFILE_LIST) | \
	while IFS='|' read -r target meaning; do printf 'make %-12s %s\n' "$$target" "$$meaning"; done

.PHONY: demo
demo: $(VENV)/.installed ## Install, load the seeds, answer a few questions and draw the map
	@$(BIN)/graphkit demo

.PHONY: test
test: test-supported test-newest ## Run all tests: both engines, a real Neo4j, a real browser

.PHONY: check
check: $(VENV)/.installed-dev ## Check format, style (Python and JavaScript), types, imports, README and the seeds
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/oxfmt --config .oxfmtrc.json --check graphkit/maps/page/js
	$(BIN)/oxlint --config .oxlintrc.json graphkit/maps/page/js
	$(BIN)/mypy --strict graphkit tests
	$(BIN)/lint-imports
	$(BIN)/cog -P --check README.md
	$(BIN)/graphkit check

.PHONY: bench
bench: $(VENV)/.installed-dev needs neo4j-5.26 ## Measure loading, queries and maps, and print the tables
	@set -e; for script in $(filter-out bench/screenshots.py bench/_%,$(sort $(wildcard bench/*.py))); do \
		echo "== $$script"; PYTHONPATH=tests $(BIN)/python $$script; done

.PHONY: faults
faults: $(VENV)/.installed-dev needs neo4j-5.26 ## Kill loads at a hundred moments, fill disks, damage 100,000 rows
	$(BIN)/python -m pytest -m faults --timeout 3600

.PHONY: screenshots
screenshots: $(VENV)/.installed-dev needs ## Draw the pictures of the README anew, in a real browser
	@PYTHONPATH=tests $(BIN)/python bench/screenshots.py

.PHONY: readme
readme: $(VENV)/.installed-dev ## Write the tables and transcripts of the README anew
	$(BIN)/cog -P -r README.md

.PHONY: clean
clean: ## Remove all that was made here, but the fetched Neo4j
	rm -rf $(VENV) build dist *.egg-info demo.html \
		.hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# --- parts of the above ---------------------------------------------------------------------------------------------

.PHONY: test-supported
test-supported: $(VENV)/.installed-dev needs neo4j-5.26
	$(PYTEST)

# The newest Neo4j needs a newer Java than Debian has: where one is at hand, the server's tests run on it as well.
.PHONY: test-newest
test-newest: $(VENV)/.installed-dev needs
	@if reason=$$($(SERVERS) java $(NEWEST) 2>&1 >/dev/null); then $(MAKE) test-on-newest; \
	else echo "Not tested on the newest Neo4j: $$reason"; fi

.PHONY: test-on-newest
test-on-newest: neo4j-$(NEWEST)
	$(PYTEST) -m "server and not faults" --neo4j $(NEWEST)

.PHONY: needs
needs: $(VENV)/.installed-dev
	@$(SERVERS) needs

.PHONY: neo4j-5.26 neo4j-$(NEWEST)
neo4j-5.26 neo4j-$(NEWEST): neo4j-%: $(JARS)/%/.fetched

$(JARS)/%/.fetched: $(POM)
	@echo "Fetching the jars of Neo4j $* (once)"
	@rm -rf $(@D)
	@mvn --quiet --batch-mode -f $(POM) -P $* dependency:copy-dependencies -DoutputDirectory=$(CURDIR)/$(@D)
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed
	@echo "Installing what the tests and checks need into $(VENV) (once)"
	@$(PIP) --editable '.[test,check]'
	@touch $@

$(VENV)/.installed: $(VENV)/.created pyproject.toml constraints.txt
	@echo "Installing graphkit into $(VENV) (once)"
	@$(PIP) --editable .
	@touch $@

$(VENV)/.created:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "graphkit needs Python 3.11 or newer, and '$(PYTHON)' is not: make PYTHON=/path/to/python3.11" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || $(MAKE) python-venv
	@$(PYTHON) -m venv --clear $(VENV)
	@touch $@

# Debian's Python comes without its venv.
.PHONY: python-venv
python-venv:
	@if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		apt-get -q update && DEBIAN_FRONTEND=noninteractive apt-get -q -y --no-install-recommends install python3-venv </dev/null; \
	else echo "'$(PYTHON)' has no venv module: install it (Debian: python3-venv), then run this again." >&2; exit 1; fi
