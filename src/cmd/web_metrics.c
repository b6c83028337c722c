/* /metrics: what the writer left in STATE/web, and what we count ourselves. */
#include <inttypes.h>

#include "base/file.h"
#include "base/log.h"
#include "cmd/metrics.h"
#include "cmd/side.h"
#include "cmd/web_in.h"

static void
put_answers(struct buf *b, const struct web_counts *c)
{
	metrics_head(b, "http_answers_total", "counter",
	    "Answers of the web listener, by status.");
	for (int i = 2; i < WEB_CLASSES; i++)
		buf_printf(b,
		    "sitrep_http_answers_total{status=\"%dxx\"} %" PRId64 "\n",
		    i, c->answers[i]);
}

static void
put_posts(struct buf *b, const struct web_counts *c)
{
	const struct {
		const char *word;
		int64_t n;
	} all[] = { { "sent", c->sent }, { "repeated", c->repeated },
		{ "refused", c->refused }, { "failed", c->failed } };

	metrics_head(b, "http_posts_total", "counter",
	    "What was asked for by the web, by what became of it.");
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		buf_printf(b,
		    "sitrep_http_posts_total{outcome=\"%s\"} %" PRId64 "\n",
		    all[i].word, all[i].n);
}

void
web_metrics(struct web *web, struct job *j, struct buf *out)
{
	const char *path = side_metrics(j->mem, web->conf);
	struct buf file = BUF_INIT;
	enum status st = file_read(j, path, METRICS_MAX, &file);

	if (st == ST_OK)
		buf_add(out, file.data, file.len);
	else {
		log_warn("step=web metrics error=%s",
		    j->why[0] == '\0' ? "none written yet" : j->why);
		web_look_for(web, &web->side_was,
		    side_folder(j->mem, web->conf));
	}
	buf_free(&file);
	put_answers(out, &web->counts);
	put_posts(out, &web->counts);
}
