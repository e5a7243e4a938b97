# Every target installs what it needs by itself; `make` alone lists them.
PREFIX ?= /usr/local
DESTDIR ?=
STATIC := .build-static
SWIFT_FILES := Package.swift Sources Tests templates Benchmarks/Package.swift Benchmarks/Sources Benchmarks/Benchmarks Fuzz \
	Examples/swift-server/Package.swift Examples/swift-server/Sources
RELEASE := $(STATIC)/release/cfgkit

.DEFAULT_GOAL := help
.PHONY: help setup build demo docs test test-faults test-sanitizers api fuzz bench bench-dotenv bench-library \
	bench-fleet bench-rotation bench-strength bench-validate \
	lint format golden release release-fleet install install-fleet clean

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):[^#]*## /\1\t/p' $(firstword $(MAKEFILE_LIST)) | \
		while IFS="$$(printf '\t')" read -r name text; do printf 'make %-16s %s\n' "$$name" "$$text"; done

setup: ## install what all targets need, and only what is missing
	@Scripts/setup test

build: ## build the debug binary, .build/debug/cfgkit
	@Scripts/setup build
	swift build --product cfgkit

demo: ## a real Flask application keeps its users signed in while its secret is changed
	@Scripts/setup demo
	swift build --product cfgkit
	@Scripts/demo

docs: ## build the documentation of the libraries, .build/docs; fails on any warning, and where a sample does not compile
	@Scripts/setup build
	swift build --build-tests --traits SwiftConfiguration,Etcd
	@Scripts/docs
	@Scripts/check-samples

test: ## lint, build, and run every test: Swift, real Flask and Django, the release binary
	@Scripts/setup test
	@Scripts/test

test-faults: ## every verb that writes, with every system call killed or failing; 48 minutes beside other work
	@Scripts/setup test
	swift build --product cfgkit
	@Tests/Faults/run.py

bench: release ## what a start of cfgkit costs, beside true
	@Scripts/startup-cost $(RELEASE)

bench-rotation: ## change the secret of four real servers by each method, and count who is signed out
	@Scripts/setup test
	swift build --product cfgkit
	@Benchmarks/Rotation/compare

bench-fleet: ## change the secret of real servers that follow etcd while they are killed, by each method, and count who is signed out
	@Scripts/setup test
	swift build --traits SwiftConfiguration,Etcd --product FleetProbe
	@Benchmarks/Fleet/compare --write

bench-strength: release ## how the strength estimator scores and how fast it is, beside its peers
	@Benchmarks/Strength/compare --write $(RELEASE)

bench-validate: release ## 10,000 .env files in one run of validate, beside its peers; time and memory
	@Benchmarks/Validate/compare --write $(RELEASE)

bench-dotenv: ## CfgKitDotEnv beside other readers of .env files, with its plot
	@Scripts/setup bench
	@Benchmarks/DotEnv/compare

bench-library: ## a start and reads through CfgKit, beside swift-configuration on the same keys
	@Scripts/setup build
	@Benchmarks/Library/compare --write

test-sanitizers: ## the tests of the two lower libraries under the address sanitizer, on macOS also undefined behaviour's; 3 minutes
	@Scripts/setup build
	swift test --scratch-path .build-asan --sanitize=address --disable-xctest --filter 'CfgKitDotEnvTests|CfgKitSecretsTests'
	@# swiftc refuses -sanitize=undefined for Linux.
	@if [ "$$(uname)" = Darwin ]; then swift test --scratch-path .build-ubsan --sanitize=undefined --disable-xctest \
		--filter 'CfgKitDotEnvTests|CfgKitSecretsTests'; fi

api: ## write the public interface of the libraries into Tests/API; review the difference before committing it
	@Scripts/setup build
	swift build --traits SwiftConfiguration,Etcd
	@Scripts/api write

fuzz: ## ten minutes of inputs that nobody thought of, for the reader and the editor of .env files
	@Scripts/setup build
	@Scripts/fuzz 600

lint: ## check the form of every Swift file
	@Scripts/setup build
	swift format lint --strict --recursive --parallel $(SWIFT_FILES)

format: ## bring every Swift file into that form
	swift format --in-place --recursive --parallel $(SWIFT_FILES)

golden: ## write the expected outputs of the tests anew; review the difference before committing it
	@Scripts/setup build
	CFGKIT_UPDATE_GOLDEN=1 swift test --filter 'GoldenTests|HelpTextTests'

release: ## build the static release binary, .build-static/release/cfgkit
	@Scripts/setup build
	@Scripts/release $(STATIC)

install: release ## install the release binary below PREFIX (default /usr/local)
	@Scripts/install $(RELEASE) "$(DESTDIR)$(PREFIX)"

release-fleet: ## build cfgkit-fleet, the same verbs on stores too, .build-fleet/release/cfgkit-fleet; takes minutes
	@Scripts/setup build
	swift build -c release --product cfgkit-fleet --traits Etcd --static-swift-stdlib --scratch-path .build-fleet

install-fleet: release-fleet ## install cfgkit-fleet below PREFIX, where cfgkit finds it
	install -d "$(DESTDIR)$(PREFIX)/bin"
	install -m 0755 .build-fleet/release/cfgkit-fleet "$(DESTDIR)$(PREFIX)/bin/cfgkit-fleet"

clean: ## remove everything these targets made
	rm -rf .build .build-asan .build-fleet .build-static .build-ubsan .build-venv .scratch \
		Benchmarks/.build Examples/swift-server/.build Tests/CustomDump/.build
