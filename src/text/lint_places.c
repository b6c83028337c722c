/* Addresses: of networks, of the web, of mailboxes. */
#include "text/lint_in.h"

#include <arpa/inet.h>
#include <ctype.h>
#include <string.h>

#include "base/text.h"

enum { MOST = 2000 }; /* octets of an address of the web */

static bool
is_word(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

/* ---- networks ---- */

/* "10", "x", "*" of a dotted address, and a dot that was made harmless. */
static size_t
octet(const char *s, bool *known)
{
	size_t n = strspn(s, "0123456789");
	int v = 0;

	*known = n != 0;
	if (n == 0)
		return *s == 'x' || *s == '*' || *s == 'X' ? 1 : 0;
	for (size_t i = 0; i < n && i < 3; i++)
		v = v * 10 + (s[i] - '0');
	return n > 3 || v > 255 ? 0 : n;
}

static size_t
dot(const char *s)
{
	static const char *const dots[] = { ".", "[.]", "(.)", " dot " };

	for (size_t i = 0; i < sizeof dots / sizeof *dots; i++)
		if (strncmp(s, dots[i], strlen(dots[i])) == 0)
			return strlen(dots[i]);
	return 0;
}

/* "version 1.2.3.4", "v1.2.3.4" */
static bool
is_version(const struct piece *p, size_t at)
{
	static const char *const words[] = { "version", "release", "build",
		"firmware", "v" };
	size_t end = at;

	while (end > 0 && p->s[end - 1] == ' ')
		end--;
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		size_t n = strlen(words[i]);

		if (end >= n && memcmp(p->low + end - n, words[i], n) == 0 &&
		    (end == n || !is_word(p->s[end - n - 1])))
			return true;
	}
	return false;
}

size_t
lint_ipv4_at(const struct piece *p, size_t at)
{
	const char *s = p->s + at;
	size_t n = 0, known = 0;

	if (is_word(lint_before(p, at)) || lint_before(p, at) == '.')
		return 0;
	for (int i = 0; i < 4; i++) {
		bool digits;
		size_t more = octet(s + n, &digits);

		if (more == 0 || (i == 0 && !digits))
			return 0;
		known += digits;
		n += more;
		if (i == 3)
			break;
		if ((more = dot(s + n)) == 0)
			return 0;
		n += more;
	}
	if (known < 2 || is_word(s[n]) || (s[n] == '.' && is_word(s[n + 1])) ||
	    is_version(p, at))
		return 0;
	if (s[n] == '/' && isdigit((unsigned char)s[n + 1]))
		n += 1 + strspn(s + n + 1, "0123456789");
	return n;
}

/* 2001:db8::7, fe80::1%eth0/64, and the address of a network card */
static size_t
colons(const struct piece *p, size_t at)
{
	unsigned char bytes[sizeof(struct in6_addr)];
	size_t n, parts = 1;
	char address[64];

	if (is_word(lint_before(p, at)) || lint_before(p, at) == ':')
		return 0;
	n = strspn(p->low + at, "0123456789abcdef:.");
	while (n > 0 && strchr(".:", p->s[at + n - 1]) != NULL &&
	       !(n > 1 && p->s[at + n - 2] == ':'))
		n--;
	if (n < 3 || n >= sizeof address || is_word(p->s[at + n]))
		return 0;
	memcpy(address, p->s + at, n);
	address[n] = '\0';
	for (size_t i = 0; i < n; i++)
		parts += address[i] == ':';
	if (parts < 3)
		return 0;
	if (parts == 6 && n == 17 && strchr(address, '.') == NULL)
		return n;
	return inet_pton(AF_INET6, address, bytes) == 1 ? n : 0;
}

/* "001b.4411.3ab7" */
static size_t
dotted_card(const struct piece *p, size_t at)
{
	const char *s = p->low + at;
	size_t digits = 0;

	if (is_word(lint_before(p, at)) || lint_before(p, at) == '.')
		return 0;
	for (int i = 0; i < 3; i++, s += 5) {
		if (strspn(s, "0123456789abcdef") != 4 ||
		    (i < 2 && s[4] != '.'))
			return 0;
		for (int k = 0; k < 4; k++)
			digits += isdigit((unsigned char)s[k]) != 0;
	}
	return digits == 0 || is_word(p->s[at + 14]) ? 0 : 14;
}

static void
networks(struct linting *l, const struct piece *p)
{
	for (size_t i = 0; i < p->n;) {
		size_t n = lint_ipv4_at(p, i);

		if (n == 0)
			n = colons(p, i);
		if (n == 0)
			n = dotted_card(p, i);
		if (n != 0)
			lint_mark(l, p, RULE_ADDRESS, i, n);
		i += n == 0 ? 1 : n;
	}
}

/* ---- the web ---- */

/* Where people of a company work together. */
static const char *const workplaces[] = { "slack.com", "atlassian.net",
	"docs.google.com", "drive.google.com", "meet.google.com",
	"sharepoint.com", "notion.so", "zoom.us", "teams.microsoft.com",
	"webex.com", "trello.com", "asana.com", "linear.app", "pagerduty.com",
	"opsgenie.com", "monday.com", "1drv.ms", "dropbox.com", "pastebin.com",
	"gist.github.com", "hackmd.io", "miro.com", "figma.com",
	"service-now.com", "datadoghq.com", "splunkcloud.com", "newrelic.com",
	"grafana.net", "sentry.io", "gotomeeting.com", "bit.ly", NULL };
/* What tools inside are called. */
static const char *const tools[] = { "grafana", "kibana", "jira", "confluence",
	"wiki", "jenkins", "nagios", "icinga", "zabbix", "prometheus",
	"alertmanager", "gitlab", "git", "svn", "intranet", "vpn", "sharepoint",
	"rt", "otrs", "servicenow", "pagerduty", "opsgenie", "splunk", "netbox",
	"cacti", "munin", "phpmyadmin", "vcenter", "ilo", "idrac", "ipmi",
	"bastion", "jump", "backoffice", "internal", "staging", "stage", "dev",
	"test", "qa", "corp", "tools", "noc", "mon", "monitor", "monitoring",
	"ops", "bugzilla", "redmine", "helpdesk-int", "kvm", "rundeck", "awx",
	"tower", "vault", "consul", "nomad", "sentry", "graylog", "elk", NULL };
/* Ways in that no reader of a status page goes. */
static const char *const schemes[] = { "ssh", "sftp", "ftp", "ldap", "ldaps",
	"rdp", "smb", "file", "nfs", "telnet", "vnc", "postgres", "postgresql",
	"mysql", "mongodb", "redis", "amqp", "jdbc", "git", NULL };

static bool
ends_in(const char *host, size_t n, const char *domain)
{
	size_t want = strlen(domain);

	return n >= want && strncasecmp(host + n - want, domain, want) == 0 &&
	       (n == want || host[n - want - 1] == '.');
}

static bool
is_workplace(const char *host, size_t n)
{
	for (size_t i = 0; workplaces[i] != NULL; i++)
		if (ends_in(host, n, workplaces[i]))
			return true;
	return false;
}

/* "status-internal" */
static bool
has_inner_part(const char *label, size_t n)
{
	static const char *const parts[] = { "internal", "intern", "intranet",
		"int", "staging", "stage", NULL };

	for (size_t i = 0; i < n;) {
		size_t len = 0;

		while (i + len < n && label[i + len] != '-')
			len++;
		if (len < n && lint_in(label + i, len, parts))
			return true;
		i += len + 1;
	}
	return false;
}

static bool
is_tool(struct linting *l, const char *host, size_t n)
{
	const struct conf *c = l->scene->conf;
	size_t first = strcspn(host, "."), own = 0;

	if (first < n && has_inner_part(host, first))
		return true;
	if (first >= n || !lint_in(host, first, tools))
		return false;
	for (size_t i = 0; i < c->n_own_domains; i++)
		own += ends_in(host, n, c->own_domains[i]);
	/* Another's tool is as little for readers as ours. */
	return own != 0 || strcspn(host + first + 1, "./ ") + first + 1 < n;
}

static bool
is_inside(struct linting *l, const struct piece *p, size_t at, size_t n)
{
	const char *host = p->s + at;
	size_t name = 0;

	while (name < n &&
	       (is_word(host[name]) || host[name] == '-' || host[name] == '.'))
		name++;
	if (name == 0)
		return host[0] == '[';
	if (memchr(host, '.', name) == NULL || host[name] == ':')
		return true;
	return lint_ipv4_at(p, at) != 0 || is_workplace(host, name) ||
	       is_tool(l, host, name) || lint_host_is_inside(l, host, name);
}

static size_t
url_end(const struct piece *p, size_t at)
{
	size_t n = 0;

	while (n < MOST && p->s[at + n] != '\0' &&
	       strchr(" \t\n<>\"'`|\\^{}", p->s[at + n]) == NULL)
		n++;
	while (n > 0 && strchr(".,;:!?)]*_", p->s[at + n - 1]) != NULL)
		n--;
	return n;
}

static void
urls(struct linting *l, const struct piece *p)
{
	for (const char *s = p->s; (s = strstr(s, "://")) != NULL; s += 3) {
		size_t at = (size_t)(s - p->s), from = at, n;
		const char *user;

		while (from > 0 &&
		       (is_word(p->s[from - 1]) || p->s[from - 1] == '+'))
			from--;
		n = url_end(p, from);
		if (from == at || n <= at + 3 - from)
			continue;
		n -= at + 3 - from;
		user = memchr(s + 3, '@', strcspn(s + 3, "/ \n"));
		if (lint_in(p->s + from, at - from, schemes) ||
		    (user != NULL && user < s + 3 + n) ||
		    is_inside(l, p, at + 3, n))
			lint_mark(l, p, RULE_URL, from, at + 3 - from + n);
	}
}

/* "grafana.example.net/d/7", without its scheme */
static void
bare_urls(struct linting *l, const struct piece *p)
{
	for (size_t i = 0; i < p->n_words; i++) {
		size_t at = p->words[i].at, n;

		if (strchr("/.@-", lint_before(p, at)) != NULL ||
		    p->s[at + p->words[i].len] != '.')
			continue;
		n = url_end(p, at);
		if (memchr(p->s + at, '.', n) == NULL)
			continue;
		n = strcspn(p->s + at, "/ \t\n,;:)<>\"'`");
		while (n > 0 && p->s[at + n - 1] == '.')
			n--;
		if (is_workplace(p->s + at, n) || is_tool(l, p->s + at, n))
			lint_mark(l, p, RULE_URL, at, url_end(p, at));
	}
}

/* The war room's line. */
static void
bridge(struct linting *l, const struct piece *p)
{
	const char *line = l->scene->conf->bridge, *at;

	if (line == NULL || text_blank(line) ||
	    (at = text_ifind(p->s, line)) == NULL)
		return;
	lint_mark(l, p, RULE_URL, (size_t)(at - p->s), strlen(line));
}

/* ---- files and channels ---- */

/* Where the files of a machine are. */
static const char *const roots[] = { "/etc/", "/var/", "/usr/", "/home/",
	"/root/", "/opt/", "/srv/", "/mnt/", "/proc/", "/dev/", "/tmp/",
	"/data/", "/export/", NULL };

/* "/etc/postfix/main.cf", "C:\inetpub\logs" */
static bool
is_path(const struct piece *p, size_t at)
{
	const char *s = p->low + at;

	if (strchr(" \t\n(\"'`*=", lint_before(p, at)) == NULL)
		return false;
	for (size_t i = 0; roots[i] != NULL; i++)
		if (strncmp(s, roots[i], strlen(roots[i])) == 0)
			return is_word(s[strlen(roots[i])]);
	return isalpha((unsigned char)s[0]) && s[1] == ':' && s[2] == '\\' &&
	       is_word(s[3]);
}

/* "#noc-war-room" */
static size_t
channel(const struct piece *p, size_t at)
{
	const char *s = p->s + at;
	size_t n = 1 + strspn(s + (s[0] == '#'),
			   "abcdefghijklmnopqrstuvwxyz0123456789-_");

	if (s[0] != '#' || !islower((unsigned char)s[1]) ||
	    strchr(" \t\n(\"'`*", lint_before(p, at)) == NULL ||
	    is_word(s[n]) || memchr(s, '-', n - 1) == NULL)
		return 0;
	return n;
}

static void
files(struct linting *l, const struct piece *p)
{
	for (size_t i = 0; i < p->n; i++) {
		size_t n = channel(p, i);

		if (n == 0 && is_path(p, i)) {
			n = strcspn(p->s + i, " \t\n\"'`<>()");
			while (strchr(".,;:*", p->s[i + n - 1]) != NULL)
				n--;
		}
		if (n != 0)
			lint_mark(l, p, RULE_URL, i, n);
	}
}

/* ---- mailboxes ---- */

static const char *const counters[] = { "support", "help", "helpdesk", "info",
	"sales", "contact", "billing", "abuse", "postmaster", "hostmaster",
	"status", "press", "privacy", "noreply", "no-reply", "service",
	"customerservice", "care", NULL };

static bool
is_public_box(const struct conf *c, const char *address)
{
	const char *at = strchr(address, '@');

	if (conf_person_reached(c, address) != NULL)
		return false;
	for (size_t i = 0; i < c->n_lists; i++)
		if (text_ieq(c->lists[i].from_address, address) ||
		    text_ieq(c->lists[i].reply_to, address))
			return true;
	return lint_in(address, (size_t)(at - address), counters);
}

static bool
is_box(char c)
{
	return is_word(c) || c == '.' || c == '-' || c == '+';
}

static void
boxes(struct linting *l, const struct piece *p)
{
	for (const char *s = p->s; (s = strchr(s, '@')) != NULL; s++) {
		size_t at = (size_t)(s - p->s), from = at, n = 1;

		while (from > 0 && is_box(p->s[from - 1]))
			from--;
		while (is_word(s[n]) || s[n] == '-' || s[n] == '.')
			n++;
		while (n > 1 && strchr(".-", s[n - 1]) != NULL)
			n--;
		if (from == at || n == 1 || memchr(s, '.', n) == NULL)
			continue;
		if (!is_public_box(l->scene->conf,
			arena_copy(l->mem, p->s + from, at - from + n)))
			lint_mark(l, p, RULE_MAIL, from, at - from + n);
	}
}

/* "oncall(at)example.net" */
static void
spelled_boxes(struct linting *l, const struct piece *p)
{
	static const char *const ats[] = { "(at)", "[at]", "{at}", " at " };

	for (size_t i = 1; i < p->n; i++)
		for (size_t k = 0; k < sizeof ats / sizeof *ats; k++) {
			size_t n = strlen(ats[k]), from = i, to = i + n;

			if (strncmp(p->low + i, ats[k], n) != 0)
				continue;
			while (from > 0 && is_box(p->s[from - 1]))
				from--;
			while (is_box(p->s[to]))
				to++;
			while (p->s[to - 1] == '.')
				to--;
			if (from < i && to > i + n &&
			    (memchr(p->s + i + n, '.', to - i - n) != NULL
				    ? ats[k][0] != ' '
				    : strncmp(p->low + to, " dot ", 5) == 0))
				lint_mark(l, p, RULE_MAIL, from, to - from);
		}
}

void
lint_places(struct linting *l, const struct piece *p)
{
	networks(l, p);
	urls(l, p);
	bare_urls(l, p);
	bridge(l, p);
	files(l, p);
	boxes(l, p);
	spelled_boxes(l, p);
}
