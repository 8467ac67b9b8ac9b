# One word a job; .ci/run calls the same words. Everything is installed into .venv from requirements.lock.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
STORE ?= out/demo
PAIR := http://127.0.0.1:8890/pair/ru-smolensk/by-vitebsk
APP := viz/static/.stamp
INSTALL := $(PYTHON) -m pip --python $(BIN)/python install --quiet --disable-pip-version-check

.PHONY: help demo explore app test check lint types scripts bench quality weights pairs persons foreign wheel-test fixtures generated lock clean
help: ## show this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/'

$(STAMP): requirements.lock requirements-dev.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Pobratim needs Python 3.11 or newer: make PYTHON=python3.11 ... / Нужен Python 3.11 или новее" >&2; exit 2; }
	@$(PYTHON) -m pip --version >/dev/null || \
	  { echo "pip is missing: apt-get install python3-pip / Нет pip: установите python3-pip" >&2; exit 2; }
	@echo "Making a virtual environment in $(VENV) … / Создаётся виртуальное окружение в $(VENV) …"
	@$(PYTHON) -m venv --clear --without-pip $(VENV)
	@echo "Installing packages (1–2 minutes) … / Устанавливаются пакеты (1–2 минуты) …"
	@$(INSTALL) --require-hashes -r requirements.lock
	@echo "Building Pobratim and its query editor (about a minute) … / Собирается Побратим и редактор запросов (около минуты) …"
	@$(INSTALL) --no-deps --editable .
	@$(PYTHON) hatch_build.py || true
	@touch $@

$(VENV)/.developing: $(STAMP)
	@echo "Installing what tests need (1–2 minutes) … / Устанавливается то, что нужно проверкам (1–2 минуты) …"
	@$(INSTALL) --require-hashes -r requirements-dev.lock
	@touch $@

demo: $(STAMP) ## the main job on the example report: load, ask, draw
	@rm -rf $(STORE) && mkdir -p out
	$(BIN)/pobratim load examples/smolensk-2023-q1.docx --store $(STORE)
	$(BIN)/pobratim query school-links --param city=Смоленск --param partner=Витебск --store $(STORE)
	$(BIN)/pobratim network institutions -o out/institutions.html --store $(STORE)
	@rm -rf out/site out/publication.toml
	$(BIN)/pobratim publish --init --config out/publication.toml --store $(STORE)
	$(BIN)/pobratim publish out/site --config out/publication.toml --example --store $(STORE)
	@echo "Folder for portals / Папка для порталов: python3 -m http.server --bind 127.0.0.1 --directory $(CURDIR)/out/site"
	@echo "Network page / Страница сети: $(CURDIR)/out/institutions.html"
	@echo "Pages and SPARQL endpoint / Страницы и SPARQL: make explore"
	@echo "then open / затем откройте: $(PAIR)"

$(STORE)/current.json:
	@$(MAKE) --no-print-directory demo

explore: $(STORE)/current.json ## the pages of the example in a browser, until Ctrl+C
	@echo "Open / Откройте: $(PAIR)"
	$(BIN)/pobratim serve --store $(STORE)

# The hook of an editable installation builds what is stale: node comes as a wheel, or POBRATIM_NODE=system.
app: $(APP) ## scripts and fonts of the pages and the query editor, from npm packages
$(APP): $(wildcard viz/.npmrc viz/package.json viz/package-lock.json viz/shapes.json viz/tsconfig.json viz/vite.config.ts viz/app/* viz/app/*/* viz/file/* viz/kit/*.ts viz/kit/picture/* viz/kit/table/* viz/workbench/src/* viz/workbench/src/*/*) hatch_build.py | $(STAMP)
	POBRATIM_APP=required $(INSTALL) --no-deps --editable .
	@touch $@

test: $(VENV)/.developing ## all tests (browser tests need Chromium)
	@tools/system-packages.sh
	@$(MAKE) --no-print-directory app || [ -z "$$CI" ]
	$(BIN)/python -m pytest -n auto --dist loadfile

check: lint types ## lint, types and the quick tests: two minutes
	$(BIN)/python -m pytest -n auto --dist loadfile -q -m "not slow and not browser"

lint: $(VENV)/.developing ## ruff and the import rules
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports

types: $(VENV)/.developing ## mypy --strict
	$(BIN)/mypy

scripts: $(VENV)/.developing ## types and unit tests of the pages' scripts
	$(BIN)/python tools/check_scripts.py

bench: $(VENV)/.developing ## measure; results table in bench/README.md
	$(BIN)/python -m bench

weights: $(VENV)/.developing ## fit the weights by which ties are told to the gold
	$(BIN)/python -m bench.weights --write

quality: $(VENV)/.developing ## precision and recall per field on all reports with gold
	$(BIN)/python -m bench.quality

pairs: $(VENV)/.developing ## precision and recall of identity on labelled pairs of names
	$(BIN)/python -m bench.pairs --errors

persons: $(VENV)/.developing ## how well the classes of persons are told and what the gate lets out, on labelled names beside the project
	$(BIN)/python -m bench.persons --errors
	$(BIN)/python -m bench.gate --errors

foreign: $(VENV)/.developing ## a published folder read by CKAN, csvw, Frictionless, skosify, rapper, ldes-client; needs the registries
	@tools/system-packages.sh
	PYTHONPATH=tools $(BIN)/python -m foreign

wheel-test: $(VENV)/.developing ## build wheel and source distribution and run them from an empty environment
	$(BIN)/python tools/wheel_test.py

fixtures: $(VENV)/.developing ## make the generated files again
	$(BIN)/python tools/build_fixtures.py
	$(BIN)/python tools/build_countries.py
	$(BIN)/python tools/build_gazetteer.py
	$(BIN)/python tools/build_model_picture.py
	$(BIN)/python tools/build_table_dependencies.py

generated: $(VENV)/.developing ## do the committed generated files come out the same?
	$(BIN)/python tools/build_fixtures.py --check
	$(BIN)/python tools/build_countries.py --check
	$(BIN)/python tools/build_gazetteer.py --check
	$(BIN)/python tools/build_model_picture.py --check
	$(BIN)/python tools/build_table_dependencies.py --check

lock: ## resolve the dependencies anew (needs uv)
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header pyproject.toml -o requirements.lock
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --group pyproject.toml:dev pyproject.toml -c requirements.lock -o requirements-dev.lock

clean: ## remove what was installed and built
	rm -rf $(VENV) out dist viz/static viz/node_modules .mypy_cache .ruff_cache .pytest_cache
