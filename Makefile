# Reissue: two commands on a fresh machine (python3 with venv, make, a network):
#
#   make            set up .venv and build every issue of seeds/ into dist/
#   make test       set up and pass the tests
#
#   make docx | pdf | epub          one format           make VARIANTS=tw        one variant (or all)
#   make SEEDS=dir DIST=dir         your own folders     make STYLE=book         another style
#   make check                      what is asked of the editor, issue by issue
#   make lint                       ruff and mypy        make bench              speed against other tools
#   make verify-all                 the long tests, then five variants of every issue, each file opened and proved
#   make clean                      remove what was built (make distclean: the environment too)

PYTHON   ?= python3
VENV     ?= .venv
SEEDS    ?= seeds
DIST     ?= dist
FORMATS  ?= docx,pdf,epub
VARIANTS ?= cn,tw,hk
STYLE    ?=
JOBS     ?= 0
ARGS     ?=

BIN     := $(VENV)/bin
REISSUE := $(BIN)/reissue
BUILD    = $(REISSUE) build "$(SEEDS)" -o "$(DIST)" --variant $(VARIANTS) --jobs $(JOBS) $(if $(STYLE),--style "$(STYLE)") $(ARGS)

.PHONY: all docx pdf epub test check lint bench verify-all clean distclean
.DEFAULT_GOAL := all

all: $(VENV)/.installed
	@$(BUILD) --to $(FORMATS)

docx pdf epub: $(VENV)/.installed
	@$(BUILD) --to $@

$(VENV)/.installed: pyproject.toml
	@echo "Setting up $(VENV) ..."
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	@$(BIN)/python -m compileall -q convert
	@touch $@

$(VENV)/.installed-dev: pyproject.toml $(VENV)/.installed
	@echo "Setting up $(VENV) for the tests ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev,dask]'
	@touch $@

test: $(VENV)/.installed-dev
	@$(BIN)/python -m pytest $(ARGS)

check: $(VENV)/.installed
	@$(REISSUE) check "$(SEEDS)" $(ARGS)

lint: $(VENV)/.installed-dev
	@$(BIN)/python -m ruff check .
	@$(BIN)/python -m mypy

bench: $(VENV)/.installed-dev
	@$(BIN)/python benchmarks/run.py $(ARGS)

verify-all: $(VENV)/.installed-dev
	@$(BIN)/python -m pytest -m long
	@$(BIN)/python benchmarks/verify.py "$(SEEDS)" $(ARGS)

clean:
	@find "$(DIST)" -mindepth 1 ! -name README.md -delete 2>/dev/null || true

distclean: clean
	@rm -rf $(VENV)
