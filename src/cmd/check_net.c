/* What check sees beyond this program: mail servers and the DNS. */
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/text.h"
#include "cmd/check_in.h"
#include "ext/dns.h"

enum { PATIENCE_MS = 5000, GREETING = 512, SHOWN = 80 };

static const char smtp[] = "smtp://";
static const char spool[] = "spool:";

/* A socket that is connected, or -1 with errno. */
static int
reach(const struct addrinfo *a)
{
	int fd, why = 0;
	socklen_t n = sizeof why;
	struct pollfd p;
	bool waits;

	fd =
	    socket(a->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return -1;
	if (connect(fd, a->ai_addr, a->ai_addrlen) == 0)
		return fd;
	p = (struct pollfd){ .fd = fd, .events = POLLOUT };
	waits = errno == EINPROGRESS;
	if (waits && poll(&p, 1, PATIENCE_MS) != 1)
		why = ETIMEDOUT;
	else if (!waits || getsockopt(fd, SOL_SOCKET, SO_ERROR, &why, &n) != 0)
		why = errno;
	if (why == 0)
		return fd;
	(void)close(fd);
	errno = why;
	return -1;
}

/* The first line that the server says, "" if it says none. */
static void
greeting(int fd, char out[GREETING])
{
	struct pollfd p = { .fd = fd, .events = POLLIN };
	size_t n = 0;

	while (n < GREETING - 1 && memchr(out, '\n', n) == NULL &&
	       poll(&p, 1, PATIENCE_MS) == 1) {
		ssize_t got = read(fd, out + n, GREETING - 1 - n);

		if (got <= 0)
			break;
		n += (size_t)got;
	}
	out[n] = '\0';
	out[strcspn(out, "\r\n")] = '\0';
	if (!text_is_utf8(out, strlen(out)))
		out[0] = '\0';
}

static void
judge(struct report *r, const char *relay, int fd)
{
	char said[GREETING];

	greeting(fd, said);
	(void)!write(fd, "QUIT\r\n", 6);
	if (strncmp(said, "220", 3) == 0)
		check_add(r, CHECK_OK, "relay", "%s: %s", relay,
		    text_one_line(r->j->mem, said, SHOWN));
	else if (said[0] == '\0')
		check_add(r, CHECK_WRONG, "relay",
		    "%s takes calls but says nothing: is it a mail server?",
		    relay);
	else
		check_add(r, CHECK_WRONG, "relay",
		    "%s refuses us (%s): allow this machine there", relay,
		    text_one_line(r->j->mem, said, SHOWN));
}

static void
check_server(struct report *r, const char *relay)
{
	struct addrinfo hints = { .ai_socktype = SOCK_STREAM }, *all = NULL;
	char *host = arena_str(r->j->mem, relay + sizeof smtp - 1);
	char *port = strrchr(host, ':');
	int bad, fd = -1, why = 0;

	*port++ = '\0';
	if (host[0] == '[') {
		host++;
		host[strcspn(host, "]")] = '\0';
	}
	if ((bad = getaddrinfo(host, port, &hints, &all)) != 0) {
		check_add(r, CHECK_WRONG, "relay",
		    "%s: %s: mend the name in `relay`", relay,
		    gai_strerror(bad));
		return;
	}
	for (const struct addrinfo *a = all; a != NULL && fd < 0;
	     a = a->ai_next) {
		fd = reach(a);
		why = errno;
	}
	freeaddrinfo(all);
	if (fd < 0) {
		check_add(r, CHECK_WRONG, "relay",
		    "%s can't be reached (%s): start the mail server or mend "
		    "`relay`",
		    relay, strerror(why));
		return;
	}
	judge(r, relay, fd);
	(void)close(fd);
}

/* The Maildir is made when the first mail goes out. */
static void
check_spool(struct report *r, const char *dir)
{
	char *up = arena_str(r->j->mem, dir), *slash;

	while (access(up, F_OK) != 0 && (slash = strrchr(up, '/')) != NULL &&
	       slash != up)
		*slash = '\0';
	if (access(up, W_OK | X_OK) == 0)
		check_add(r, CHECK_OK, "relay",
		    "mail is written to %s and goes nowhere else", dir);
	else
		check_add(r, CHECK_WRONG, "relay",
		    "%s can't be written to: make it for the user that sitrep "
		    "runs as",
		    dir);
}

void
check_relays(struct report *r, const struct conf *c)
{
	for (size_t i = 0; i < c->n_relays; i++)
		if (strncmp(c->relays[i], spool, sizeof spool - 1) == 0)
			check_spool(r, c->relays[i] + sizeof spool - 1);
		else
			check_server(r, c->relays[i]);
}

/* Without its main.cf postconf only takes a second to say so. */
static bool
has_postfix(struct job *j)
{
	const char *dir = getenv("MAIL_CONFIG");

	if (dir == NULL)
		dir = "/etc/postfix";
	return access(arena_printf(j->mem, "%s/main.cf", dir), R_OK) == 0;
}

/* Postfix's settings, if it is on this machine. */
void
check_postfix(struct report *r, const struct conf *c)
{
	static const char command[] =
	    "PATH=$PATH:/usr/sbin; postconf -h smtpd_forbid_bare_newline "
	    "message_size_limit 2>/dev/null";
	char bare[64] = "", limit[64] = "";
	long long bytes;
	bool read;
	FILE *f;

	if (!has_postfix(r->j) || (f = popen(command, "r")) == NULL)
		return;
	read = fgets(bare, sizeof bare, f) != NULL &&
	       fgets(limit, sizeof limit, f) != NULL;
	if (pclose(f) != 0 || !read)
		return;
	bare[strcspn(bare, "\n")] = '\0';
	bytes = strtoll(limit, NULL, 10);
	if (strcmp(bare, "no") == 0 || bare[0] == '\0')
		check_add(r, CHECK_WARN, "postfix",
		    "a mail can be smuggled in: postconf -e "
		    "smtpd_forbid_bare_newline=yes");
	else
		check_add(r, CHECK_OK, "postfix", "smtpd_forbid_bare_newline");
	if (bytes == 0 || bytes > c->max_mail)
		check_add(r, CHECK_WARN, "postfix",
		    "it takes longer mails than we keep: postconf -e "
		    "message_size_limit=%lld",
		    (long long)c->max_mail);
}

/* Names that nobody can own (RFC 2606, RFC 6761), and numbers. */
static bool
is_reserved(const char *name)
{
	static const char *const ends[] = { "example", "test", "invalid",
		"localhost", "example.com", "example.net", "example.org" };
	size_t n = strlen(name);

	if (n == 0 || strspn(name, "0123456789.") == n ||
	    strchr(name, '.') == NULL)
		return true;
	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
		size_t m = strlen(ends[i]);

		if (n >= m && text_ieq(name + n - m, ends[i]) &&
		    (n == m || name[n - m - 1] == '.'))
			return true;
	}
	return false;
}

/* The policy of a domain may stand at one above it. */
static enum status
has_dmarc(struct job *j, const char *domain)
{
	enum status st = ST_NONE;

	for (const char *d = domain; st == ST_NONE && strchr(d, '.') != NULL;
	     d = strchr(d, '.') + 1)
		st = dns_has_text(arena_printf(j->mem, "_dmarc.%s", d),
		    "v=DMARC1");
	return st;
}

/* false: no server answers, further questions would only take time. */
static bool
check_sender(struct report *r, const char *domain)
{
	enum status spf, dmarc;

	if (is_reserved(domain))
		return true;
	if ((spf = dns_has_text(domain, "v=spf1")) == ST_TEMP ||
	    (dmarc = has_dmarc(r->j, domain)) == ST_TEMP)
		return false;
	if (spf == ST_OK && dmarc == ST_OK)
		check_add(r, CHECK_OK, "dns", "%s has SPF and DMARC", domain);
	if (spf == ST_NONE)
		check_add(r, CHECK_WARN, "dns",
		    "%s has no SPF record, large receivers refuse its mail: "
		    "add a TXT record v=spf1 that names the relays",
		    domain);
	if (dmarc == ST_NONE)
		check_add(r, CHECK_WARN, "dns",
		    "%s has no DMARC record: add a TXT record v=DMARC1 at "
		    "_dmarc.%s",
		    domain, domain);
	return true;
}

static bool
check_mx(struct report *r, const char *domain)
{
	enum status st;

	if (is_reserved(domain)) {
		check_add(r, CHECK_OK, "dns",
		    "%s is a name that isn't in the DNS: not checked", domain);
		return true;
	}
	st = dns_has_mx(domain);
	if (st == ST_OK)
		check_add(r, CHECK_OK, "dns", "%s has an MX", domain);
	if (st == ST_NONE)
		check_add(r, CHECK_WRONG, "dns",
		    "%s has no MX record, no mail can come in: add one that "
		    "names our mail server",
		    domain);
	return st != ST_TEMP;
}

static bool
seen(const struct conf *c, size_t n, const char *domain)
{
	for (size_t i = 0; i < n; i++)
		if (text_ieq(strchr(c->lists[i].from_address, '@') + 1, domain))
			return true;
	return text_ieq(strchr(c->status_address, '@') + 1, domain);
}

void
check_names(struct report *r, const struct conf *c)
{
	bool answers = check_mx(r, c->domain) &&
		       check_sender(r, strchr(c->status_address, '@') + 1);

	for (size_t i = 0; answers && i < c->n_lists; i++) {
		const char *d = strchr(c->lists[i].from_address, '@') + 1;

		if (!seen(c, i, d))
			answers = check_sender(r, d);
	}
	if (!answers)
		check_add(r, CHECK_OK, "dns",
		    "no name server answers: not checked");
}
