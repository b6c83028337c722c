#include "text/listhead.h"

#include <string.h>

#include "base/text.h"

void
listhead_put(struct mailer *m, const struct conf *c, const struct list *l)
{
	struct buf b = BUF_INIT;

	buf_printf(&b, "%s <%s.%s>", c->brand.name, l->slug, c->host);
	mailer_words(m, "List-Id",
	    text_is_line(b.data) && strpbrk(c->brand.name, "<>\"(),;:") == NULL
		? b.data
		: strrchr(b.data, '<'));
	buf_free(&b);
	mailer_header(m, "List-Post", "NO");
	mailer_headerf(m, "List-Help", "<mailto:%s-request@%s?subject=help>",
	    l->slug, c->domain);
	if (l->kind == LIST_OPEN)
		mailer_headerf(m, "List-Subscribe", "<mailto:%s-subscribe@%s>",
		    l->slug, c->domain);
	mailer_headerf(m, "List-Owner", "<mailto:%s-owner@%s>", l->slug,
	    c->domain);
	mailer_headerf(m, "List-Archive", "<%s>", c->url);
}

void
listhead_leave(struct mailer *m, const struct conf *c, const struct list *l,
    const char *token)
{
	mailer_headerf(m, "List-Unsubscribe",
	    "<%su/%s>, <mailto:%s-unsubscribe%s%s@%s>", c->url, token, l->slug,
	    c->delimiter, token, c->domain);
	mailer_header(m, "List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
}

char *
listhead_address(struct arena *mem, const struct conf *c, const struct list *l,
    const char *word, const char *token)
{
	if (token[0] == '\0')
		return arena_printf(mem, "%s-%s@%s", l->slug, word, c->domain);
	return arena_printf(mem, "%s-%s%c%s@%s", l->slug, word, c->delimiter[0],
	    token, c->domain);
}
