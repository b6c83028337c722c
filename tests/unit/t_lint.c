/*
 * The reader of drafts: what it marks and what it must leave alone, class by
 * class; what it knows of the event; what a yes is bound to.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "text/lint.h"

enum { NOW = 1772640000 }; /* Wednesday, 4 March 2026, 16:00 UTC */

#define COUNT(a) (sizeof(a) / sizeof *(a))

static const char *jane_boxes[] = { "jane.doerksen@example.net",
	"support2@example.net" };
static struct person persons[] = {
	{ .slug = "jdoe",
	    .name = "Jane Doerksen",
	    .addresses = jane_boxes,
	    .n_addresses = 2 },
	{ .slug = "noc1", .name = "NOC One" },
	{ .slug = "mark", .name = "Mark Will" },
};
static struct component components[] = {
	{ .slug = "email-b", .name = "Email Cluster B" },
	{ .slug = "cdn", .name = "Cloudflare Proxy" },
	{ .slug = "ns2", .name = "ns2.example.net" },
};
static struct list lists[] = { { .slug = "example-status",
    .from_address = "status@status.example",
    .reply_to = "resellers@example.net" } };
static struct zone_word zones[] = { { "HNE", "America/Toronto" } };
static const char *hosts[] = { "\\.int$", "*.bb.example.org", "^shelf" };
static const char *domains[] = { "example.net" };
static const char *words[] = { "Acme Hosting, Inc.", "Blue Heron",
	"Nordstern s.r.o.", "Quayside" };
static const struct conf conf = {
	.host = "status.example",
	.persons = persons,
	.n_persons = COUNT(persons),
	.components = components,
	.n_components = COUNT(components),
	.lists = lists,
	.n_lists = 1,
	.zones = zones,
	.n_zones = 1,
	.internal_hosts = hosts,
	.n_internal_hosts = COUNT(hosts),
	.own_domains = domains,
	.n_own_domains = 1,
	.private_words = words,
	.n_private_words = COUNT(words),
	.bridge = "meet.example.net/war",
	.brand = { .name = "Example" },
};

static struct lint_scene
scene(enum disclosure how)
{
	return (struct lint_scene){ .conf = &conf,
		.disclosure = how,
		.now = NOW,
		.n_posts = 1 };
}

static struct draft
draft(const char *text)
{
	return (struct draft){ .title = "Email Cluster B: some logins fail",
		.text = text,
		.state = STATE_INVESTIGATING,
		.components = "email-b=partial_outage",
		.promise = { PROMISE_AFTER, 3600 } };
}

/* "host ns7; ask" as "host:ns7 " of every mark, in the order that they have. */
static char *
said(struct arena *mem, const struct lint_scene *s, const struct draft *x)
{
	struct buf b = BUF_INIT;
	struct lint_mark *m;
	size_t n = lint(mem, s, x, &m);
	char *out;

	for (size_t i = 0; i < n; i++)
		buf_printf(&b, "%s%s:%s", i == 0 ? "" : "; ", m[i].rule,
		    m[i].words);
	out = arena_copy(mem, b.data, b.len);
	buf_free(&b);
	return out;
}

static void
check(const char *text, enum disclosure how, const char *want)
{
	struct arena *mem = arena_new();
	const struct lint_scene s = scene(how);
	const struct draft x = draft(text);
	const char *got = said(mem, &s, &x);

	if (strcmp(got, want) != 0)
		fail_msg("\"%s\"\n  gives %s\n  wanted %s", text, got, want);
	arena_free(mem);
}

struct sample {
	const char *text, *marks;
};

static const struct sample samples[] = {
	/* clang-format off */
	/* credentials and keys */
	{ "Log in with password: hunter22!", "credential:password: hunter22!" },
	{ "The password is Tr0ub4dor3.", "credential:password is Tr0ub4dor3" },
	{ "pw=geheim", "credential:pw=geheim" },
	{ "password: correcthorse\n\nThanks.", "credential:password: correcthorse" },
	{ "api_key=0f9a8b7c6d", "credential:key=0f9a8b7c6d" },
	{ "PIN: 4821", "credential:PIN: 4821" },
	{ "Use AKIAIOSFODNN7EXAMPLE here", "credential:AKIAIOSFODNN7EXAMPLE" },
	{ "-----BEGIN OPENSSH PRIVATE KEY-----\nb3Bl", "key:-----BEGIN OPENSSH PRIVATE KEY-----" },
	{ "ssh-ed25519 AAAAC3NzaC1lZDI1 me", "key:ssh-ed25519 AAAAC3NzaC1lZDI1 me" },
	{ "hash 9f86d081884c7d659a2feaa0c55ad015", "random:9f86d081884c7d659a2feaa0c55ad015" },
	{ "Send Authorization: Bearer ZNLikDNWMj5829xQqfrz again.", "credential:Bearer ZNLikDNWMj5829xQqfrz" },
	{ "The login of Webmail2026 and its token are late.", "" },
	{ "Password resets are late.", "" },
	{ "We send the password by mail.", "" },
	{ "Password: resets are late.", "" },
	{ "The token is expired for some.", "" },
	{ "API keys: creating them fails.", "" },
	{ "Secret scanning is slow.", "" },
	{ "https://docs.example.org/a1B2c3D4e5F6g7H8i9J0k1/start", "" },

	/* what isn't for the public, what was quoted, what wasn't filled in */
	{ "[INTERNAL] we look", "internal:[INTERNAL]" },
	{ "Do not publish this yet.", "internal:Do not publish" },
	{ "From: NOC One\nSent: today\n\nLook", "quoted:From: NOC One Sent: today" },
	{ "On 4 March, a colleague wrote:\n> it is down", "quoted:On 4 March, a colleague wrote:" },
	{ "From: 14:00 UTC it was slow.", "" },
	{ "We look into {{component}}.", "placeholder:{{component}}" },
	{ "Next news at <time> UTC.", "markup:<time>" },
	{ "Affected: [insert services here]", "placeholder:[insert services here]" },
	{ "The cause is TBD.", "placeholder:TBD" },
	{ "XXX is slow", "placeholder:XXX" },
	{ "From XX:XX UTC on", "placeholder:XX:XX" },
	{ "See [time table](https://example.org/t).", "" },
	{ "An ![image](https://example.org/x.png)", "markup:![image](https://example.org/x.png)" },
	{ "A <b>bold</b> word", "markup:<b>" },
	{ "See <https://example.org/>.", "" },
	{ "", "empty:" },

	/* networks, machines, places */
	{ "It is 192.0.2.17 again", "address:192.0.2.17" },
	{ "10.20.0.0/16 is hit", "address:10.20.0.0/16" },
	{ "from 192.168.4.x", "address:192.168.4.x" },
	{ "from 10[.]1[.]2[.]3", "address:10[.]1[.]2[.]3" },
	{ "2001:db8::17 is hit", "address:2001:db8::17" },
	{ "card 00:1b:44:11:3a:b7", "address:00:1b:44:11:3a:b7" },
	{ "version 1.2.3.4 is out", "" },
	{ "at 12:30:45 UTC", "" },
	{ "Restart of mbx-b07.int.", "host:mbx-b07.int" },
	{ "ns7 and ldap03 are back", "host:ns7; host:ldap03" },
	{ "web-03, SRV-TOR-DC01 and core-sw2", "host:web-03; host:SRV-TOR-DC01; host:core-sw2" },
	{ "gate.bb.example.org is up", "host:gate.bb.example.org" },
	{ "shelf-nine is up", "host:shelf-nine" },
	{ "at fileserver.corp we see", "host:fileserver.corp" },
	{ "a.b.c.example.net is up", "host:a.b.c.example.net" },
	{ "mail.example.net is up, so is imap.example.net", "" },
	{ "ns2.example.net is slow", "" },
	{ "POP3 and IMAP4 work, UTF-8 too, in eu-west-1 and westus2", "" },
	{ "macos-15-arm64 and node20 jobs", "" },
	{ "the P99 is 4 s, 2FA works", "" },
	{ "https://grafana.example.net/d/9", "url:https://grafana.example.net/d/9" },
	{ "see jira.example.net/browse", "url:jira.example.net/browse" },
	{ "http://wiki/Runbook", "url:http://wiki/Runbook" },
	{ "https://x.slack.com/a/b", "url:https://x.slack.com/a/b" },
	{ "ssh://mail.example.net/", "url:ssh://mail.example.net/" },
	{ "https://panel.example.net:8443/", "url:https://panel.example.net:8443/" },
	{ "join meet.example.net/war now", "url:meet.example.net/war" },
	{ "https://www.example.net/help and https://status.example/incident/2026/0042/", "" },
	{ "write to dba@example.net", "mail:dba@example.net" },
	{ "write to support2@example.net", "mail:support2@example.net" },
	{ "write to support@example.net or resellers@example.net", "" },
	{ "call +1 416 555 0134", "phone:+1 416 555 0134" },
	{ "or (416) 555-0134 then", "phone:(416) 555-0134" },
	{ "416-555-0134", "phone:416-555-0134" },
	{ "ring 020 7946 0018", "phone:020 7946 0018" },
	{ "On 2026-03-04 1,200,000 mails in 30 - 45 min, 99.95 %", "" },
	{ "version 5.12.1 of the extension 1.18.1", "" },

	/* people, customers, tickets */
	{ "Jane Doerksen restarts it", "person:Jane Doerksen" },
	{ "With Doerksen we look", "person:Doerksen" },
	{ "jdoe restarts it", "person:jdoe" },
	{ "We will mark it as done. May we? One of two.", "" },
	{ "Some of Acme Hosting", "customer:Acme Hosting" },
	{ "ACME HOSTING, AcmeHosting and acme-hosting", "customer:ACME HOSTING; customer:AcmeHosting; customer:acme-hosting" },
	{ "Nordstern's mail, Quayside's too", "customer:Nordstern; customer:Quayside" },
	{ "A blue bird, a heron, an acme", "" },
	{ "Change CHG-1188 and OPS-42", "ticket:CHG-1188; ticket:OPS-42" },
	{ "ticket 48213, RT #77, INC0012345", "ticket:ticket 48213; ticket:RT #77; ticket:INC0012345" },
	{ "PR-2474, INC-2026-0042, MNT-2026-0013", "" },
	{ "GPT-4, SHA-256, COVID-19, ISO-8859-1, TLS-1", "" },
	{ "in that case 5000 users see it", "" },

	/* attacks and suppliers */
	{ "Downloads fail (401 Unauthorized)", "" },
	{ "It was unauthorised access to mail", "attack:unauthorised access" },
	{ "A DDoS attack goes on", "attack:DDoS; attack:attack" },
	{ "We are flooded", "attack:flooded" },
	{ "a DNS amplification", "attack:DNS amplification" },
	{ "with write and retry amplification", "" },
	{ "a zero-day exploit, CVE-2026-12345", "cve:CVE-2026-12345; attack:zero-day; attack:exploit" },
	{ "hackathon, dos and don'ts, secure", "" },
	{ "Cisco says so", "vendor:Cisco" },
	{ "our Juniper and AT&T", "vendor:Juniper; vendor:AT&T" },
	{ "juniper bushes, a cogent word, dell", "" },
	{ "Cloudflare Proxy is slow", "" },
	{ "Google Chrome and Microsoft Outlook show it", "" },
	{ "It is a mistake by Initech", "blame:mistake by Initech" },
	{ "our carrier Globex is down", "blame:carrier Globex" },
	{ "Initech's fault", "" /* begins a sentence: any word might */ },
	{ "This is Initech's fault", "blame:Initech's fault" },

	/* times */
	{ "At 17:32 PM UTC it began", "clock:17:32 PM" },
	{ "At 5:32 PM UTC it began", "" },
	{ "It began at 14:05.", "zone:14:05" },
	{ "Between 14:05 and 15:00 UTC", "" },
	{ "From 14:05 HNE on", "" },
	{ "Between 14:42UTC and 18:05UTC", "" },
	{ "At 14:42Z, or at 1442 for some", "" },
	{ "From 14:05 UTC on. At 15:00 more.", "" },
	{ "All times are UTC. It began at 14:05.", "" },
	{ "It took 01:20.", "" },
	{ "On Tuesday, 4 March 2026", "weekday:Tuesday, 4 March 2026" },
	{ "On Wednesday, 4 March 2026", "" },
	{ "Thu March 4th", "weekday:Thu March 4th" },
	{ "Wed 2026-03-04", "" },
	{ "On Wednesday, December 31st", "" },
	{ "It will be fixed within 10 minutes.", "promise:within 10 minutes" },
	{ "Fixed within 10 minutes!", "promise:within 10 minutes" },
	{ "We expect to be back by 5pm UTC", "promise:by 5pm" },
	{ "ETA 20m", "promise:ETA 20m" },
	{ "We will post an update within 30 minutes.", "" },
	{ "It was restored within 10 minutes.", "" },
	{ "Logins recovered by 14:05 UTC.", "" },
	{ "Mail is late by 2 hours and will be back.", "" },

	/* other spellings of the same: invisible, alike, wide, broken */
	{ "Cis\xc2\xad" "co, Ju\xe2\x80\x8dniper", "vendor:Cisco; vendor:Juniper" },
	{ "An \xd0\xb0ttack", "attack:\xd0\xb0ttack" },
	{ "\xd0\xa1isco, \xef\xbc\xa6\xef\xbd\x8f\xef\xbd\x92\xef\xbd\x94\xef\xbd\x89\xef\xbd\x8e\xef\xbd\x85\xef\xbd\x94", "vendor:\xd0\xa1isco; vendor:\xef\xbc\xa6\xef\xbd\x8f\xef\xbd\x92\xef\xbd\x94\xef\xbd\x89\xef\xbd\x8e\xef\xbd\x85\xef\xbd\x94" },
	{ "at 198\xe3\x80\x82" "51\xe3\x80\x82" "100\xe3\x80\x82" "23", "address:198\xe3\x80\x82" "51\xe3\x80\x82" "100\xe3\x80\x82" "23" },
	{ "Acme\xc2\xa0Hosting", "customer:Acme Hosting" },
	{ "see OPS\xe2\x80\x91" "4411", "ticket:OPS\xe2\x80\x91" "4411" },
	{ "Cause: T\xe2\x80\x8b" "BD.", "placeholder:TBD" },
	{ "an a&#116;tack, ran&shy;somware", "attack:a&#116;tack; attack:ran&shy;somware" },
	{ "at 192\\.0\\.2\\.1", "address:192\\.0\\.2\\.1" },
	{ "an att**ack**", "attack:att**ack" },
	{ "a vulnera-\nbility", "attack:vulnera- bility" },
	{ "\xd0\xa0\xd0\xb0\xd0\xb1\xd0\xbe\xd1\x82\xd0\xb0, an A\xc2\xadrea, 5 \xc2\xb0" "C", "" },

	/* other languages */
	{ "Ein \xc3\x9c" "berlastungsangriff", "attack:\xc3\x9c" "berlastungsangriff" },
	{ "un deni de service, un d\xc3\xa9ni de service", "attack:deni de service; attack:d\xc3\xa9ni de service" },
	{ "Das Passwort lautet Wint3r!26", "credential:Passwort lautet Wint3r!26" },
	{ "Le mot de passe est Ete2026#", "credential:passe est Ete2026#" },
	{ "ticket n\xc2\xb0 55121, chamado 99812", "ticket:ticket n\xc2\xb0 55121; ticket:chamado 99812" },
	{ "\xc3\xa0 14h32 et", "zone:14h32" },
	{ "um 14.32 Uhr", "zone:14.32" },
	{ "\xc3\xa0 14h32, heure de Paris", "" },
	{ "Freitag, 5. M\xc3\xa4rz 2026", "weekday:Freitag, 5. M\xc3\xa4rz 2026" },
	{ "quarta-feira, 4 de mar\xc3\xa7o de 2026", "" },
	{ "sexta-feira, 4 de mar\xc3\xa7o de 2026", "weekday:sexta-feira, 4 de mar\xc3\xa7o de 2026" },
	{ "Le service sera r\xc3\xa9tabli d'ici une heure.", "promise:ici une heure" },
	{ "Die St\xc3\xb6rung wurde in zwei Stunden behoben.", "" },
	{ "Wir melden uns in zwei Stunden, bis dahin ist es langsam.", "" },

	/* what an inside is made of */
	{ "srv-dus-ora12, haproxy-ext-b, db-prod-master, rdns01", "host:srv-dus-ora12; host:haproxy-ext-b; host:db-prod-master; host:rdns01" },
	{ "mail-server, API-Gateway, day01, http2, oauth2", "" },
	{ "card 001b.4411.3ab7", "address:001b.4411.3ab7" },
	{ "in /etc/postfix/main.cf and #noc-war-room", "url:/etc/postfix/main.cf; url:#noc-war-room" },
	{ "24/7, and/or, TCP/IP #outage", "" },
	{ "ask oncall(at)example.net", "mail:oncall(at)example.net" },
	{ "ext. 4471", "phone:4471" },
	{ "ops/infra#312, request !2231", "ticket:ops/infra#312; ticket:!2231" },
	{ "Bearer 8f14e45fceea167a5a36dedd4bea2543", "credential:Bearer 8f14e45fceea167a5a36dedd4bea2543" },
	{ "of Colomax GmbH, caused by Brightwave Fibre", "vendor:Colomax GmbH; blame:caused by Brightwave Fibre" },
	{ "by __SERVICE__ at ??:??", "placeholder:__SERVICE__; placeholder:??:" },
	{ "The {service} is down, see /domains/{id}.", "placeholder:{service}" },
	{ "https://status-internal.example.net/x", "url:https://status-internal.example.net/x" },
	{ "O servico ser\xc3\xa1 normalizado at\xc3\xa9 as 18:00 UTC.", "promise:at\xc3\xa9 as 18:00" },
	{ "Am 4.3. schrieb NOC:\n> x", "quoted:Am 4.3. schrieb NOC:" },
	/* clang-format on */
};

static void
words_are_marked_and_others_not(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(samples); i++)
		check(samples[i].text, DISCLOSURE_FULL, samples[i].marks);
}

/* Guarded, what else would be asked is in the way, and so are details. */
static void
limited_disclosure_is_stricter(void **state)
{
	static const char *const leaks[] = { "a flood", "140 Gbps", "ns2 is up",
		"the target is hidden", "10.0.0.1", "Jane Doerksen",
		"Acme Hosting", "CHG-1188", "Cisco", "CVE-2026-1",
		"dba@example.net", "our carrier Globex" };
	static const char *const others[] = { "It began at 14:05.",
		"Tuesday, 4 March 2026", "Will be fixed within 10 minutes" };
	const struct lint_scene s = scene(DISCLOSURE_LIMITED);
	struct arena *mem = arena_new();
	struct lint_mark *m;

	(void)state;
	for (size_t i = 0; i < COUNT(leaks); i++) {
		const struct draft x = draft(leaks[i]);
		size_t n = lint(mem, &s, &x, &m);

		if (lint_worst(m, n) != LINT_BLOCK)
			fail_msg("%s isn't blocked", leaks[i]);
	}
	for (size_t i = 0; i < COUNT(others); i++) {
		const struct draft x = draft(others[i]);
		size_t n = lint(mem, &s, &x, &m);

		assert_int_equal(lint_worst(m, n), LINT_ASK);
	}
	check("140 Gbps reach the target", DISCLOSURE_FULL, "");
	arena_free(mem);
}

static void
every_field_is_read(void **state)
{
	struct arena *mem = arena_new();
	const struct lint_scene s = scene(DISCLOSURE_FULL);
	struct draft x = draft("Fine.");
	struct lint_mark *m;
	const char **const fields[] = { &x.title, &x.impact_text,
		&x.reseller_impact, &x.enduser_impact, &x.workaround,
		&x.lasting, &x.review.cause, &x.review.fix,
		&x.review.prevention, &x.review.problem, &x.reason, &x.social };
	static const char *const names[] = { "Title", "Service impact",
		"Impact for resellers", "Impact for end users", "Workaround",
		"Lasting effects", "Cause", "Fix", "Prevention", "Problem",
		"Reason", "Social" };

	(void)state;
	for (size_t i = 0; i < COUNT(fields); i++) {
		const char *old = *fields[i];

		*fields[i] = "see\nnow 192.0.2.17";
		assert_int_equal(lint(mem, &s, &x, &m), 1);
		assert_string_equal(m[0].field, names[i]);
		assert_int_equal(m[0].line, 2);
		assert_int_equal(m[0].at, 8);
		assert_int_equal(m[0].len, 10);
		*fields[i] = old;
	}
	arena_free(mem);
}

static void
stock_text_is_never_marked(void **state)
{
	static const char *sentence = "An attack on ns7 by Cisco at 14:05.";
	struct arena *mem = arena_new();
	struct lint_scene s = scene(DISCLOSURE_LIMITED);
	struct draft x = draft(sentence);

	(void)state;
	x.stock = true;
	assert_string_equal(said(mem, &s, &x), "");
	x.stock = false;
	s.stock = &sentence;
	s.n_stock = 1;
	x.text = arena_printf(mem, "%s\n\nIt takes more time.", sentence);
	assert_string_equal(said(mem, &s, &x), "");
	arena_free(mem);
}

static void
the_event_is_known(void **state)
{
	struct arena *mem = arena_new();
	struct lint_scene s = scene(DISCLOSURE_FULL);
	struct draft x = draft("All is well.");

	(void)state;
	x.state = STATE_RESOLVED;
	assert_string_equal(said(mem, &s, &x),
	    "red:Email Cluster B: Partial outage");
	s.n_posts = 0; /* the first and last word on it */
	assert_string_equal(said(mem, &s, &x), "");
	s.n_posts = 1;
	x.components = "email-b=operational";
	assert_string_equal(said(mem, &s, &x), "");
	x.components = "gone=operational";
	assert_string_equal(said(mem, &s, &x), "component:gone");

	x = draft("We look into it.");
	s.n_posts = 0;
	assert_string_equal(said(mem, &s, &x), "no-impact:");
	x.enduser_impact = "Logins fail.";
	assert_string_equal(said(mem, &s, &x), "");
	x.promise.kind = PROMISE_NONE;
	assert_string_equal(said(mem, &s, &x), "no-next:");
	x = draft("Any inconvenience is regretted.");
	s.n_posts = 1;
	assert_string_equal(said(mem, &s, &x), "apology:");
	x.text = "We are sorry for the inconvenience.";
	s.last_title = "Another";
	assert_string_equal(said(mem, &s, &x), "title:Another");
	arena_free(mem);
}

static void
words_of_notes_are_known_again(void **state)
{
	static const char *note =
	    "we found\nthat the pool was too SMALL for Monday's load, so";
	static const char *proposal =
	    "x\n--- public ---\nwe found that the pool was too small for "
	    "Monday's load";
	struct arena *mem = arena_new();
	struct lint_scene s = scene(DISCLOSURE_FULL);
	struct draft x =
	    draft("As told: **We found that the pool** was too small for all.");

	(void)state;
	s.notes = &note;
	s.n_notes = 1;
	assert_string_equal(said(mem, &s, &x),
	    "echo:We found that the pool** was too small for");
	x.text = "We found that the pool was too narrow for all of it.";
	assert_string_equal(said(mem, &s, &x), "");
	x.text = "We found that the pool was too small for all.";
	s.told = &x.text; /* it was public before */
	s.n_told = 1;
	assert_string_equal(said(mem, &s, &x), "");
	s.n_told = 0;
	s.notes = &proposal;
	assert_string_equal(said(mem, &s, &x), "");
	arena_free(mem);
}

static void
a_long_text_is_asked_about(void **state)
{
	struct arena *mem = arena_new();
	struct lint_scene s = scene(DISCLOSURE_FULL);
	struct draft x = draft("");
	struct lint_mark *m;
	struct buf b = BUF_INIT;

	(void)state;
	while (b.len < 3000)
		buf_str(&b, "\xc3\xa9");
	x.text = b.data;
	assert_int_equal(lint(mem, &s, &x, &m), 0);
	buf_str(&b, "x");
	x.text = b.data;
	assert_int_equal(lint(mem, &s, &x, &m), 1);
	assert_string_equal(m[0].rule, "long");
	buf_str(&b, " ns7");
	x.text = b.data;
	assert_string_equal(said(mem, &s, &x) + strlen(said(mem, &s, &x)) - 8,
	    "host:ns7");
	buf_cut(&b, b.len - 4);
	s.report = true;
	assert_int_equal(lint(mem, &s, &x, &m), 0);
	buf_free(&b);
	arena_free(mem);
}

/* A yes is for the marks that its preview showed, and no more. */
static void
a_yes_is_bound_to_what_was_shown(void **state)
{
	struct arena *mem = arena_new();
	const struct lint_scene s = scene(DISCLOSURE_FULL);
	struct draft x = draft("Cisco, and CHG-1188");
	struct lint_mark *m;
	size_t n = lint(mem, &s, &x, &m);
	const char *shown = lint_shown(mem, m, n);

	(void)state;
	assert_string_equal(shown, "ticket: chg-1188\nvendor: cisco\n");
	assert_true(lint_was_shown(mem, m, n, shown));
	assert_true(lint_was_shown(mem, m, 0, ""));
	assert_false(lint_was_shown(mem, m, n, ""));
	assert_false(lint_was_shown(mem, m, n, "ticket: chg-1188\n"));
	x.text = "All is well, says Cisco.";
	n = lint(mem, &s, &x, &m);
	assert_true(lint_was_shown(mem, m, n, shown));
	arena_free(mem);
}

/* However many there are, the gravest stay. */
static void
the_gravest_stay(void **state)
{
	struct arena *mem = arena_new();
	const struct lint_scene s = scene(DISCLOSURE_FULL);
	struct buf b = BUF_INIT;
	struct lint_mark *m;
	struct draft x;

	(void)state;
	for (int i = 1; i < 200; i++)
		buf_printf(&b, "10.0.0.%d\n", i);
	buf_str(&b, "{{hole}} here");
	x = draft(b.data);
	assert_int_equal(lint(mem, &s, &x, &m), LINT_MOST);
	assert_int_equal(m[0].class, LINT_BLOCK);
	assert_string_equal(m[0].rule, "placeholder");
	buf_free(&b);
	arena_free(mem);
}

static void
attacks_are_told_from_notes(void **state)
{
	struct arena *mem = arena_new();

	(void)state;
	assert_true(lint_says_attack(mem, "Reflected UDP flood at ns2"));
	assert_true(lint_says_attack(mem, "patched CVE-2026-1"));
	assert_false(lint_says_attack(mem, "pool restarted on mbx-b07.int"));
	assert_false(lint_says_attack(mem, ""));
	arena_free(mem);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_are_marked_and_others_not),
		cmocka_unit_test(limited_disclosure_is_stricter),
		cmocka_unit_test(every_field_is_read),
		cmocka_unit_test(stock_text_is_never_marked),
		cmocka_unit_test(the_event_is_known),
		cmocka_unit_test(words_of_notes_are_known_again),
		cmocka_unit_test(a_long_text_is_asked_about),
		cmocka_unit_test(a_yes_is_bound_to_what_was_shown),
		cmocka_unit_test(the_gravest_stay),
		cmocka_unit_test(attacks_are_told_from_notes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
