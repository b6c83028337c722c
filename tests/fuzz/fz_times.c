/*
 * Times as people write them.  What was read is in range for its use, is read
 * again from its RFC 3339 form, and doesn't depend on spaces around it.  What
 * was refused has a line to copy.
 */
#include <stdlib.h>

#include "base/buf.h"
#include "base/text.h"
#include "base/when.h"
#include "text/length.h"
#include "text/moment.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *const zones[] = { "UTC", "America/Toronto",
	"Australia/Lord_Howe", "Pacific/Apia", "Asia/Kathmandu", NULL,
	"Europe/Berlin", "No/Where" };
/* A day in March, a fold, a gap, a leap day, a year's end. */
static const int64_t times[] = { 1772633172, 1793513400, 1772953200, 1835481600,
	1798761540 };
static const struct zone_word words[] = { { "EST", "America/Toronto" } };

static void
must(bool so)
{
	if (!so)
		abort();
}

static void
check_read(struct arena *mem, const struct moment_frame *f, const char *s,
    const struct moment *m)
{
	const char *padded = arena_printf(mem, "  %s ", s);
	struct moment again;
	struct moment_refusal no;

	must(m->given && m->at > 0 && text_is_line(m->written));
	must(m->read_as != NULL && text_is_line(m->read_as));
	must(f->use != MOMENT_PAST || m->at <= f->received + 300);
	must(f->use != MOMENT_FUTURE || m->at > f->received);
	must(f->use != MOMENT_UNTIL || m->at > f->from);
	must(moment_read(mem, f, when_rfc3339(mem, m->at), &again, &no));
	must(again.at == m->at);
	must(moment_read(mem, f, padded, &again, &no) && again.at == m->at);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct moment_frame f = { .house = "UTC", .n_words = 1 };
	struct buf text = BUF_INIT;
	struct arena *mem = arena_new();
	struct moment m = { 0 };
	struct moment_refusal no = { NULL, NULL, NULL };
	int64_t seconds;

	if (size < 3)
		goto done;
	f.words = (const struct zone_word *)words;
	f.written = f.received = f.from = times[data[0] % 5];
	f.zone = zones[data[1] % 8];
	f.use = (enum moment_use)(data[2] % 3);
	f.mail_zoned = data[2] & 4;
	f.mail_offset = (data[2] >> 3) * 1800 - 8 * 3600;
	(void)text_repair(&text, (const char *)data + 3, size - 3);
	if (length_read(text.data, &seconds))
		must(seconds > 0 && seconds <= 366 * 86400);
	if (moment_read(mem, &f, text.data, &m, &no))
		check_read(mem, &f, text.data, &m);
	else
		must(!m.given && no.code != NULL && text_is_line(no.says) &&
		     text_is_line(no.copy));
done:
	arena_free(mem);
	buf_free(&text);
	return 0;
}
