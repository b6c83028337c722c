#include "model/conf.h"

#include <arpa/inet.h>
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "base/text.h"
#include "base/when.h"
#include "model/conf_in.h"

enum { HOST = 253 };

/* Its default is that of LIMITS_DEFAULT. */
#define KEY_LIMIT(key, field, LIMIT) \
	{ \
		.name = (key), .type = CONF_LIMIT, AT(conf, limits.field), \
		.min = LIMIT##_MIN, .max = LIMIT##_MAX \
	}

const struct conf_key conf_keys[] = {
	/* clang-format off */
	{ "state", CONF_TEXT, AT(conf, state),
	  .initial = "/var/lib/sitrep" },
	{ "domain", CONF_TEXT, AT(conf, domain), .initial = "" },
	{ "url", CONF_TEXT, AT(conf, url), .initial = "" },
	{ "templates", CONF_TEXT, AT(conf, templates),
	  .initial = "/usr/share/sitrep/templates" },
	{ "lists", CONF_TEXT, AT(conf, lists_dir),
	  .initial = "/etc/sitrep/lists" },
	{ "rota", CONF_TEXT, AT(conf, rota_path),
	  .initial = "/etc/sitrep/rota" },
	{ "timezone", CONF_TEXT, AT(conf, timezone), .initial = "UTC" },
	{ "authserv", CONF_TEXT, AT(conf, authserv), .initial = "" },
	{ "trust", CONF_TEXT, .at = CONF_NOWHERE },
	{ "relay", CONF_TEXTS, AT_LIST(conf, relays),
	  .initial = "smtp://127.0.0.1:25" },
	{ "lmtp", CONF_TEXT, AT(conf, lmtp),
	  .initial = "/run/sitrep/lmtp.sock" },
	{ "lmtp_group", CONF_TEXT, AT(conf, lmtp_group),
	  .initial = "postfix" },
	{ "http", CONF_TEXT, AT(conf, http), .initial = "127.0.0.1:8080" },
	{ "own_domains", CONF_TEXTS, AT_LIST(conf, own_domains),
	  .initial = "" },
	{ "owner", CONF_TEXT, AT(conf, owner), .initial = "" },
	{ "admin", CONF_TEXT, AT(conf, admin), .initial = "" },
	{ "status_from", CONF_TEXT, AT(conf, status_from), .initial = "" },
	{ "noc_list", CONF_TEXT, AT(conf, noc_list), .initial = "" },
	{ "own_copies", CONF_FLAG, AT(conf, own_copies), .initial = "false" },
	{ "zones", CONF_TEXTS, .at = CONF_NOWHERE },
	{ "moved", CONF_TEXTS, .at = CONF_NOWHERE },
	{ "delimiter", CONF_TEXT, AT(conf, delimiter), .initial = "+" },
	{ "banners", CONF_TEXTS, AT_LIST(conf, banners),
	  .initial = "[EXTERNAL]\n[EXT]" },
	{ "disclaimers", CONF_TEXTS, AT_LIST(conf, disclaimers),
	  .initial = "" },
	{ "max_mail", CONF_SIZE, AT(conf, max_mail), .min = LIMIT_MAIL_MIN,
	  .max = LIMIT_MAIL_MAX },
	KEY_LIMIT("max_header_block", header_block, LIMIT_HEADER_BLOCK),
	KEY_LIMIT("max_header", header, LIMIT_HEADER),
	KEY_LIMIT("max_headers", headers, LIMIT_HEADERS),
	KEY_LIMIT("max_parts", parts, LIMIT_PARTS),
	KEY_LIMIT("max_depth", depth, LIMIT_DEPTH),
	KEY_LIMIT("max_parameter_name", param_name, LIMIT_PARAM_NAME),
	KEY_LIMIT("max_text", text, LIMIT_TEXT),
	KEY_LIMIT("max_markdown", markdown, LIMIT_MARKDOWN),
	KEY_LIMIT("max_block_lines", block_lines, LIMIT_BLOCK_LINES),
	KEY_LIMIT("max_rcpt", rcpt, LIMIT_RCPT),
	{ "office", CONF_TEXT, .at = CONF_NOWHERE },
	{ "remind", CONF_LENGTH, AT(conf, remind), .initial = "20m",
	  .min = MINUTE, .max = 12 * HOUR },
	{ "draft_expires", CONF_LENGTH, AT(conf, draft_expires),
	  .initial = "4h", .min = 10 * MINUTE, .max = 7 * DAY },
	{ "room_sitrep", CONF_LENGTH, AT(conf, room_sitrep),
	  .initial = "30m", .min = 5 * MINUTE, .max = DAY },
	{ "room_left", CONF_LENGTH, AT(conf, room_left), .initial = "60m",
	  .min = 5 * MINUTE, .max = 7 * DAY },
	{ "disclosure_review", CONF_LENGTH, AT(conf, disclosure_review),
	  .initial = "72h", .min = HOUR, .max = 90 * DAY },
	{ "on_publish", CONF_TEXTS, AT_LIST(conf, on_publish),
	  .initial = "" },
	{ "publish", CONF_TEXT, AT(conf, publish), .initial = "" },
	{ "bridge", CONF_TEXT, AT(conf, bridge), .initial = "" },
	{ "encrypt", CONF_TEXT, .at = CONF_NOWHERE },
	{ "holding", CONF_TEXT, .at = CONF_NOWHERE },
	{ "noc_may_publish", CONF_TEXT, .at = CONF_NOWHERE },
	{ "internal_hosts", CONF_TEXTS, AT_LIST(conf, internal_hosts),
	  .initial = "" },
	{ "private_words", CONF_TEXTS, .at = CONF_NOWHERE },
	{ "two_person", CONF_TEXTS, .at = CONF_NOWHERE },
	{ "allow_clock", CONF_FLAG, AT(conf, allow_clock),
	  .initial = "false" },
	{ "clock_rate", CONF_NUMBER, AT(conf, clock_rate), .initial = "1",
	  .min = 1, .max = 10000 },
	{ "confirm_rate", CONF_NUMBER, AT(conf, confirm_rate),
	  .initial = "1000", .min = 1, .max = 1000000 },
	{ "silence", CONF_LENGTH, AT(conf, silence), .initial = "24h",
	  .min = -1, .max = 30 * DAY },
	{ "selftest", CONF_LENGTH, AT(conf, selftest), .initial = "1h",
	  .min = 60, .max = DAY },
	{ "component", CONF_SECTION, .keys = conf_component_keys },
	{ "person", CONF_SECTION, .keys = conf_person_keys },
	{ "severity", CONF_SECTION, .keys = conf_severity_keys },
	{ "brand", CONF_SECTION, .keys = conf_brand_keys },
	LATER("robot"),
	{ .name = NULL },
	/* clang-format on */
};

enum status
conf_wrong(struct loading *l, unsigned line, const char *fmt, ...)
{
	const char *what;
	va_list ap;

	va_start(ap, fmt);
	what = arena_vprintf(l->j->mem, fmt, ap);
	va_end(ap);
	if (line == 0)
		return job_fail(l->j, ST_PERM, "%s: %s", l->path, what);
	return job_fail(l->j, ST_PERM, "%s:%u: %s", l->path, line, what);
}

bool
conf_is_section(const struct conf_item *item, const char *name)
{
	return strcmp(item->key->name, name) == 0;
}

bool
conf_is_slug(const char *s, size_t max)
{
	size_t n = strspn(s, "abcdefghijklmnopqrstuvwxyz0123456789-");

	return n != 0 && n <= max && s[n] == '\0' && s[0] != '-';
}

bool
conf_is_language(const char *s)
{
	size_t n = 0;

	while (s[n] >= 'a' && s[n] <= 'z')
		n++;
	if (n < 2 || n > 3)
		return false;
	if (s[n] == '\0')
		return true;
	if (s[n] != '-')
		return false;
	for (s += n + 1, n = 0; isalnum((unsigned char)s[n]);)
		n++;
	return n >= 2 && n <= 8 && s[n] == '\0';
}

bool
conf_is_host(const char *s)
{
	size_t n = strlen(s);

	if (n == 0 || n > HOST || s[0] == '.' || s[0] == '-' ||
	    s[n - 1] == '.' || strstr(s, "..") != NULL)
		return false;
	for (; *s != '\0'; s++)
		if (!isalnum((unsigned char)*s) && *s != '-' && *s != '.')
			return false;
	return true;
}

bool
conf_mailbox(struct arena *mem, const char *s, const char **address)
{
	const char *open = strchr(s, '<'), *close = strrchr(s, '>');

	if (open == NULL) {
		*address = s;
		return text_is_address(s);
	}
	if (close == NULL || close < open || close[1] != '\0' ||
	    !text_is_line(s))
		return false;
	*address = arena_copy(mem, open + 1, (size_t)(close - open - 1));
	return text_is_address(*address);
}

enum status
conf_check_zones(struct loading *l, const struct conf_item *section,
    const char *key)
{
	const struct conf_item *item = conf_given(section, key);

	for (size_t i = 0; item != NULL && i < item->n_values; i++)
		if (!when_zone_known(item->values[i].text))
			return conf_wrong(l, item->values[i].line,
			    "no such time zone: %s (write one such as "
			    "Europe/Paris)",
			    item->values[i].text);
	return ST_OK;
}

static enum status
check_domain(struct loading *l)
{
	struct conf *c = l->conf;
	unsigned line = conf_line(l->root, "domain");

	if (c->domain[0] == '\0')
		return conf_wrong(l, 0,
		    "`domain` is missing: add domain = \"in.status.example\", "
		    "the right-hand side of our addresses");
	if (!conf_is_host(c->domain))
		return conf_wrong(l, line, "`domain`: %s is no domain name",
		    c->domain);
	c->domain = text_lower(l->mem, c->domain);
	if (c->authserv[0] == '\0')
		c->authserv = c->domain;
	if (strpbrk(c->authserv, " \t;\"()") != NULL)
		return conf_wrong(l, conf_line(l->root, "authserv"),
		    "`authserv`: %s is no name of a mail server", c->authserv);
	return ST_OK;
}

/* The port, if any, isn't part of the names that we make. */
static enum status
check_url(struct loading *l)
{
	struct conf *c = l->conf;
	unsigned line = conf_line(l->root, "url");
	const char *host;
	size_t n, port;

	if (c->url[0] == '\0')
		return conf_wrong(l, 0,
		    "`url` is missing: add url = \"https://status.example/\", "
		    "where the public tree is served");
	if (!text_istarts(c->url, "https://") &&
	    !text_istarts(c->url, "http://"))
		return conf_wrong(l, line,
		    "`url` must begin with https:// or http://");
	if (strpbrk(c->url, " \t<>\"'?#\\@") != NULL)
		return conf_wrong(l, line,
		    "`url` is scheme, host and folder, without ? # @ or "
		    "blanks");
	host = strstr(c->url, "//") + 2;
	n = strcspn(host, ":/");
	c->host = text_lower(l->mem, arena_copy(l->mem, host, n));
	port = host[n] == ':' ? 1 + strspn(host + n + 1, "0123456789") : 0;
	if (!conf_is_host(c->host) || port == 1 || port > 6 ||
	    (host[n + port] != '\0' && host[n + port] != '/'))
		return conf_wrong(l, line, "`url` has no host that is one");
	if (c->url[strlen(c->url) - 1] != '/')
		c->url = arena_printf(l->mem, "%s/", c->url);
	return ST_OK;
}

/* Mail to ourselves would come in again. */
static enum status
check_address(struct loading *l, const char *key, const char *address)
{
	unsigned line = conf_line(l->root, key);

	if (!text_is_address(address))
		return conf_wrong(l, line, "`%s`: %s is no address", key,
		    address[0] == '\0' ? "\"\"" : address);
	if (text_ieq(strrchr(address, '@') + 1, l->conf->domain) ||
	    text_ieq(address, l->conf->status_address))
		return conf_wrong(l, line,
		    "`%s`: %s is an address of ours, its mail would come "
		    "back: name a mailbox elsewhere",
		    key, address);
	return ST_OK;
}

static enum status
check_addresses(struct loading *l)
{
	struct conf *c = l->conf;
	enum status st;

	if (c->owner[0] == '\0')
		return conf_wrong(l, 0,
		    "`owner` is missing: add owner = \"you@example.net\", who "
		    "gets people's mail to postmaster");
	if (c->admin[0] == '\0')
		c->admin = c->owner;
	if (c->status_from[0] == '\0')
		c->status_from = arena_printf(l->mem,
		    "Status desk <incident@%s>", c->domain);
	if (!conf_mailbox(l->mem, c->status_from, &c->status_address))
		return conf_wrong(l, conf_line(l->root, "status_from"),
		    "`status_from` must be like \"Status desk "
		    "<incident@%s>\"",
		    c->domain);
	if ((st = check_address(l, "owner", c->owner)) != ST_OK ||
	    (st = check_address(l, "admin", c->admin)) != ST_OK)
		return st;
	return c->noc_list[0] == '\0'
		   ? ST_OK
		   : check_address(l, "noc_list", c->noc_list);
}

static bool
is_port(const char *s)
{
	size_t n = strspn(s, "0123456789");

	return n >= 1 && n <= 5 && s[n] == '\0' && text_number(s) >= 1 &&
	       text_number(s) <= 65535;
}

/* HOST:PORT or [IPV6]:PORT. */
static bool
is_host_port(struct arena *mem, const char *s)
{
	const char *colon = strrchr(s, ':');
	unsigned char bytes[sizeof(struct in6_addr)];
	const char *host;

	if (colon == NULL || !is_port(colon + 1))
		return false;
	host = arena_copy(mem, s, (size_t)(colon - s));
	if (host[0] != '[')
		return conf_is_host(host);
	if (host[1] == '\0' || host[strlen(host) - 1] != ']')
		return false;
	host = arena_copy(mem, host + 1, strlen(host) - 2);
	return inet_pton(AF_INET6, host, bytes) == 1;
}

static bool
is_relay(struct arena *mem, const char *s)
{
	if (strncmp(s, "spool:/", 7) == 0)
		return true;
	return strncmp(s, "smtp://", 7) == 0 && is_host_port(mem, s + 7);
}

static enum status
check_relays(struct loading *l)
{
	const struct conf *c = l->conf;
	unsigned line = conf_line(l->root, "relay");

	if (c->n_relays == 0 || c->n_relays > 2)
		return conf_wrong(l, line,
		    "`relay` takes one or two mail servers");
	for (size_t i = 0; i < c->n_relays; i++)
		if (!is_relay(l->j->mem, c->relays[i]))
			return conf_wrong(l, line,
			    "`relay`: %s must be like smtp://127.0.0.1:25 or "
			    "spool:/var/spool/sitrep",
			    c->relays[i]);
	return ST_OK;
}

/* Sockets of ours are named by number: no look-up stands in the way. */
static bool
is_socket(struct arena *mem, const char *s)
{
	unsigned char bytes[sizeof(struct in6_addr)];
	const char *colon = strrchr(s, ':');

	if (s[0] == '/')
		return strlen(s) < 108;
	if (!is_host_port(mem, s))
		return false;
	return s[0] == '[' ||
	       inet_pton(AF_INET, arena_copy(mem, s, (size_t)(colon - s)),
		   bytes) == 1;
}

static enum status
check_sockets(struct loading *l)
{
	const struct conf *c = l->conf;

	if (!is_socket(l->j->mem, c->lmtp))
		return conf_wrong(l, conf_line(l->root, "lmtp"),
		    "`lmtp`: %s must be a path or like 127.0.0.1:2424",
		    c->lmtp);
	if (c->http[0] != '\0' && !is_socket(l->j->mem, c->http))
		return conf_wrong(l, conf_line(l->root, "http"),
		    "`http`: %s must be a path or like 127.0.0.1:8080",
		    c->http);
	return ST_OK;
}

static enum status
check_paths(struct loading *l)
{
	const struct conf *c = l->conf;
	const struct {
		const char *key, *path;
	} all[] = { { "state", c->state }, { "templates", c->templates },
		{ "lists", c->lists_dir }, { "rota", c->rota_path } };

	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		if (all[i].path[0] != '/')
			return conf_wrong(l, conf_line(l->root, all[i].key),
			    "`%s` must be a whole path, from /, not \"%s\"",
			    all[i].key, all[i].path);
	return ST_OK;
}

static enum status
check_words(struct loading *l)
{
	struct conf *c = l->conf;
	const struct conf_item *trust = conf_given(l->root, "trust");
	const char *word =
	    trust == NULL ? "authenticated" : trust->values[0].text;

	c->trust_open = strcmp(word, "open") == 0;
	if (!c->trust_open && strcmp(word, "authenticated") != 0)
		return conf_wrong(l, trust->line,
		    "`trust` is \"authenticated\" or \"open\", not \"%s\"",
		    word);
	if (c->clock_rate != 1 && !c->allow_clock)
		return conf_wrong(l, conf_line(l->root, "clock_rate"),
		    "`clock_rate` needs allow_clock = true: it is for drills "
		    "and tests");
	if (strlen(c->delimiter) != 1 || strchr("+=_~", *c->delimiter) == NULL)
		return conf_wrong(l, conf_line(l->root, "delimiter"),
		    "`delimiter` is one of + = _ ~, as the mail server's "
		    "recipient_delimiter");
	for (size_t i = 0; i < c->n_own_domains; i++)
		if (!conf_is_host(c->own_domains[i]))
			return conf_wrong(l, conf_line(l->root, "own_domains"),
			    "`own_domains`: %s is no domain name",
			    c->own_domains[i]);
	return conf_check_zones(l, l->root, "timezone");
}

/* Which of the words the key has, the first if it isn't given; -1: none. */
static int
choice(const struct loading *l, const char *key, const char *const *words,
    int n)
{
	const struct conf_item *given = conf_given(l->root, key);

	if (given == NULL)
		return 0;
	for (int i = 0; i < n; i++)
		if (strcmp(words[i], given->values[0].text) == 0)
			return i;
	return -1;
}

/* What may be published while nobody of Marketing answers. */
static enum status
check_silence(struct loading *l)
{
	static const char *const holding[] = { "off", "sev1", "sev2" };
	static const char *const noc[] = { "stock", "off", "full" };
	static const enum noc_may may[] = { NOC_MAY_STOCK, NOC_MAY_OFF,
		NOC_MAY_FULL };
	int h = choice(l, "holding", holding, 3);
	int n = choice(l, "noc_may_publish", noc, 3);

	if (h < 0)
		return conf_wrong(l, conf_line(l->root, "holding"),
		    "`holding` is \"off\", \"sev1\" or \"sev2\"");
	if (n < 0)
		return conf_wrong(l, conf_line(l->root, "noc_may_publish"),
		    "`noc_may_publish` is \"stock\", \"off\" or \"full\"");
	l->conf->holding = h;
	l->conf->noc_may_publish = may[n];
	return ST_OK;
}

static enum status
check_encrypt(struct loading *l)
{
	static const char *const words[] = { "off", "internal" };
	int n = choice(l, "encrypt", words, 2);

	if (n < 0)
		return conf_wrong(l, conf_line(l->root, "encrypt"),
		    "`encrypt` is \"off\" or \"internal\"");
	l->conf->encrypt = n == 1;
	return ST_OK;
}

/* limited and redact, unless it is given. */
static enum status
check_two(struct loading *l)
{
	static const char *const words[] = { "limited", "redact", "sev1" };
	const struct conf_item *given = conf_given(l->root, "two_person");

	l->conf->two_person = given == NULL ? TWO_LIMITED | TWO_REDACT : 0;
	for (size_t i = 0; given != NULL && i < given->n_values; i++) {
		unsigned k = 0;

		while (k < 3 && strcmp(words[k], given->values[i].text) != 0)
			k++;
		if (k == 3)
			return conf_wrong(l, given->values[i].line,
			    "`two_person`: %s is none of limited, redact and "
			    "sev1",
			    given->values[i].text);
		l->conf->two_person |= 1U << k;
	}
	return ST_OK;
}

enum status
conf_load(struct job *j, struct arena *mem, const char *path, struct conf *out)
{
	static enum status (*const steps[])(struct loading *) = {
		/* clang-format off */
		check_paths, check_domain, check_url, check_addresses,
		check_relays, check_sockets, check_words, check_silence,
		check_encrypt,
		check_two,
		conf_read_zones, conf_read_moved, conf_read_commands,
		conf_read_components, conf_read_persons,
		conf_read_severities, conf_read_office, conf_read_brand,
		conf_read_lint, conf_read_lists,
		/* clang-format on */
	};
	struct conf conf = { .path = arena_str(mem, path),
		.max_mail = LIMIT_MAIL,
		.limits = LIMITS_DEFAULT };
	struct conf_item root = { 0 };
	struct loading l = { j, mem, path, &conf, &root };
	enum status st = conf_read(j, mem, path, conf_keys, &root);

	if (st != ST_OK)
		return st;
	conf_fill(mem, conf_keys, &root, &conf);
	for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
		if ((st = steps[i](&l)) != ST_OK)
			return st;
	*out = conf;
	return ST_OK;
}
