#!/bin/sh
# The programs of `make bench` still fit the store that they measure.
# Run from the top of the source; BUILD as for make.
build=${BUILD:-build}
state=$(mktemp -d)
trap 'rm -rf "$state"' EXIT

is() { # STATUS WHAT
	n=$((n + 1))
	[ "$1" -eq 0 ] || printf 'not '
	echo "ok $n - $2"
}

n=0
echo 1..3
make -s BUILD="$build" "$build/bench/broadcast" >&2
is $? "it is built"
BENCH_LOG=1 "$build/bench/broadcast" fill "$state/s" 10 4096 >&2
is $? "a store is filled"
BENCH_LOG=1 "$build/bench/broadcast" compose "$state/s" . | grep -q '^0\.'
is $? "a letter is composed"
