#include "base/log.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <syslog.h>
#include <unistd.h>

enum { LINE = 2048, EX_TRY_AGAIN = 75 };

static enum log_target to = LOG_TO_STDERR;
static const char *program = "sitrep", *last_word;

void
log_open(enum log_target target, const char *name)
{
	to = target;
	program = name;
	if (target == LOG_TO_SYSLOG)
		openlog(name, LOG_PID, LOG_MAIL);
}

/* No allocation here: die() calls it when there is no memory. */
static void
escape(const char *in, char *out, size_t size)
{
	static const char hex[] = "0123456789abcdef";
	size_t n = 0;

	for (; *in != '\0' && n + 5 < size; in++) {
		unsigned char c = (unsigned char)*in;

		if (c >= 0x20 && c < 0x7f) {
			out[n++] = (char)c;
			continue;
		}
		out[n++] = '\\';
		out[n++] = 'x';
		out[n++] = hex[c >> 4];
		out[n++] = hex[c & 15];
	}
	out[n] = '\0';
}

static void
put(const char *word, int priority, const char *fmt, va_list ap)
{
	char raw[LINE], line[LINE * 2];

	(void)vsnprintf(raw, sizeof raw, fmt, ap);
	escape(raw, line, sizeof line);
	if (to == LOG_TO_SYSLOG)
		syslog(priority, "%s: %s", word, line);
	else if (to == LOG_TO_STDERR)
		(void)dprintf(STDERR_FILENO, "%s: %s: %s\n", program, word,
		    line);
}

void
log_note(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	put("note", LOG_INFO, fmt, ap);
	va_end(ap);
}

void
log_warn(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	put("warn", LOG_WARNING, fmt, ap);
	va_end(ap);
}

void
log_fail(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	put("fail", LOG_ERR, fmt, ap);
	va_end(ap);
}

void
log_last_word(const char *line)
{
	last_word = line;
}

_Noreturn void
die(const char *fmt, ...)
{
	va_list ap;
	ssize_t done = 0;

	va_start(ap, fmt);
	put("die", LOG_CRIT, fmt, ap);
	va_end(ap);
	if (last_word != NULL)
		done = write(STDOUT_FILENO, last_word, strlen(last_word));
	(void)done;
	_exit(EX_TRY_AGAIN);
}
