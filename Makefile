# Everything a newcomer needs: make demo, make test. Both set up what they need by themselves, once.

.DEFAULT_GOAL := help
.PHONY: help setup demo run test check pictures faults endurance bench lock

help:
	@echo "make demo       see Gazette at work in the browser, without Discord"
	@echo "make run        run the bot (DISCORD_TOKEN and DIGEST_CHANNEL_ID in .env)"
	@echo "make test       run the tests"
	@echo "make faults     kill the program 100 times, then an hour of every trouble at once (70 minutes)"
	@echo "make endurance  post 20,000 articles and see that memory does not grow (10 minutes)"
	@echo "make bench      measure speed, memory and start beside other tools (15 minutes)"
	@echo "make pictures   take the pictures of the README anew from the demo (needs Chromium)"
	@echo "make check      lint, format, types and import rules"
	@echo "make setup      only create .venv with what the bot needs"
	@echo "make lock       pin the newest dependencies (needs uv)"

BIN := .venv/bin
PROGRAM := .venv/.program
DEVELOPMENT := .venv/.development
PEERS := .bench/.peers

setup: $(PROGRAM)

# The program alone, for those who only run it.
$(PROGRAM): requirements.lock pyproject.toml setup.sh
	@sh setup.sh requirements.lock
	@touch $@

# The program with what tests and demo need.
$(DEVELOPMENT): requirements-dev.lock pyproject.toml setup.sh
	@sh setup.sh requirements-dev.lock
	@touch $@ $(PROGRAM)

demo: $(DEVELOPMENT)
	@exec $(BIN)/gazette demo

run: $(PROGRAM)
	@exec $(BIN)/gazette run

test: $(DEVELOPMENT)
	@$(BIN)/python -m pytest --numprocesses=auto --maxprocesses=4 --dist=worksteal

faults: $(DEVELOPMENT)
	@$(BIN)/python -m tests.faults
	@$(BIN)/python -m tests.faults.hour

endurance: $(DEVELOPMENT)
	@$(BIN)/python -m tests.faults.endurance

# GROUPS=files or any other words that python -m benchmarks takes.
bench: $(DEVELOPMENT) $(PEERS)
	@$(BIN)/python -m benchmarks $(GROUPS)

# What Gazette is measured beside: no part of the program, so in a folder of its own.
$(PEERS): benchmarks/requirements.lock benchmarks/install.sh $(DEVELOPMENT)
	@sh benchmarks/install.sh
	@touch $@

pictures: $(DEVELOPMENT)
	@$(BIN)/python -m tests.pictures

check: $(DEVELOPMENT)
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy
	@$(BIN)/lint-imports

PIN := uv pip compile --quiet --universal --python-version 3.12 --generate-hashes \
  --no-header --no-annotate --no-emit-index-url --upgrade
COMPILE := $(PIN) pyproject.toml --extra build

lock:
	@$(COMPILE) --output-file requirements.lock
	@$(COMPILE) --extra dev --constraint requirements.lock --output-file requirements-dev.lock
	@$(PIN) benchmarks/requirements.in --constraint requirements-dev.lock --output-file benchmarks/requirements.lock
