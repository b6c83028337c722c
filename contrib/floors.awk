# usage: awk -f contrib/floors.awk $(find src -name '*.[ch]')
# Every #include "dir/x.h" must point to a lower floor, or to its own header;
# neighbours may meet in base, model, text and cmd, never among the steps of flow
# or libraries of ext (which may have several files: step.c, step_part.c, step_in.h).
BEGIN {
	n = split("base ext model text flow cmd", name, " ")
	for (i = 1; i <= n; i++)
		floor[name[i]] = i
}
FNR == 1 {
	k = split(FILENAME, p, "/")
	here = p[k - 1]
	self = here "/" p[k]
	sub(/\.[ch]$/, ".h", self)
	step = here "/" p[k]
	sub(/[_.][^\/]*$/, "", step)
}
/^#include "ext\// && here == "model" && !/"ext\/(db|conf|crypto)\.h"/ {
	printf "%s:%d: records know store, conf and crypto, not %s\n", FILENAME, FNR, $2
	bad = 1
}
/^#include "ext\// && here == "text" {
	printf "%s:%d: text/ is plain functions over papers, without %s\n", FILENAME, FNR, $2
	bad = 1
}
/^#include <(sqlite3|gmime|glib|libetpan|cmark|confuse|jansson|microhttpd|seccomp|gnutls|nettle|gpgme)/ && here != "ext" {
	printf "%s:%d: only src/ext may include %s\n", FILENAME, FNR, $2
	bad = 1
}
/^#include "/ {
	split($2, q, "\"")
	split(q[2], d, "/")
	if (q[2] == self || !(here in floor))
		next
	if ((here == "flow" || here == "ext") && (index(q[2], step "_") == 1 || q[2] == step ".h"))
		next
	if (floor[d[1]] < floor[here] || (d[1] == here && here ~ /^(base|model|text|cmd)$/))
		next
	printf "%s:%d: %s (floor %d) may not include %s (floor %d)\n",
	    FILENAME, FNR, here, floor[here], q[2], floor[d[1]]
	bad = 1
}
END { exit bad }
