#include "text/mboxrd.h"

#include <string.h>

#include "base/when.h"

static void
quote_from(struct buf *out, const char *s, size_t n)
{
	const char *end = s + n;

	while (s < end) {
		size_t len = strcspn(s, "\n") + 1;
		size_t marks = strspn(s, ">");

		if (strncmp(s + marks, "From ", 5) == 0)
			buf_char(out, '>');
		buf_add(out, s,
		    len > (size_t)(end - s) ? (size_t)(end - s) : len);
		s += len;
	}
}

void
mboxrd_add(struct buf *out, int64_t at, const char *raw, size_t n)
{
	struct civil day = when_utc(at);

	buf_printf(out, "From sitrep %s %s %2d %02d:%02d:%02d %d\n",
	    when_weekday(day.weekday), when_month(day.month), day.day, day.hour,
	    day.minute, day.second, day.year);
	quote_from(out, raw, n);
	buf_str(out, n != 0 && raw[n - 1] == '\n' ? "\n" : "\n\n");
}
