#include "text/roster.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "base/when.h"
#include "text/choice.h"

enum { LANGUAGE_MOST = 35, /* RFC 5646, 4.4.1 */ WORD = 100 };

const char roster_head[] =
    "address,status,language,timezone,format,delivery,topics,kind,min,"
    "paused_until,joined,account,consent_source,consent_date\n";

static const struct name {
	const char *name;
	enum roster_column column;
} names[] = {
	/* clang-format off */
	{ "address", ROSTER_ADDRESS }, { "email", ROSTER_ADDRESS },
	{ "emailaddress", ROSTER_ADDRESS }, { "mail", ROSTER_ADDRESS },
	{ "mailaddress", ROSTER_ADDRESS }, { "subscriber", ROSTER_ADDRESS },
	{ "member", ROSTER_ADDRESS }, { "recipient", ROSTER_ADDRESS },
	{ "memberaddress", ROSTER_ADDRESS }, { "adresse", ROSTER_ADDRESS },
	{ "status", ROSTER_STATUS }, { "state", ROSTER_STATUS },
	{ "deliverystatus", ROSTER_STATUS },
	{ "subscriptionstatus", ROSTER_STATUS },
	{ "language", ROSTER_LANGUAGE }, { "lang", ROSTER_LANGUAGE },
	{ "preferredlanguage", ROSTER_LANGUAGE },
	{ "timezone", ROSTER_ZONE }, { "zone", ROSTER_ZONE },
	{ "tz", ROSTER_ZONE },
	{ "format", ROSTER_FORMAT },
	{ "delivery", ROSTER_DELIVERY }, { "deliverymode", ROSTER_DELIVERY },
	{ "mode", ROSTER_DELIVERY },
	{ "topics", ROSTER_TOPICS }, { "topic", ROSTER_TOPICS },
	{ "kind", ROSTER_KIND },
	{ "min", ROSTER_LEAST }, { "minimpact", ROSTER_LEAST },
	{ "pauseduntil", ROSTER_PAUSED },
	{ "joined", ROSTER_JOINED }, { "subscribed", ROSTER_JOINED },
	{ "subscribedat", ROSTER_JOINED }, { "subscribedon", ROSTER_JOINED },
	{ "since", ROSTER_JOINED },
	{ "account", ROSTER_ACCOUNT }, { "accountid", ROSTER_ACCOUNT },
	{ "accountnumber", ROSTER_ACCOUNT }, { "reseller", ROSTER_ACCOUNT },
	{ "resellerid", ROSTER_ACCOUNT }, { "customer", ROSTER_ACCOUNT },
	{ "customerid", ROSTER_ACCOUNT }, { "customernumber", ROSTER_ACCOUNT },
	{ "consentsource", ROSTER_SOURCE }, { "source", ROSTER_SOURCE },
	{ "optinsource", ROSTER_SOURCE },
	{ "consentdate", ROSTER_CONSENTED }, { "consent", ROSTER_CONSENTED },
	{ "confirmed", ROSTER_CONSENTED }, { "confirmedat", ROSTER_CONSENTED },
	{ "confirmtime", ROSTER_CONSENTED },
	{ "optindate", ROSTER_CONSENTED }, { "optintime", ROSTER_CONSENTED },
	{ "digest", ROSTER_DIGEST }, { "nomail", ROSTER_NOMAIL },
	{ "statuscontact", ROSTER_CONTACT }, { "statusemail", ROSTER_CONTACT },
	{ "statusmail", ROSTER_CONTACT },
	{ "statusaddress", ROSTER_CONTACT },
	{ "technicalcontact", ROSTER_TECHNICAL },
	{ "techcontact", ROSTER_TECHNICAL }, { "technical", ROSTER_TECHNICAL },
	{ "technicalemail", ROSTER_TECHNICAL },
	{ "techemail", ROSTER_TECHNICAL },
	/* clang-format on */
};

/* Words of a column, and what they are here. */
static const struct word {
	const char *said, *is;
} statuses[] = {
	/* clang-format off */
	{ "active", "active" }, { "enabled", "active" },
	{ "subscribed", "active" }, { "regular", "active" },
	{ "normal", "active" }, { "ok", "active" },
	{ "nomail", "nomail" }, { "disabled", "nomail" },
	{ "inactive", "nomail" }, { "suspended", "nomail" },
	{ "byuser", "nomail" }, { "byadmin", "nomail" },
	{ "bymoderator", "nomail" }, { "unknown", "nomail" },
	{ "bounced", "bounced" }, { "bybounce", "bounced" },
	{ "bybounces", "bounced" }, { "bounce", "bounced" },
	{ "bouncing", "bounced" }, { "cleaned", "bounced" },
	{ "left", "left" }, { "unsubscribed", "left" },
	{ "optedout", "left" }, { "optout", "left" },
	{ "complained", "complained" }, { "complaint", "complained" },
	{ "spam", "complained" }, { "abuse", "complained" },
	{ "removed", "removed" }, { "deleted", "removed" },
	{ "banned", "removed" }, { "blocked", "removed" },
	{ "gone", "gone" },
	/* clang-format on */
}, deliveries[] = {
	/* clang-format off */
	{ "each", "each" }, { "regular", "each" }, { "individual", "each" },
	{ "digest", "digest" }, { "digests", "digest" },
	{ "plaintextdigests", "digest" }, { "summarydigests", "digest" },
	{ "mimedigests", "digest-mime" }, { "digestmime", "digest-mime" },
	{ "digestweekly", "digest-weekly" },
	{ "digestweeklymime", "digest-weekly-mime" },
	{ "firstlast", "first-last" }, { "first+last", "first-last" },
	/* clang-format on */
}, waiting[] = {
	{ "pending", "" }, { "unconfirmed", "" }, { "invited", "" },
	{ "waiting", "" },
}, formats[] = {
	{ "both", "both" }, { "text", "text" }, { "plain", "text" },
	{ "html", "html" },
}, kinds[] = {
	{ "all", "" }, { "incidents", "incidents" },
	{ "maintenance", "maintenance" },
}, impacts[] = {
	{ "all", "" }, { "minor", "minor" }, { "major", "major" },
	{ "critical", "critical" },
}, answers[] = {
	/* clang-format off */
	{ "yes", "y" }, { "y", "y" }, { "true", "y" }, { "1", "y" },
	{ "on", "y" },
	{ "no", "" }, { "n", "" }, { "false", "" }, { "0", "" },
	{ "off", "" },
	/* clang-format on */
};

#define COUNT(a) (sizeof(a) / sizeof *(a))

static const char *
find(const struct word *w, size_t n, const char *said)
{
	for (size_t i = 0; i < n; i++)
		if (text_key_eq(w[i].said, said))
			return w[i].is;
	return NULL;
}

#define FIND(table, said) find(table, COUNT(table), said)

/* ---- which column is where ---- */

bool
roster_header(struct roster *r, char **columns, size_t n)
{
	for (size_t i = 0; i < n * COUNT(names); i++) {
		const struct name *x = &names[i % COUNT(names)];

		if (r->has[x->column] ||
		    !text_key_eq(columns[i / COUNT(names)], x->name))
			continue;
		r->has[x->column] = true;
		r->at[x->column] = i / COUNT(names);
	}
	return r->has[ROSTER_ADDRESS] || r->has[ROSTER_CONTACT] ||
	       r->has[ROSTER_TECHNICAL];
}

bool
roster_guess(struct roster *r, char **values, size_t n)
{
	for (size_t i = 0; i < n && !r->has[ROSTER_ADDRESS]; i++) {
		r->has[ROSTER_ADDRESS] = roster_address(values[i]) == NULL;
		r->at[ROSTER_ADDRESS] = i;
	}
	return r->has[ROSTER_ADDRESS];
}

/* ---- one line ---- */

struct line {
	struct arena *mem;
	const struct conf *c;
	const struct roster *r;
	char **values;
	size_t n;
};

static const char *
value(const struct line *l, enum roster_column c)
{
	return l->r->has[c] && l->r->at[c] < l->n ? l->values[l->r->at[c]] : "";
}

const char *
roster_status(const char *word, struct member *m)
{
	const char *status = FIND(statuses, word);
	const char *delivery = FIND(deliveries, word);

	if (status != NULL)
		m->status = status;
	else if (delivery != NULL)
		m->delivery = delivery;
	else if (FIND(waiting, word) != NULL)
		return "it was never confirmed: let it subscribe by itself";
	else
		return "no such status";
	return NULL;
}

/* Each is either empty or has to be understood. */
static const char *
read_state(const struct line *l, struct member *m)
{
	const char *status = value(l, ROSTER_STATUS), *why = NULL;
	const char *delivery = value(l, ROSTER_DELIVERY);
	const char *digest = FIND(answers, value(l, ROSTER_DIGEST));
	const char *nomail = FIND(answers, value(l, ROSTER_NOMAIL));

	if (*status != '\0')
		why = roster_status(status, m);
	if (why == NULL && *delivery != '\0') {
		const char *is = FIND(deliveries, delivery);

		if (is == NULL)
			return "the delivery is each, digest or first-last";
		m->delivery = is;
	}
	if (digest != NULL && *digest != '\0')
		m->delivery = "digest";
	if (nomail != NULL && *nomail != '\0' &&
	    (m->status == NULL || strcmp(m->status, "active") == 0))
		m->status = "nomail";
	return why;
}

static const char *
read_choice(const struct line *l, struct member *m)
{
	const char *topics = value(l, ROSTER_TOPICS), *unknown;
	const char *kind = value(l, ROSTER_KIND);
	const char *least = value(l, ROSTER_LEAST);

	if (*topics != '\0' && (m->topics = choice_read_topics(l->mem, l->c,
				    topics, &unknown)) == NULL)
		return "a topic of it is no component or group";
	if (*kind != '\0' && (m->kind = FIND(kinds, kind)) == NULL)
		return "the kind is incidents, maintenance or all";
	if (*least != '\0' && (m->least = FIND(impacts, least)) == NULL)
		return "the least impact is minor, major, critical or all";
	return NULL;
}

static const char *
read_words(const struct line *l, struct member *m)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz"
				      "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-";
	const char *format = value(l, ROSTER_FORMAT);

	m->lang = value(l, ROSTER_LANGUAGE);
	m->zone = value(l, ROSTER_ZONE);
	if (*m->zone != '\0' && !when_zone_known(m->zone))
		return "no such time zone";
	if (strlen(m->lang) > LANGUAGE_MOST ||
	    m->lang[strspn(m->lang, letters)] != '\0')
		return "no such language";
	if (*format != '\0' && (m->format = FIND(formats, format)) == NULL)
		return "the format is text, html or both";
	return NULL;
}

bool
roster_date(struct arena *mem, const char *s, int64_t *t)
{
	char *copy = arena_str(mem, s), *dot = strchr(copy, '.');
	size_t n = strspn(s, "0123456789");

	if (n >= 9 && n <= 11 && s[n] == '\0') {
		*t = strtoll(s, NULL, 10);
		return true;
	}
	for (char *p = copy; *p != '\0'; p++)
		*p = (char)(*p == '/' ? '-' : *p == ' ' ? 'T' : *p);
	if (dot != NULL && strspn(dot + 1, "0123456789") == strlen(dot + 1))
		*dot = '\0';
	if (strlen(copy) == strlen("2026-03-04"))
		copy = arena_printf(mem, "%sT00:00:00Z", copy);
	else if (strlen(copy) == strlen("2026-03-04T14:00"))
		copy = arena_printf(mem, "%s:00Z", copy);
	else if (strlen(copy) == strlen("2026-03-04T14:00:00"))
		copy = arena_printf(mem, "%sZ", copy);
	return when_read_rfc3339(copy, t);
}

static const char *
read_dates(const struct line *l, struct member *m)
{
	const struct {
		enum roster_column column;
		int64_t *to;
	} all[] = { { ROSTER_PAUSED, &m->paused },
		{ ROSTER_JOINED, &m->joined },
		{ ROSTER_CONSENTED, &m->consented } };

	for (size_t i = 0; i < COUNT(all); i++) {
		const char *s = value(l, all[i].column);

		if (*s != '\0' && !roster_date(l->mem, s, all[i].to))
			return "a date of it isn't like 2026-03-04";
	}
	return NULL;
}

const char *
roster_read(struct arena *mem, const struct conf *c, const struct roster *r,
    char **values, size_t n, struct member *m)
{
	const struct line l = { mem, c, r, values, n };
	const char *why;

	m->address = value(&l, ROSTER_ADDRESS);
	if (*m->address == '\0')
		m->address = value(&l, ROSTER_CONTACT);
	if (*m->address == '\0')
		m->address = value(&l, ROSTER_TECHNICAL);
	m->account = text_one_line(mem, value(&l, ROSTER_ACCOUNT), WORD);
	if (*value(&l, ROSTER_SOURCE) != '\0')
		m->source = text_one_line(mem, value(&l, ROSTER_SOURCE), WORD);
	if ((why = roster_address(m->address)) != NULL ||
	    (why = read_state(&l, m)) != NULL ||
	    (why = read_words(&l, m)) != NULL ||
	    (why = read_choice(&l, m)) != NULL)
		return why;
	return read_dates(&l, m);
}

/* ---- writing ---- */

static void
put(struct buf *out, const char *s)
{
	bool quoted = strpbrk(s, ",;\"\t\r\n") != NULL || *s == ' ';

	if (!quoted) {
		buf_str(out, s);
		return;
	}
	buf_char(out, '"');
	for (; *s != '\0'; s++) {
		if (*s == '"')
			buf_char(out, '"');
		buf_char(out, *s);
	}
	buf_char(out, '"');
}

static const char *
unless(const char *s, const char *usual)
{
	return s == NULL || strcmp(s, usual) == 0 ? "" : s;
}

static const char *
date(struct arena *mem, int64_t t)
{
	return t == 0 ? "" : when_rfc3339(mem, t);
}

void
roster_put(struct buf *out, struct arena *mem, const struct member *m)
{
	const char *all[] = { m->address,
		m->status == NULL ? "active" : m->status, unless(m->lang, ""),
		unless(m->zone, ""), unless(m->format, "both"),
		unless(m->delivery, "each"), unless(m->topics, ""),
		unless(m->kind, ""), unless(m->least, ""), date(mem, m->paused),
		date(mem, m->joined), unless(m->account, ""),
		unless(m->source, ""), date(mem, m->consented) };
	size_t n = COUNT(all);

	while (all[n - 1][0] == '\0')
		n--;
	for (size_t i = 0; i < n; i++) {
		if (i != 0)
			buf_char(out, ',');
		put(out, all[i]);
	}
	buf_char(out, '\n');
}
