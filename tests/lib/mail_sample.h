/* A small company and a mail, for tests of the mail language. */
#ifndef TESTS_MAIL_SAMPLE_H
#define TESTS_MAIL_SAMPLE_H

#include "base/limits.h"
#include "base/when.h"
#include "model/conf.h"
#include "model/message.h"

#define SAMPLE_DATE "2026-03-04T14:06:12Z"

static inline void
sample_conf(struct conf *out)
{
	static const char *cluster_b[] = { "cluster b", "mail b" };
	static const char *registrar[] = { "api", "srs" };
	static const char *dns[] = { "dns" };
	static struct component components[] = {
		{ "email-a", "Email Cluster A", "Email", NULL, 0, true, "", 0 },
		{ "email-b", "Email Cluster B", "Email", cluster_b, 2, true, "",
		    0 },
		{ "webmail", "Webmail", "", NULL, 0, true, "", 0 },
		{ "dns-hosting", "DNS Hosting", "", dns, 1, true, "", 0 },
		{ "registrar-api", "Registrar API", "", registrar, 2, true, "",
		    0 },
	};
	static const char *noc_at[] = { "noc1@example.net" };
	static const char *comms_at[] = { "comms1@example.net" };
	static const char *lead_at[] = { "commslead@example.net" };
	static struct person persons[] = {
		{ .slug = "noc1",
		    .name = "NOC One",
		    .addresses = noc_at,
		    .n_addresses = 1,
		    .roles = ROLE_NOC,
		    .timezone = "America/Toronto",
		    .language = "en" },
		{ .slug = "comms1",
		    .name = "Comms One",
		    .addresses = comms_at,
		    .n_addresses = 1,
		    .roles = ROLE_COMMS,
		    .timezone = "UTC",
		    .language = "en" },
		{ .slug = "commslead",
		    .name = "Lena Fischer",
		    .addresses = lead_at,
		    .n_addresses = 1,
		    .roles = ROLE_COMMS_LEAD,
		    .timezone = "Europe/Berlin",
		    .language = "en" },
	};
	static struct list lists[] = { { .slug = "example-status" },
		{ .slug = "resellers-fr" } };
	static struct zone_word zones[] = { { "EST", "America/Toronto" } };
	static const char *banners[] = { "[EXTERNAL]", "CAUTION:" };

	*out = (struct conf){ .limits = LIMITS_DEFAULT,
		.timezone = "UTC",
		.components = components,
		.n_components = 5,
		.persons = persons,
		.n_persons = 3,
		.lists = lists,
		.n_lists = 2,
		.zones = zones,
		.n_zones = 1,
		.banners = banners,
		.n_banners = 2,
		.brand = { "wholesale", "Example", "" } };
}

static inline void
sample_message(const char *subject, const char *reply, struct message *out)
{
	*out = (struct message){ .limit = "",
		.from_address = "",
		.from_name = "",
		.subject = subject,
		.mid = "",
		.reply = reply,
		.quoted = "",
		.n_from = 1 };
	out->dated = when_read_rfc3339(SAMPLE_DATE, &out->date);
}

#endif
