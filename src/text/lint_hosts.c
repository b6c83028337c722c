/* Names of machines: those that the configuration tells, and those that look
 * like one. */
#include "text/lint_in.h"

#include <ctype.h>
#include <string.h>

#include "base/text.h"

enum { HOST = 253, BACK = 400 };

/* Ends of names that no reader can look up. */
static const char *const ends[] = { ".int", ".internal", ".intern", ".local",
	".lan", ".corp", ".intranet", ".intra", ".localdomain", ".home.arpa",
	".priv", ".private", ".mgmt", ".in-addr.arpa", ".ip6.arpa",
	".cluster.local", ".svc", ".consul", NULL };
/* What machines are named for; a number makes it one of them. */
static const char *const roles[] = { "ad", "adm", "api", "app", "apps", "auth",
	"back", "backend", "backup", "bastion", "be", "bkp", "bk", "border",
	"br", "bras", "cache", "cdn", "ceph", "cl", "cluster", "cms", "collect",
	"compute", "core", "cpanel", "cr", "cust", "data", "database", "db",
	"dbs", "dc", "dev", "dhcp", "dist", "dns", "edge", "elastic", "es",
	"esx", "esxi", "etcd", "ex", "exch", "exchange", "fe", "filer", "fs",
	"front", "frontend", "ftp", "fw", "firewall", "gate", "gateway", "git",
	"gw", "haproxy", "host", "hv", "hyp", "ilo", "imap", "infra", "ipa",
	"jump", "k8s", "kafka", "kdc", "kube", "kvm", "lab", "lb", "ldap",
	"lists", "loadbalancer", "log", "logs", "lns", "mail", "mailstore",
	"mariadb", "master", "mbx", "mda", "memcache", "memcached", "mgmt",
	"mon", "mongo", "monitor", "mq", "mta", "mx", "mysql", "nagios", "nas",
	"net", "nfs", "nginx", "node", "ns", "ntp", "ops", "oracle", "pbx",
	"pdns", "pe", "pg", "pgsql", "php", "pool", "pop", "postgres", "prod",
	"proxy", "prd", "puppet", "queue", "rabbit", "rabbitmq", "rack",
	"radius", "rdb", "redis", "relay", "repl", "replica", "resolver",
	"router", "rr", "rs", "rt", "rtr", "san", "sbc", "search", "shard",
	"slave", "smtp", "mxin", "mxout", "mailin", "mailout", "smtpin",
	"smtpout", "solr", "sp", "spine", "sql", "squid", "srs", "srv",
	"server", "stg", "stage", "storage", "store", "sv", "svr", "sw",
	"switch", "syslog", "tor", "tst", "varnish", "vault", "vhost", "vm",
	"vmhost", "vpn", "vps", "web", "webmail", "whm", "whois", "win",
	"worker", "www", "xen", "zk", "leaf", NULL };
/* ... and what has such a number and is none. */
static const char *const plain[] = { "pop3", "imap4", "db2", "web2", "web3",
	"es5", "es6", "log4", "net6", "net7", "net8", "net9", "node12",
	"node14", "node16", "node18", "node20", "node22", "node24", "win7",
	"win8", "win10", "win11", "win32", "win64", "php5", "php7", "php8",
	"k8s", "sp1", "sp2", "sp3", "sql92", "tor1", "k8", "ex2", NULL };

/* A number as machines have one: "7", "03", "b07"; not "v2", "2026". */
static bool
is_number(const char *s, size_t n)
{
	size_t i = n > 1 && isalpha((unsigned char)s[0]) ? 1 : 0, digits = 0;

	if (i == 1 && tolower((unsigned char)s[0]) == 'v')
		return false;
	while (i < n && isdigit((unsigned char)s[i])) {
		i++;
		digits++;
	}
	if (i < n && digits != 0 && isalpha((unsigned char)s[i]))
		i++;
	return i == n && digits != 0 && digits <= 4 &&
	       !(digits == 4 && strncmp(s, "20", 2) == 0);
}

/* Which of two it is: the one that customers use, or the one to try on. */
static const char *const stages[] = { "prod", "prd", "stg", "tst", "uat",
	NULL };
/* Numbered with a zero by others as well. */
static const char *const counted[] = { "day", "week", "month", "step", "phase",
	"part", "level", "tier", "stage", "chapter", "file", "note", "no", "nr",
	"id", "se", "ep", "se", "utc", "gmt", NULL };

/* "ora12", "mbx04": letters, and a number behind them. */
static bool
is_word_with_number(const char *s, size_t n)
{
	size_t i = 0;

	while (i < n && isalpha((unsigned char)s[i]))
		i++;
	return i != 0 && i <= 8 && i < n &&
	       tolower((unsigned char)s[0]) != 'v' && is_number(s + i, n - i) &&
	       !lint_in(s, n, plain);
}

/* "rdns01": whatever it is, nobody but who has many of them writes so. */
static bool
is_zero_padded(const char *s, size_t n)
{
	size_t i = 0;

	while (i < n && islower((unsigned char)s[i]))
		i++;
	return i >= 3 && i <= 12 && (n == i + 2 || n == i + 3) && s[i] == '0' &&
	       strspn(s + i, "0123456789") >= n - i && !lint_in(s, i, counted);
}

/* "ns2", "ldap03a" */
static bool
is_numbered(const char *s, size_t n)
{
	size_t i = 0;

	while (i < n && isalpha((unsigned char)s[i]))
		i++;
	return i != 0 && i < n && isdigit((unsigned char)s[i]) &&
	       lint_in(s, i, roles) && is_number(s + i, n - i) &&
	       !lint_in(s, n, plain);
}

bool
lint_host_label(const char *s, size_t n)
{
	bool role = false, number = false, both = is_zero_padded(s, n);
	bool stage = false, letter = false;
	size_t parts = 0, roled = 0;

	if (lint_in(s, n, plain))
		return false;
	for (size_t i = 0; i < n; parts++) {
		size_t len = 0;

		while (i + len < n && s[i + len] != '-' && s[i + len] != '_')
			len++;
		both = both || is_numbered(s + i, len);
		role = lint_in(s + i, len, roles);
		roled += role;
		stage = stage || lint_in(s + i, len, stages);
		letter = len == 1 && isalpha((unsigned char)s[i]);
		number = number || (parts != 0 && is_number(s + i, len)) ||
			 (!role && is_word_with_number(s + i, len));
		i += len + 1;
	}
	/* "db-prod-master", "haproxy-ext-b" */
	return both || (roled != 0 && number && parts > 1) ||
	       (roled > 1 && stage) || (roled != 0 && parts > 2 && letter);
}

static bool
has_inside_end(const char *s, size_t n)
{
	for (size_t i = 0; ends[i] != NULL; i++) {
		size_t want = strlen(ends[i]);

		if (n > want && strncmp(s + n - want, ends[i], want) == 0)
			return true;
	}
	return false;
}

/* "*.int.example", as people write it. */
static bool
fits(const char *pattern, const char *host)
{
	const char *end = pattern + 1;
	size_t n = strlen(host), want = strlen(end);

	return n > want && text_ieq(host + n - want, end);
}

void
lint_hosts_open(struct linting *l)
{
	const struct conf *c = l->scene->conf;

	l->hosts =
	    arena_array(l->mem, c->n_internal_hosts + 1, sizeof *l->hosts);
	for (size_t i = 0; i < c->n_internal_hosts; i++)
		if (c->internal_hosts[i][0] != '*' &&
		    regcomp(&l->hosts[l->n_hosts], c->internal_hosts[i],
			REG_EXTENDED | REG_ICASE | REG_NOSUB) == 0)
			l->n_hosts++;
}

void
lint_hosts_close(struct linting *l)
{
	while (l->n_hosts > 0)
		regfree(&l->hosts[--l->n_hosts]);
}

static bool
is_configured(struct linting *l, const char *host)
{
	const struct conf *c = l->scene->conf;

	for (size_t i = 0; i < c->n_internal_hosts; i++)
		if (c->internal_hosts[i][0] == '*' &&
		    fits(c->internal_hosts[i], host))
			return true;
	for (size_t i = 0; i < l->n_hosts; i++)
		if (regexec(&l->hosts[i], host, 0, NULL, 0) == 0)
			return true;
	return false;
}

/* Below a domain of ours, and not what customers are told to use. */
static bool
is_machine_of_ours(struct linting *l, const char *host, size_t n)
{
	size_t first = strcspn(host, "."), labels = 0, own = 0;
	const struct conf *c = l->scene->conf;
	bool digit = false;

	for (size_t i = 0; i < first && i < n; i++)
		digit = digit || isdigit((unsigned char)host[i]);
	for (size_t i = 0; i < n; i++)
		labels += host[i] == '.';
	for (size_t i = 0; i < c->n_own_domains; i++) {
		const char *d = c->own_domains[i];
		size_t want = strlen(d);

		if (n <= want + 1 || host[n - want - 1] != '.' ||
		    strncasecmp(host + n - want, d, want) != 0)
			continue;
		for (own = 0; *d != '\0'; d++)
			own += *d == '.';
		return digit || labels >= own + 3;
	}
	return false;
}

bool
lint_host_is_inside(struct linting *l, const char *host, size_t n)
{
	const char *s = arena_copy(l->mem, host, n);
	size_t first = strcspn(s, ".");

	if (n == 0 || n > HOST || strcmp(s, ".") == 0)
		return false;
	return is_configured(l, s) || has_inside_end(s, n) ||
	       lint_host_label(s, first) || is_machine_of_ours(l, s, n);
}

static bool
is_host(char c)
{
	return isalnum((unsigned char)c) || strchr("-_.", c) != NULL;
}

/* In an address of the web or a mailbox: looked at there. */
static bool
is_elsewhere(const struct piece *p, size_t at, size_t n)
{
	size_t from = at, least = at > BACK ? at - BACK : 0;

	if (p->s[at + n] == '@' || lint_before(p, at) == '@')
		return true;
	while (from > least && strchr(" \t\n(<[\"", p->s[from - 1]) == NULL)
		from--;
	return from < at && text_istarts(p->s + from, "http");
}

void
lint_hosts(struct linting *l, const struct piece *p)
{
	for (size_t i = 0; i < p->n;) {
		size_t n = 0;

		while (p->s[i + n] != '\0' && is_host(p->s[i + n]))
			n++;
		if (n == 0) {
			i++;
			continue;
		}
		while (n > 1 && strchr("-_.", p->s[i + n - 1]) != NULL)
			n--;
		if (!is_elsewhere(p, i, n) && n > 1 &&
		    !lint_alnum(lint_before(p, i)) && lint_ipv4_at(p, i) == 0 &&
		    lint_host_is_inside(l, p->s + i, n))
			lint_mark(l, p, RULE_HOST, i, n);
		i += n;
		while (p->s[i] != '\0' && is_host(p->s[i]))
			i++;
	}
}
