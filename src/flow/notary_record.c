#include "flow/notary_record.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "ext/crypto.h"

enum { HASH = 64, NAME = 32 };

struct reading {
	struct job *j;
	struct notary_record *r;
	const char *salt;
	struct buf form;
	char name[NAME]; /* of the text whose digest stood last; "" none */
	char digest[HASH + 1];
	struct buf text;
	bool any;   /* a line of text */
	bool whole; /* so far */
};

static bool
is_hash(const char *s)
{
	return strspn(s, "0123456789abcdef") == HASH && s[HASH] == '\0';
}

static const char *
value_of(const char *line, const char *name)
{
	size_t n = strlen(name);

	return strncmp(line, name, n) == 0 && line[n] == ':' &&
		       line[n + 1] == ' '
		   ? line + n + 2
		   : NULL;
}

/* The text that was read belongs to the digest above it. */
static void
end_text(struct reading *x)
{
	struct buf b = BUF_INIT;

	if (x->name[0] == '\0' || x->r->gone || strcmp(x->name, "inside") == 0)
		return;
	if (x->salt[0] != '\0')
		buf_printf(&b, "%s\n%s\n", x->salt, x->name);
	buf_str(&b, x->text.data);
	if (strcmp(crypto_sha256_hex(x->j->mem, b.data, b.len), x->digest) != 0)
		x->whole = false;
	buf_free(&b);
}

static void
begin_text(struct reading *x, const char *name, size_t n, const char *digest)
{
	end_text(x);
	buf_clear(&x->text);
	x->any = false;
	x->whole = x->whole && n < NAME;
	(void)snprintf(x->name, sizeof x->name, "%.*s", (int)n, name);
	(void)memcpy(x->digest, digest, HASH + 1);
}

static void
form_line(struct reading *x, const char *line)
{
	struct notary_record *r = x->r;
	const char *colon = strchr(line, ':'), *v;

	buf_printf(&x->form, "%s\n", line);
	if (is_hash(line))
		begin_text(x, "text", 4, line);
	else if (colon != NULL && colon[1] == ' ' && is_hash(colon + 2))
		begin_text(x, line, (size_t)(colon - line), colon + 2);
	/* Of two in one, the separator being hit, it is the first. */
	if ((v = value_of(line, "event")) != NULL && r->event[0] == '\0')
		r->event = arena_str(x->j->mem, v);
	if ((v = value_of(line, "update")) != NULL && r->u == 0)
		r->u = text_number(v);
	if ((v = value_of(line, "revision")) != NULL && r->r == 0)
		r->r = text_number(v);
	if ((v = value_of(line, "kind")) != NULL)
		r->redacts = strcmp(v, "redacted") == 0;
}

static void
text_line_of(struct reading *x, const char *line)
{
	if (x->any)
		buf_char(&x->text, '\n');
	buf_str(&x->text, line);
	x->any = true;
}

/* What stands around the form, and whether a line of it was seen twice. */
static bool
frame_line(struct reading *x, const char *line)
{
	struct notary_record *r = x->r;
	const char *v;

	if ((v = value_of(line, "post")) != NULL && r->number == 0) {
		r->number = strtoll(v, NULL, 10);
		x->whole =
		    x->whole && strcmp(v, arena_printf(x->j->mem, "%lld",
					      (long long)r->number)) == 0;
	} else if ((v = value_of(line, "previous")) != NULL &&
		   r->previous == NULL)
		r->previous = arena_str(x->j->mem, v);
	else if ((v = value_of(line, "hash")) != NULL && r->hash == NULL)
		r->hash = arena_str(x->j->mem, v);
	else
		return value_of(line, "salt") != NULL ||
		       strcmp(line, "texts: removed") == 0;
	return true;
}

/* They stand at the end, and the digests need them first. */
static void
look_ahead(struct reading *x, const char *block)
{
	const char *s = strstr(block, "\nsalt: ");

	x->salt = "";
	if (s != NULL)
		x->salt = arena_copy(x->j->mem, s + 7, strcspn(s + 7, "\n"));
	x->r->gone = strstr(block, "\ntexts: removed\n") != NULL;
}

static void
check_hash(struct reading *x)
{
	struct notary_record *r = x->r;
	char *all;

	if (r->hash == NULL || r->previous == NULL || r->event[0] == '\0') {
		x->whole = false;
		return;
	}
	all = arena_printf(x->j->mem, "%s%s", r->previous, x->form.data);
	if (strcmp(crypto_sha256_hex(x->j->mem, all, strlen(all)), r->hash) !=
	    0)
		x->whole = false;
}

static void
read_block(struct job *j, const char *file, char *block,
    struct notary_record *out)
{
	struct reading x = { .j = j,
		.r = out,
		.form = BUF_INIT,
		.text = BUF_INIT,
		.whole = true };
	char *line;

	*out = (struct notary_record){ .event = "", .file = file };
	look_ahead(&x, block);
	while ((line = text_line(&block)) != NULL) {
		if (line[0] == '\t')
			text_line_of(&x, line + 1);
		else if (!frame_line(&x, line))
			form_line(&x, line);
	}
	end_text(&x);
	check_hash(&x);
	if (out->previous == NULL)
		out->previous = "?";
	if (out->hash == NULL)
		out->hash = "?";
	out->whole = x.whole;
	buf_free(&x.form);
	buf_free(&x.text);
}

void
notary_records(struct job *j, const char *file, const char *text,
    struct notary_record **list, size_t *n)
{
	char *s = arena_str(j->mem, text);

	while (s[0] != '\0') {
		char *end = strstr(s, "\n\n");
		bool cut = end == NULL;

		if (!cut)
			end[1] = '\0';
		*list = arena_grow(j->mem, *list, *n, sizeof **list);
		read_block(j, file, s, &(*list)[*n]);
		(*list)[*n].whole = (*list)[*n].whole && !cut;
		++*n;
		s = cut ? s + strlen(s) : end + 2;
	}
}

/*
 * A record whose texts were removed has one of its event that says so: after
 * it, of the same update, or of another that it repeats; a report's lines are
 * of other events.
 */
static bool
removed_by(const struct notary_record *list, size_t n, size_t i)
{
	bool report = strncmp(list[i].event, "REP-", 4) == 0;

	for (size_t k = 0; k < n; k++)
		if (list[k].redacts && k != i &&
		    (report || strcmp(list[k].event, list[i].event) == 0))
			return true;
	return false;
}

enum notary_fault
notary_judge(const struct notary_record *list, size_t n, size_t i)
{
	const struct notary_record *r = &list[i];
	const char *before = i == 0 ? "" : list[i - 1].hash;
	int64_t last = i == 0 ? 0 : list[i - 1].number;

	if (!r->whole || (r->gone && !removed_by(list, n, i)))
		return NOTARY_ALTERED;
	if (i + 1 < n && list[i + 1].whole &&
	    strcmp(list[i + 1].previous, r->hash) != 0 &&
	    strcmp(list[i + 1].previous, r->previous) == 0)
		return NOTARY_INSERTED;
	if (strcmp(r->previous, before) == 0)
		return r->number == last + 1 ? NOTARY_GOOD : NOTARY_ALTERED;
	if (i != 0 && strcmp(r->previous, list[i - 1].previous) == 0)
		return NOTARY_GOOD; /* the one before it is the wrong one */
	return i != 0 && !list[i - 1].whole && r->number == last + 1
		   ? NOTARY_GOOD
		   : NOTARY_REMOVED;
}
