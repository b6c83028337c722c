/* An mbox: the archive of a month, or mails that somebody kept. */
#include <string.h>

#include "base/file.h"
#include "cmd/verify_in.h"
#include "flow/notary_mbox.h"

enum { MBOX_MAX = 1024 * 1024 * 1024 };

/* Its place in the chain where that is known. */
static int64_t
order_of(const struct notary_letter *l, const struct notary_record *records,
    size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (records[i].u == l->u && records[i].r == l->r &&
		    strcmp(records[i].event, l->event) == 0)
			return records[i].number;
	return n == 0 ? (int64_t)l->at : VERIFY_LAST;
}

static const struct notary_letter *
letter_of(const struct notary_letter *list, size_t n, const char *hash)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(list[i].hash, hash) == 0)
			return &list[i];
	return NULL;
}

/* The records of its month that have no mail in it. */
static void
missing(struct checked *x, const char *shown, const struct notary_letter *list,
    size_t n, const struct notary_record *records, size_t n_records)
{
	for (size_t i = 0; i < n_records; i++) {
		const struct notary_record *r = &records[i];
		const char *month = strrchr(r->file, '/');
		const char *mine = strrchr(shown, '/');

		if (month == NULL || mine == NULL || !r->whole ||
		    strncmp(month, mine, strlen("/2026-03")) != 0 ||
		    letter_of(list, n, r->hash) != NULL)
			continue;
		verify_found(x, NOTARY_ALTERED, r->number,
		    verify_post(x->j, r->event, r->u, r->r),
		    arena_printf(x->j->mem, "it isn't in %s", shown));
	}
}

enum status
verify_mbox(struct checked *x, const char *path, const char *shown,
    const struct notary_record *records, size_t n_records)
{
	const char *name = shown[0] == '\0' ? path : shown;
	struct notary_letter *list;
	struct buf b = BUF_INIT;
	size_t n, others;
	enum status st = file_read(x->j, path, MBOX_MAX, &b);

	if (st != ST_OK) {
		buf_free(&b);
		return st == ST_NONE
			   ? job_fail(x->j, ST_PERM, "%s isn't there", path)
			   : st;
	}
	notary_mbox(x->j, &x->keys, b.data, b.len, &list, &n, &others);
	buf_free(&b);
	for (size_t i = 0; i < n; i++)
		if (list[i].fault != NOTARY_GOOD)
			verify_found(x, list[i].fault,
			    order_of(&list[i], records, n_records),
			    verify_post(x->j, list[i].event, list[i].u,
				list[i].r),
			    arena_printf(x->j->mem, "message %zu of %s",
				list[i].at, name));
	if (n == 0 && shown[0] == '\0')
		return job_fail(x->j, ST_PERM,
		    "%s holds no mail of ours: name an mbox with public mails "
		    "or an archive in it",
		    path);
	missing(x, shown, list, n, records, n_records);
	if (n_records == 0)
		x->posts += (int64_t)n;
	x->others += (int64_t)others;
	return ST_OK;
}
