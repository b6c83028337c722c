# sitrep: one binary, one Makefile.  `make help` lists what there is.

PREFIX ?= /usr/local
DESTDIR ?=
CC ?= gcc
BUILD ?= build
WERROR ?=
SAN ?=

PACKAGES = build-essential pkg-config git ca-certificates tzdata \
	libgmime-3.0-dev libetpan-dev libgnutls28-dev libsqlite3-dev \
	libcmark-dev libmicrohttpd-dev libjansson-dev libconfuse-dev \
	libseccomp-dev libcmocka-dev mandoc clang-format-14
TEST_PACKAGES = postfix swaks sqlite3 curl faketime valgrind clang-14 \
	libclang-rt-14-dev clang-tidy-14 mlmmj libxml2-utils lynx chromium \
	chromium-driver python3 python3-selenium python3-html5lib nginx-light \
	wrk systemd

LIBS = gmime-3.0 libetpan gnutls sqlite3 libcmark libmicrohttpd jansson \
	libconfuse libseccomp
LIB_CFLAGS = $(shell pkg-config --cflags $(LIBS) | sed 's/-I/-isystem /g')
LIB_LIBS = $(shell pkg-config --libs $(LIBS))

WARN = -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes \
	-Wwrite-strings -Wvla -Wcast-qual -Wformat=2 -Wundef -Wunused-result
CFLAGS ?= -O2 -g
HARDEN = -D_FORTIFY_SOURCE=2 -fstack-protector-strong -fPIE
ALL_CFLAGS = -std=c11 -D_GNU_SOURCE \
	-DSITREP_TEMPLATES='"$(PREFIX)/share/sitrep/templates"' -Isrc -I$(BUILD) $(WARN) $(WERROR) \
	$(CFLAGS) $(if $(SAN),$(SAN),$(HARDEN)) $(LIB_CFLAGS)
ALL_LDFLAGS = $(if $(SAN),$(SAN),-pie -Wl,-z,relro,-z,now) $(LDFLAGS)

SRC = $(wildcard src/*/*.c)
OBJ = $(SRC:src/%.c=$(BUILD)/%.o)
# Everything but main: what tests, fuzz targets and benchmarks link.
LIB_OBJ = $(filter-out $(BUILD)/cmd/main.o,$(OBJ))
UNIT = $(patsubst tests/unit/%.c,$(BUILD)/unit/%,$(wildcard tests/unit/t_*.c))

all: $(BUILD)/sitrep

$(BUILD)/sitrep: $(OBJ)
	$(CC) $(ALL_LDFLAGS) -o $@ $(OBJ) $(LIB_LIBS)

$(BUILD)/%.o: src/%.c
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

$(BUILD)/model/store.o: $(BUILD)/schema.sql.h

$(BUILD)/schema.sql.h: src/model/schema.sql
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

# Programs that flow tests drive.
$(BUILD)/tests/%: tests/lib/%.c $(BUILD)/libsitrep.a
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) -Itests/lib -o $@ $< \
	    $(BUILD)/libsitrep.a $(LIB_LIBS)

unit: $(UNIT)
	@for t in $(UNIT); do echo "# $$t"; $$t || exit 1; done

floors:
	awk -f contrib/floors.awk $$(find src -name '*.[ch]')

clean:
	rm -rf build

-include $(OBJ:.o=.d)

.PHONY: all unit floors clean
