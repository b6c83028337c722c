#include "flow/calendar.h"

#include <string.h>

#include "base/text.h"
#include "base/when.h"

enum { OCTETS = 75 }; /* of a line, without its end: RFC 5545, 3.1 */

/* One content line, folded; a byte of 10xxxxxx continues a character. */
static void
put_line(struct buf *out, const char *line)
{
	size_t room = OCTETS;

	while (strlen(line) > room) {
		size_t n = room;

		while (n > 1 && ((unsigned char)line[n] & 0xc0) == 0x80)
			n--;
		buf_add(out, line, n);
		buf_str(out, "\r\n ");
		line += n;
		room = OCTETS - 1;
	}
	buf_str(out, line);
	buf_str(out, "\r\n");
}

/* 3.3.11: what isn't text is left out. */
static void
put_text(struct buf *b, const char *s)
{
	for (; *s != '\0'; s++)
		if (*s == '\n')
			buf_str(b, "\\n");
		else if (*s == '\\' || *s == ';' || *s == ',')
			buf_printf(b, "\\%c", *s);
		else if ((unsigned char)*s >= 0x20 && *s != 0x7f)
			buf_add(b, s, 1);
}

static void
put(struct buf *out, const char *name, const char *value)
{
	struct buf b = BUF_INIT;

	buf_printf(&b, "%s:%s", name, value);
	put_line(out, b.data);
	buf_free(&b);
}

static void
put_words(struct buf *out, const char *name, const char *text)
{
	struct buf b = BUF_INIT;

	put_text(&b, text);
	if (b.len != 0)
		put(out, name, b.data);
	buf_free(&b);
}

static void
put_time(struct buf *out, struct job *j, const char *name, int64_t t)
{
	struct civil c = when_utc(t);

	put(out, name,
	    arena_printf(j->mem, "%04d%02d%02dT%02d%02d%02dZ", c.year, c.month,
		c.day, c.hour, c.minute, c.second));
}

/* 3.4: a calendar has a component at least, and this one says nothing. */
static void
put_nothing(struct buf *out)
{
	static const char *const lines[] = { "BEGIN:VTIMEZONE", "TZID:Etc/UTC",
		"BEGIN:STANDARD", "DTSTART:19700101T000000",
		"TZOFFSETFROM:+0000", "TZOFFSETTO:+0000", "TZNAME:UTC",
		"END:STANDARD", "END:VTIMEZONE" };

	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
		put_line(out, lines[i]);
}

static void
put_event(struct buf *out, struct job *j, const struct conf *c,
    const struct planned *p)
{
	static const char *const words[] = {
		[PLANNED_TENTATIVE] = "TENTATIVE",
		[PLANNED_CONFIRMED] = "CONFIRMED",
		[PLANNED_CANCELLED] = "CANCELLED",
	};

	put(out, "BEGIN", "VEVENT");
	put(out, "UID",
	    arena_printf(j->mem, "%s@%s", text_lower(j->mem, p->event),
		c->host));
	put_time(out, j, "DTSTAMP", p->changed);
	put_time(out, j, "CREATED", p->created);
	put_time(out, j, "LAST-MODIFIED", p->changed);
	put(out, "SEQUENCE", arena_printf(j->mem, "%d", p->sequence));
	put(out, "STATUS", words[p->status]);
	put_time(out, j, "DTSTART", p->from);
	put_time(out, j, "DTEND", p->until);
	put_words(out, "SUMMARY",
	    arena_printf(j->mem, "%s [%s]", p->title, p->event));
	put_words(out, "DESCRIPTION", p->text);
	put_words(out, "LOCATION", p->services);
	put(out, "URL", arena_printf(j->mem, "%s%s", c->url, p->path));
	/* Nobody is busy for it. */
	put(out, "TRANSP", "TRANSPARENT");
	put(out, "END", "VEVENT");
}

void
calendar_write(struct job *j, const struct conf *c, const struct planned *list,
    size_t n, struct buf *out)
{
	const char *name =
	    arena_printf(j->mem, "%s: maintenance", c->brand.name);

	put(out, "BEGIN", "VCALENDAR");
	put(out, "VERSION", "2.0");
	put(out, "PRODID", "-//sitrep//status calendar//EN");
	put(out, "CALSCALE", "GREGORIAN");
	put_words(out, "NAME", name);
	put_words(out, "X-WR-CALNAME", name);
	put(out, "URL", arena_printf(j->mem, "%scalendar.ics", c->url));
	put(out, "REFRESH-INTERVAL;VALUE=DURATION", "PT15M");
	put(out, "X-PUBLISHED-TTL", "PT15M");
	if (n == 0)
		put_nothing(out);
	for (size_t i = 0; i < n; i++)
		put_event(out, j, c, &list[i]);
	put(out, "END", "VCALENDAR");
}
