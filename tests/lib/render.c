/*
 * usage: render DIR TEMPLATES < [TEXT]
 *
 * Writes to DIR what the public gets of the sample incident: u1.eml to u5.eml,
 * the pages, texts, feed, badge and JSON of it, archive.mbox, preview.txt, its
 * digests as mail and page, and what on_publish is told.  With "-x" before DIR,
 * standard input stands in every field of every update.
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
#include "base/text.h"
#include "base/when.h"
#include "flow/api.h"
#include "flow/compose.h"
#include "flow/digest.h"
#include "flow/herald.h"
#include "flow/page.h"
#include "sample.h"

static void
save(struct job *j, const char *dir, const char *name, const char *p, size_t n)
{
	const char *path = arena_printf(j->mem, "%s/%s", dir, name);

	if (file_write(j, path, p, n, 0644, FILE_NOSYNC) > ST_NONE)
		die("%s", j->why);
}

static void
save_mail(struct job *j, const char *dir, const char *name,
    const struct mail *m)
{
	struct buf b = BUF_INIT;

	for (size_t i = 0; i < m->n_pieces; i++)
		switch (m->pieces[i].hole) {
		case HOLE_NONE:
			buf_add(&b, m->pieces[i].data, m->pieces[i].len);
			break;
		case HOLE_TO: buf_str(&b, "reader@example.org"); break;
		case HOLE_UNSUBSCRIBE:
			buf_str(&b, "abcdefghijklmnopqrstuvwxyz");
			break;
		}
	save(j, dir, name, b.data, b.len);
	buf_free(&b);
}

static void
hostile(struct public_event *e, const char *text)
{
	e->title = e->first_title = text;
	for (size_t i = 0; i < e->n_updates; i++) {
		struct public_update *u = &e->updates[i];

		u->title = u->text = u->impact_text = u->reseller_impact =
		    u->enduser_impact = u->workaround = u->lasting = u->reason =
			text;
		u->social = i % 2 == 0 ? "" : text;
		u->review = (struct review){ text, text, text, text };
		u->limited = true;
	}
	sample_ever[0].name = sample_hurt[0].name = sample_better[0].name =
	    sample_well[0].name = sample_components[1].name = text;
}

static void
ok(struct job *j, enum status st)
{
	if (st != ST_OK)
		die("%s", j->why);
}

/* Days with and without trouble. */
static void
bars(struct service *s, struct uptime days[SERVICE_DAYS])
{
	for (size_t i = 0; i < SERVICE_DAYS; i++)
		days[i] = (struct uptime){ .observed = DAY,
			.worst =
			    i % 30 == 7 ? LEVEL_PARTIAL : LEVEL_OPERATIONAL,
			.seconds = { [LEVEL_PARTIAL] = i % 30 == 7 ? 600 : 0 },
			.event = i % 30 == 7 ? "INC-2026-0042" : NULL };
	s->days = days;
	s->sum = days[0];
	s->first_day = SAMPLE_STARTED - 89 * DAY;
}

static void
lists(struct job *j, const struct conf *c, const struct public_event *e,
    const struct service *s, const char *dir)
{
	static struct uptime months[SERVICE_MONTHS];
	const struct page_service service = { s, months, e, 1, 0, 1 };
	const struct page_entry entries[] = { { e, 2 }, { e, 0 } };
	const struct page_month month = { 24314, 24313, e, 1 };
	const int64_t all[] = { 24314, 24313 };
	const struct page_feed feed = { s->name, "feed/t", 1, 1, 1, entries, 2,
		2 };
	struct buf b = BUF_INIT;

	ok(j, page_service(j, c, &service, &b));
	save(j, dir, "service.html", b.data, b.len);
	buf_clear(&b);
	ok(j, page_month(j, c, &month, &b));
	save(j, dir, "month.html", b.data, b.len);
	buf_clear(&b);
	ok(j, page_history(j, c, 0, all, 2, &b));
	save(j, dir, "history.html", b.data, b.len);
	buf_clear(&b);
	ok(j, page_history(j, c, 2026, all, 2, &b));
	save(j, dir, "year.html", b.data, b.len);
	buf_clear(&b);
	ok(j, page_badge(j, c, s, &b));
	save(j, dir, "badge.svg", b.data, b.len);
	buf_clear(&b);
	ok(j, page_feed(j, c, &feed, &b));
	save(j, dir, "feed.atom", b.data, b.len);
	buf_free(&b);
}

static void
pages(struct job *j, const struct conf *c, struct public_event *e,
    const char *dir)
{
	struct buf b = BUF_INIT, plain = BUF_INIT;
	static struct uptime days[SERVICE_DAYS];
	struct service *s;
	size_t n = service_list(j->mem, c, e, 1, &s);
	const struct page_now now = { .events = e,
		.n = 1,
		.services = s,
		.n_services = n };
	const struct api api = { j, c, SAMPLE_POSTED, s, n };

	bars(&s[1], days);
	ok(j, page_front(j, c, &now, &b));
	save(j, dir, "front.html", b.data, b.len);
	buf_clear(&b);
	ok(j, page_now_text(j, c, &now, &b));
	save(j, dir, "now.txt", b.data, b.len);
	buf_clear(&b);
	ok(j, page_event(j, c, e, &b, &plain));
	save(j, dir, e->n_updates == 5 ? "closed.html" : "incident.html",
	    b.data, b.len);
	buf_clear(&b);
	save(j, dir, "plain.txt", plain.data, plain.len);
	buf_free(&plain);
	api_summary(&api, e, 1, &b);
	save(j, dir, "summary.json", b.data, b.len);
	buf_clear(&b);
	ok(j, page_style(j, c, &b));
	save(j, dir, "style.css", b.data, b.len);
	buf_free(&b);
	lists(j, c, e, &s[1], dir);
}

static void
mails(struct job *j, const struct conf *c, const struct public_event *e,
    const char *dir)
{
	struct variant v = { "", "", "" };
	struct preview p;
	struct buf b = BUF_INIT;

	for (size_t i = 0; i < e->n_updates; i++) {
		struct mail m;

		ok(j, compose_public(j, c, &sample_list, e, i, &v, &m));
		save_mail(j, dir, arena_printf(j->mem, "u%zu.eml", i + 1), &m);
		ok(j, compose_archive(j, c, e, i, &b));
	}
	save(j, dir, "archive.mbox", b.data, b.len);
	ok(j, compose_preview(j, c, e, e->n_updates - 1, NULL, &p));
	save(j, dir, "preview.txt", p.ruled, strlen(p.ruled));
	buf_free(&b);
}

static void
digests(struct job *j, const struct conf *c, const struct public_event *e,
    const char *dir)
{
	static const struct issue issue = { .list = "",
		.name = "2026-03-04",
		.until = SAMPLE_STARTED + DAY,
		.mid = "" };
	const struct variant v = { "", "", "both" };
	const struct roundup_service service = { sample_components[1].name,
		LEVEL_OPERATIONAL, LEVEL_MAJOR };
	const struct roundup_event event = { .now = *e };
	const struct roundup r = { &issue, &issue, &event, 1, &service, 1,
		"x\nseal: 00\n", "chain/" };
	struct buf b = BUF_INIT;
	struct mail m;

	ok(j, digest_mail(j, c, &sample_list, &r, &v, NULL, 0, &m));
	save_mail(j, dir, arena_printf(j->mem, "digest-%zu.eml", e->n_updates),
	    &m);
	ok(j, page_digest(j, c, &r, &b));
	save(j, dir, arena_printf(j->mem, "digest-%zu.html", e->n_updates),
	    b.data, b.len);
	buf_free(&b);
}

static void
heralds(struct job *j, const struct conf *c, const struct public_event *e,
    const char *dir)
{
	for (size_t i = 0; i < e->n_updates; i++) {
		const struct herald h = { e, i, "", "" };
		struct buf b = BUF_INIT;

		ok(j, herald_write(j, c, &h, &b));
		save(j, dir, arena_printf(j->mem, "told-%zu.json", i), b.data,
		    b.len);
		buf_free(&b);
	}
}

int
main(int argc, char **argv)
{
	bool x = argc > 1 && strcmp(argv[1], "-x") == 0;
	struct public_update u[5];
	struct buf in = BUF_INIT, text = BUF_INIT;
	struct job j;
	int more;

	argv += x;
	if (argc - x != 3)
		die("usage: render [-x] DIR TEMPLATES");
	job_begin(&j, "render", SAMPLE_STARTED + 3 * 60 * 60);
	for (size_t n = 4; n <= 5; n++) {
		struct conf c = sample_conf(argv[2], argv[1]);
		struct public_event e = sample_event(u, n);

		if (x && n == 4)
			ok(&j, file_read_fd(&j, 0, 1 << 20, &in, &more));
		if (x && n == 4)
			(void)text_repair(&text, in.data, in.len);
		if (x)
			hostile(&e, text.data);
		sample_read(&j, &e);
		pages(&j, &c, &e, argv[1]);
		mails(&j, &c, &e, argv[1]);
		digests(&j, &c, &e, argv[1]);
		heralds(&j, &c, &e, argv[1]);
		if (n == 4)
			(void)rename(arena_printf(j.mem, "%s/front.html",
					 argv[1]),
			    arena_printf(j.mem, "%s/open.html", argv[1]));
	}
	buf_free(&in);
	buf_free(&text);
	job_end(&j);
	return 0;
}
