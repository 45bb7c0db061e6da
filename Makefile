# The commands of the project. `make` lists them.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: help run test test-faults check generate contract contract-pact contract-proof pacts schemathesis sdk browser bench load fmt

CARGO ?= cargo
# The generated crate has its own formatter: the generator.
HANDWRITTEN := -p waybill -p waybill-contract -p waybill-contract-pact -p waybill-contract-proof -p openapi-codegen -p openapi-runtime -p waybill-bench
TARGET := $(or $(CARGO_TARGET_DIR),target)
# Every answer that a test received, written by the tests' client and read by `statuses::`.
COVERAGE := $(TARGET)/contract-coverage

help: ## list the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: ## build, migrate, seed an empty development database, serve
	@$(CARGO) build --bin waybill
	@$(TARGET)/debug/waybill migrate up
	@$(TARGET)/debug/waybill seed --if-empty
	@exec $(TARGET)/debug/waybill serve

test: ## every test of every crate, on SQLite and on a PostgreSQL and a Redis that it starts itself
	@rm -rf $(COVERAGE)
	@tests/with-services bash -euo pipefail -c '\
		$(CARGO) test --no-fail-fast; \
		$(CARGO) test --no-fail-fast -p waybill-contract -p waybill-contract-proof; \
		$(CARGO) test -q --test api -- --ignored --exact statuses::every_declared_answer_is_provoked_or_listed'

test-faults: ## kill, stop, freeze and cut what the server stands on, under load; see tests/faults/README.md
	@tests/with-services $(CARGO) test --test faults -- --ignored --nocapture --test-threads=1 $(FAULTS)

check: ## formatting, lints of code, contract and alerts, structure, freshness of generated files, breaking changes, documentation
	@$(CARGO) fmt --check $(HANDWRITTEN)
	@tests/check-structure
	@tests/check-alerts
	@tests/lint-contract
	@$(CARGO) run -q -p openapi-codegen -- check
	@$(CARGO) run -q -p waybill-contract -- diff --show warning --exceptions contract/exceptions/breaking.toml --pacts contract/pacts \
		openapi/released/v1.yaml openapi/v1.yaml
	@$(CARGO) clippy -q --workspace --all-targets -- -D warnings
	@RUSTDOCFLAGS='-D warnings' $(CARGO) doc -q --workspace --no-deps
	@echo 'check: everything is in order'

generate: ## openapi/v1.yaml → openapi/generated and openapi/v1-3.0.json
	@$(CARGO) run -q -p openapi-codegen -- generate

contract: ## the document replayed against running servers: every phase and law; reports in target/contract-report/
	@tests/contract

contract-pact: ## the consumers' pacts: against the document, their tests, the files, the real server on both databases
	@$(CARGO) run -q -p waybill-contract -- pact check --show warning openapi/v1.yaml contract/pacts
	@tests/with-services $(CARGO) test -p waybill-contract-pact

contract-proof: ## a server with a hundred switchable faults: the replayer and Schemathesis side by side; a quarter of an hour
	@tests/contract-proof

pacts: ## contract/pacts/ anew, from the consumers' tests
	@UPDATE_PACTS=1 $(CARGO) test -q -p waybill-contract-pact --test consumers

schemathesis: ## Schemathesis over every operation of a running server; SEED=7 PHASES=fuzzing,stateful for more
	@tests/schemathesis

sdk: ## TypeScript and Python clients: generate, compile strictly, drive the whole order workflow; see contract/docs/sdk.md
	@tests/sdk

browser: ## /docs in headless Chromium: log in, authorise, order; nothing kept unless asked for
	@tests/browser

bench: ## measure; the figures belong into BENCHMARKS.md with the machine named
	@$(CARGO) bench -p waybill-bench --bench parse
	@tests/bench/all

load: ## normal, peak and ten-fold traffic with limits on: only 2xx, 429 and 503 may come back, and calm after it
	@tests/bench/load

fmt: ## format what is written by hand
	@$(CARGO) fmt $(HANDWRITTEN)
