#!/bin/sh
# The programs of `make bench` still fit the store that they measure, and the
# scripts around them print their rows; tiny, for nothing is measured here.
# Run from the top of the source; BUILD as for make.
build=${BUILD:-build}
state=$(mktemp -d)
trap 'rm -rf "$state"' EXIT

is() { # STATUS WHAT
	n=$((n + 1))
	[ "$1" -eq 0 ] || printf 'not '
	echo "ok $n - $2"
}

rows() { # SCRIPT ROWS [NAME=VALUE...]
	script=$1 want=$2
	shift 2
	env BUILD="$build" PAIRS=1 "$@" "tests/bench/$script" >"$state/rows"
	status=$?
	sed 's/^/# /' "$state/rows"
	if [ $status -eq 0 ] && grep -q ': skipped, ' "$state/rows"; then
		n=$((n + 1))
		echo "ok $n - $script # SKIP $(sed 's/.*: skipped, //' "$state/rows")"
		return
	fi
	have=$(grep -Ec '^F[0-9]+ .* [0-9.]+ +[<>]?=? ?[0-9.]+$' "$state/rows")
	[ $status -eq 0 ] && [ "$have" -eq "$want" ]
	is $? "$script: $want rows"
}

n=0
echo 1..9
make -s BUILD="$build" "$build/bench/broadcast" >&2
is $? "it is built"
BENCH_LOG=1 "$build/bench/broadcast" fill "$state/s" 10 4096 >&2
is $? "a store is filled"
BENCH_LOG=1 "$build/bench/broadcast" compose "$state/s" . | grep -q '^0\.'
is $? "a letter is composed"
rows run-mlmmj 1 N=20 MLMMJ_N=5
rows run-killed 2 KILLED_N=200 KILLS=2
rows run-postfix 2 POSTFIX_N=20 TMPDIR=/tmp # its queue is on a disk
rows run-import 2 MILLION=100
rows run-tree 3 FEW=2 PAST=4 EVENTS=3
rows run-serving 3 SERVE_SECONDS=1
