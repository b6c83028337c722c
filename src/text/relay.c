#include "text/relay.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

enum { HOST_MAX = 253, PORT_MAX = 65535 };

static bool
is_port(const char *s)
{
	if (*s == '\0' || strlen(s) > 5 || s[strspn(s, "0123456789")] != '\0')
		return false;
	return text_number(s) >= 1 && text_number(s) <= PORT_MAX;
}

static bool
is_host(const char *s, bool six)
{
	if (*s == '\0' || *s == '-' || *s == '.' || strlen(s) > HOST_MAX)
		return false;
	for (; *s != '\0'; s++)
		if (!isalnum((unsigned char)*s) && *s != '.' && *s != '-' &&
		    !(six && (*s == ':' || *s == '%')))
			return false;
	return true;
}

/* Cuts HOST[:PORT][/] in place. */
static bool
read_server(char *p, struct relay *out)
{
	bool six = *p == '[';
	char *end = six ? strchr(++p, ']') : p + strcspn(p, ":/");
	char *rest;

	if (end == NULL)
		return false;
	rest = six ? end + 1 : end;
	out->kind = RELAY_SMTP;
	out->port = "25";
	if (*rest == ':') {
		out->port = rest + 1;
		rest += 1 + strcspn(rest + 1, "/");
	}
	if (*rest == '/' && rest[1] == '\0')
		*rest = '\0';
	else if (*rest != '\0')
		return false;
	*end = '\0';
	out->host = p;
	return is_host(p, six) && is_port(out->port);
}

bool
relay_read(struct arena *mem, const char *s, struct relay *out)
{
	*out = (struct relay){ 0 };
	if (!text_is_line(s))
		return false;
	if (text_istarts(s, "smtp://"))
		return read_server(arena_str(mem, s + strlen("smtp://")), out);
	if (!text_istarts(s, "spool:"))
		return false;
	out->kind = RELAY_SPOOL;
	out->dir = arena_str(mem, s + strlen("spool:"));
	return out->dir[0] == '/';
}
