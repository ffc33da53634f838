# The front door: what to type. CMake does the work; see CMakePresets.json for other builds.
#
#   make run    install what is missing, build, make the guest image, open the console on a demo workspace
#   make test   the same, then every test
#   make help   all targets

SHELL := /bin/sh
BUILD := build/release
BIN   := $(BUILD)/bin
IMAGE := build/image
JOBS  ?= $(shell nproc)
.DEFAULT_GOAL := help
.PHONY: help run test build image bench screenshots package package-test i18n format lint crash sanitize tsan fuzz clean dependencies \
        test-dependencies developer-dependencies

say = @printf '\033[1m==> %s\033[0m\n' '$(1)'

help:  ## this list
	@grep -hE '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | awk -F'\t' '{printf "  make %-13s %s\n", $$1, $$2}'

dependencies:
	@packaging/install-dependencies build

test-dependencies:
	@packaging/install-dependencies build test

developer-dependencies:
	@packaging/install-dependencies build develop

run: build image  ## install what is missing, build, and open the console on a demo workspace
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ]; then \
	    printf '==> Opening the console on a demo workspace\n'; exec $(BIN)/dogwatch --demo; \
	else \
	    printf '==> No display here: telling the story of the demo on the terminal instead\n'; exec $(BIN)/dogwatchctl demo; \
	fi

build: dependencies  ## build the programs into build/release/bin
	$(call say,Configuring)
	@cmake --preset release -DDOGWATCH_WERROR=$(if $(CI),ON,OFF) >$(if $(CI),/dev/stdout,/dev/null)
	$(call say,Building with $(JOBS) jobs)
	@cmake --build --preset release -j $(JOBS)

image: build  ## make the guest image (kernel, initramfs, runtimes) from Debian packages
	$(call say,Making the guest image in $(IMAGE))
	@packaging/image/build-image --agent $(BUILD)/bin/dogwatch-agent --output $(IMAGE)

test: test-dependencies build image  ## every test
	$(call say,Running the tests)
	@ctest --preset release -j $(JOBS) $(CTEST_ARGS)

bench: build image  ## benchmarks, as ratios to a baseline in the same run
	@$(BIN)/dogwatchctl bench all
	@$(BIN)/dogwatch --bench

screenshots: build image  ## every page of the console as PNG, into build/screenshots, and at 2x
	$(call say,Rendering every page into build/screenshots)
	@QT_QPA_PLATFORM=offscreen $(BIN)/dogwatch --screenshots build/screenshots
	$(call say,... and at twice the scale into build/screenshots/2x)
	@QT_QPA_PLATFORM=offscreen QT_SCALE_FACTOR=2 $(BIN)/dogwatch --screenshots build/screenshots/2x

package: image  ## Debian packages into build/release/packages
	@packaging/install-dependencies build package
	$(call say,Making the packages)
	@cmake --preset release -DDOGWATCH_PACKAGING=ON >/dev/null
	@cmake --build --preset release --target package_files
	@cd $(BUILD) && cpack --config CPackConfig.cmake >cpack.log 2>&1 || { cat cpack.log; false; }
	@ls -l $(BUILD)/packages/*.deb

package-test: package  ## the packages checked, installed in a clean Debian root, used, removed (needs root)
	@packaging/install-dependencies build package package-test
	@packaging/test/test-packages $(BUILD)/packages build/package-test

i18n: dependencies  ## bring the translations up to date with the sources; fails when something is not translated
	@packaging/update-translations
	$(call say,Nothing is left to translate)

format: developer-dependencies  ## clang-format over every source
	@git ls-files '*.cpp' '*.h' | xargs clang-format -i
	$(call say,Formatted)

crash: build  ## kill the control plane 300 times under load, and check its journal after each
	@cmake --build --preset release --target crash

lint: developer-dependencies  ## clang-format in check mode and clang-tidy; any finding fails
	$(call say,Checking the format)
	@git ls-files '*.cpp' '*.h' | xargs clang-format --dry-run --Werror
	@cmake --preset lint >/dev/null
	$(call say,Making the sources that Qt generates)
	@ninja -C build/lint -t targets all | sed -n 's/^\([^/]*_autogen\): .*/\1/p' | xargs ninja -C build/lint >/dev/null
	$(call say,Running clang-tidy on $(JOBS) jobs)
	@packaging/run-clang-tidy build/lint $(JOBS)

sanitize: dependencies image  ## the tests under AddressSanitizer and UndefinedBehaviorSanitizer
	@cmake --preset sanitize >/dev/null
	$(call say,Building with sanitizers)
	@cmake --build --preset sanitize -j $(JOBS)
	@ctest --preset sanitize -j $(JOBS) $(CTEST_ARGS)

tsan: dependencies  ## the tests of what has threads under ThreadSanitizer
	@cmake --preset tsan >/dev/null
	$(call say,Building with ThreadSanitizer)
	@cmake --build --preset tsan -j $(JOBS) --target thread_tests
	@ctest --preset tsan -j $(JOBS) -L threads $(CTEST_ARGS)

FUZZ_SECONDS ?= 60
fuzz: dependencies developer-dependencies  ## FUZZ_SECONDS (60) of fuzzing for each target, or for FUZZ="target ..."
	@cmake --preset fuzz >/dev/null
	$(call say,Building the fuzz targets)
	@cmake --build --preset fuzz -j $(JOBS)
	@tests/fuzz/run build/fuzz/bin $(FUZZ_SECONDS) $(FUZZ)

clean:  ## remove everything that was built (the guest image stays)
	@rm -rf build/release build/debug build/lint build/sanitize build/tsan build/fuzz build/screenshots
	$(call say,Removed what was built; rm -r build removes the guest image too)
