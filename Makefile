# sitrep: one binary, one Makefile.  `make help` lists what there is.

PREFIX ?= /usr/local
DESTDIR ?=
CC ?= gcc
BUILD ?= build
WERROR ?=
SAN ?=

PACKAGES = build-essential pkg-config git ca-certificates tzdata \
	libgmime-3.0-dev libgpgme-dev libetpan-dev nettle-dev libsqlite3-dev \
	libcmark-dev libmicrohttpd-dev libjansson-dev libconfuse-dev \
	libseccomp-dev libcmocka-dev mandoc clang-format-14
TEST_PACKAGES = gnupg gpgsm postfix opendkim opendmarc openssl swaks sqlite3 \
	curl faketime valgrind clang-14 \
	libclang-rt-14-dev clang-tidy-14 mlmmj libxml2-utils lynx chromium \
	chromium-driver python3 python3-selenium python3-html5lib nginx-light \
	wrk systemd

LIBS = nettle sqlite3 libconfuse libseccomp
# Loaded when they are needed (base/late.h).
LATE_LIBS = gmime-3.0 gpgme hogweed jansson libcmark libetpan libmicrohttpd
LIB_CFLAGS = $(shell pkg-config --cflags $(LIBS) $(LATE_LIBS) | sed 's/-I/-isystem /g')
# The C library first: most of what is looked up at the start is its.
LIB_LIBS = -lc $(shell pkg-config --libs $(LIBS))
soname = $(shell readelf -d "$$($(CC) -print-file-name=$(1).so)" | \
	sed -n 's/.*(SONAME).*\[\(.*\)\].*/\1/p')
LATE = -DLIBGMIME='"$(call soname,libgmime-3.0)"' \
	-DLIBGPGME='"$(call soname,libgpgme)"' \
	-DLIBHOGWEED='"$(call soname,libhogweed)"' \
	-DLIBCMARK='"$(call soname,libcmark)"' \
	-DLIBETPAN='"$(call soname,libetpan)"' \
	-DLIBJANSSON='"$(call soname,libjansson)"' \
	-DLIBMICROHTTPD='"$(call soname,libmicrohttpd)"'

WARN = -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes \
	-Wwrite-strings -Wvla -Wcast-qual -Wformat=2 -Wundef -Wunused-result
CFLAGS ?= -O2 -g
HARDEN = -D_FORTIFY_SOURCE=2 -fstack-protector-strong -fPIE
ALL_CFLAGS = -std=c11 -D_GNU_SOURCE \
	-Isrc -I$(BUILD) $(WARN) $(WERROR) \
	$(CFLAGS) $(if $(SAN),$(SAN),$(HARDEN)) $(LIB_CFLAGS) $(LATE)
ALL_LDFLAGS = $(if $(SAN),$(SAN),-pie -Wl,-z,relro,-z,now) $(LDFLAGS)

SRC = $(wildcard src/*/*.c)
OBJ = $(SRC:src/%.c=$(BUILD)/%.o)
# Everything but main: what tests, fuzz targets and benchmarks link.
LIB_OBJ = $(filter-out $(BUILD)/cmd/main.o,$(OBJ))
SCHEMA = $(patsubst src/model/%,$(BUILD)/%.h,$(wildcard src/model/*.sql))
UNIT = $(patsubst tests/unit/%.c,$(BUILD)/unit/%,$(wildcard tests/unit/t_*.c))

all: $(BUILD)/sitrep

$(BUILD)/sitrep: $(OBJ)
	$(CC) $(ALL_LDFLAGS) -o $@ $(OBJ) $(LIB_LIBS)

$(BUILD)/%.o: src/%.c
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

$(BUILD)/model/store.o $(BUILD)/model/tree.o $(BUILD)/model/search.o: \
	$(SCHEMA)

$(BUILD)/%.sql.h: src/model/%.sql
	@mkdir -p $(@D)
	sed -e 's/ *-- .*//' -e '/^ *$$/d' -e 's/\\/\\\\/g' -e 's/"/\\"/g' \
	    -e 's/.*/"&\\n"/' $< > $@

$(BUILD)/libsitrep.a: $(LIB_OBJ)
	rm -f $@
	ar rcs $@ $(LIB_OBJ)

$(BUILD)/unit/%: tests/unit/%.c $(BUILD)/libsitrep.a
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -Itests/lib -o $@ $< $(BUILD)/libsitrep.a \
	    $(LIB_LIBS) -lcmocka

# The tests of decisions, with decide() compiled so that it counts.
COVER_OBJ = $(patsubst src/%.c,$(BUILD)/cover/%.o,$(wildcard src/flow/decide*.c))
COVER = $(patsubst tests/unit/%.c,$(BUILD)/cover/unit/%, \
	$(shell grep -lE '"(scene|tales)[.]h"' tests/unit/*.c))

$(BUILD)/cover/%: private CFLAGS = -O0 -g
$(BUILD)/cover/%: private HARDEN = --coverage

$(COVER_OBJ): $(BUILD)/cover/%.o: src/%.c
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

$(BUILD)/cover/unit/%: tests/unit/%.c $(COVER_OBJ) $(BUILD)/libsitrep.a
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -Itests/lib -o $@ $^ $(LIB_LIBS) -lcmocka

cover-programs: $(COVER)

# Programs that flow tests drive.
$(BUILD)/tests/%: tests/lib/%.c $(BUILD)/libsitrep.a
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) -Itests/lib -o $@ $< \
	    $(BUILD)/libsitrep.a $(LIB_LIBS)

# What `make bench` drives.
$(BUILD)/bench/%: tests/bench/%.c $(BUILD)/libsitrep.a
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) -Itests/lib -o $@ $< \
	    $(BUILD)/libsitrep.a $(LIB_LIBS)

unit: $(UNIT)
	@for t in $(UNIT); do echo "# $$t"; $$t || exit 1; done

unit-programs: $(UNIT)

# A fuzz target tests/fuzz/fz_x.c.  clang is slow: it compiles only what the
# linker takes for them out of the library.
FZ_SRC = $(wildcard tests/fuzz/fz_*.c)
FZ = $(patsubst tests/fuzz/%.c,$(BUILD)/fz/%,$(FZ_SRC))
FZ_SAN = -fsanitize=fuzzer-no-link,address,undefined \
	-fno-sanitize-recover=undefined

$(BUILD)/fuzzed: $(FZ_SRC) $(BUILD)/libsitrep.a
	$(CC) $(ALL_CFLAGS) -Itests/lib -nostartfiles -Wl,-e,0,-z,muldefs,-M \
	    -o $@.out $^ $(LIB_LIBS) | \
	    sed -n 's/^.*libsitrep[.]a(\(.*\)[.]o).*/\1/p' | sort -u | \
	    while read -r n; do ls src/[!c]*/"$$n.c"; done >$@

$(BUILD)/fz/%: tests/fuzz/%.c $(BUILD)/libsitrep.a
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -Itests/lib -fsanitize=fuzzer -o $@ $< \
	    $(BUILD)/libsitrep.a $(LIB_LIBS)

fuzz-programs: $(BUILD)/fuzzed
	@$(MAKE) BUILD=$(BUILD)/fuzz CC=clang-14 SAN='$(FZ_SAN)' \
	    CFLAGS='-O1 -g' WERROR=-Wno-unknown-warning-option \
	    SRC="$$(cat $(BUILD)/fuzzed)" fuzz-targets

fuzz-targets: $(FZ)

help:
	@echo 'make            build/sitrep'
	@echo 'make deps       install the Debian packages that are missing'
	@echo 'make demo       an incident from first mail to last, to look at'
	@echo 'make check      everything that must hold (tests/run)'
	@echo 'make check-long the same with full counts, and clang-tidy'
	@echo 'make unit flow whole asan fuzz cover style     parts of check'
	@echo 'make bench      how fast it is'
	@echo 'make format tidy clean'
	@echo 'make install    PREFIX=$(PREFIX) DESTDIR=$(DESTDIR)'

deps-build:
	@contrib/deps.sh $(PACKAGES)

deps:
	@contrib/deps.sh $(PACKAGES) $(TEST_PACKAGES)

demo: deps-build
	@$(MAKE) -s -j2 all
	@$(BUILD)/sitrep demo

peers:
	@tests/peers/get $(BUILD)/peers

check: deps peers
	@tests/run

check-long: deps peers
	@FUZZ_SECONDS=$${FUZZ_SECONDS:-600} tests/run style build unit flow \
	    whole asan fuzz cover long

flow whole: all
	@tests/run $@

style asan cover:
	@tests/run $@

fuzz:
	@FUZZ_SECONDS=$${FUZZ_SECONDS:-600} tests/run fuzz

bench: all
	@for b in tests/bench/run*; do BUILD=$(BUILD) $$b || exit 1; done

CODE = $(wildcard src/*/*.[ch] tests/*/*.[ch])

format:
	clang-format-14 -i $(CODE)

TIDY = bugprone-*,cert-*,clang-analyzer-*,-bugprone-easily-swappable-parameters,-bugprone-assignment-in-if-condition,-bugprone-narrowing-conversions,-bugprone-reserved-identifier,-cert-dcl37-c,-cert-dcl51-cpp,-cert-err33-c,-cert-env33-c,-clang-analyzer-security.insecureAPI.DeprecatedOrUnsafeBufferHandling,-clang-analyzer-security.insecureAPI.strcpy
# Version 14 takes what va_start() has begun for uninitialized.
TIDY := $(TIDY),-clang-analyzer-valist.Uninitialized

tidy: $(SCHEMA)
	printf '%s\n' $(SRC) | xargs -P "$$(nproc)" -I '{}' clang-tidy-14 \
	    --quiet --warnings-as-errors='*' --checks='-*,$(TIDY)' '{}' -- \
	    -std=c11 -D_GNU_SOURCE -Isrc -I$(BUILD) $(LIB_CFLAGS) $(LATE)

BIN = $(DESTDIR)$(PREFIX)/bin
SHARE = $(DESTDIR)$(PREFIX)/share
# Where the samples name our files.
HERE = sed -e 's|/usr/share/sitrep|$(PREFIX)/share/sitrep|g' \
	-e 's|/usr/bin/sitrep|$(PREFIX)/bin/sitrep|g'

install: all
	install -d $(BIN) $(SHARE)/sitrep $(SHARE)/doc/sitrep
	install -m 755 $(BUILD)/sitrep $(BIN)/sitrep
	for m in src/*.[1-8]; do \
		d=$(SHARE)/man/man$${m##*.}; \
		install -d $$d && install -m 644 $$m $$d/ || exit 1; \
	done
	find templates -type f | while read -r f; do \
		install -D -m 644 $$f $(SHARE)/sitrep/$$f || exit 1; \
	done
	cd contrib && find . -type f ! -name floors.awk ! -name deps.sh \
	    ! -path "./pictures/*" | \
	while read -r f; do \
		test -x $$f && m=755 || m=644; \
		$(HERE) $$f | install -D -m $$m /dev/stdin \
		    $(SHARE)/doc/sitrep/$$f || exit 1; \
	done
	install -m 644 LICENSE README.md lists/example-status.conf \
	    $(SHARE)/doc/sitrep/

floors:
	awk -f contrib/floors.awk $$(find src -name '*.[ch]')

clean:
	rm -rf build

-include $(OBJ:.o=.d) $(COVER_OBJ:.o=.d)

.PHONY: all help deps deps-build demo check check-long unit flow whole style \
	asan fuzz cover bench format tidy install floors clean unit-programs \
	fuzz-programs peers
