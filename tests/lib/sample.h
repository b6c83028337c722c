/*
 * Public papers made by hand, for tests of what is rendered: a configuration
 * with a list, and the incident of the worked example up to its correction.
 */
#ifndef SAMPLE_H
#define SAMPLE_H

#include <stdint.h>

#include "base/limits.h"
#include "base/log.h"
#include "flow/texts.h"
#include "model/conf.h"
#include "model/public_update.h"

enum {
	SAMPLE_STARTED = 1772632920, /* 4 Mar 2026 14:02 UTC */
	SAMPLE_POSTED = 1772634280,  /* 14:24:40 */
};

static const char *sample_zones[] = { "America/Toronto", "Europe/Paris" };

static struct component sample_components[] = {
	{ "email-a", "Email Cluster A", "Email", NULL, 0, true, "", 0 },
	{ "email-b", "Email Cluster B", "Email", NULL, 0, true, "", 0 },
	{ "webmail", "Webmail", "Email", NULL, 0, true, "", 0 },
	{ "api", "Registration API", "Domains", NULL, 0, true, "", 0 },
	{ "dns", "DNS hosting", "Domains", NULL, 0, true, "", 0 },
	{ "lab", "Laboratory", "Domains", NULL, 0, false, "", 0 },
};

static struct list sample_list = {
	.slug = "example-status",
	.from = "Example Status <status@status.example>",
	.from_address = "status@status.example",
	.reply_to = "support@example.net",
	.description = "",
	.language = "en",
	.prefix = "",
	.timezones = sample_zones,
	.n_timezones = 2,
	.kind = LIST_OPEN,
	.subject = SUBJECT_STATE,
};

static inline struct conf
sample_conf(const char *templates, const char *state)
{
	return (struct conf){
		.limits = LIMITS_DEFAULT,
		.state = state,
		.domain = "in.status.example",
		.url = "https://status.example/",
		.templates = templates,
		.host = "status.example",
		.timezone = "UTC",
		.status_from = "Status desk <incident@in.status.example>",
		.status_address = "incident@in.status.example",
		.delimiter = "+",
		.components = sample_components,
		.n_components = 6,
		.brand = { "wholesale", "Example",
		    "We are sorry for the trouble this has caused." },
		.lists = &sample_list,
		.n_lists = 1,
	};
}

static struct public_component sample_hurt[] = {
	{ "email-b", "Email Cluster B", LEVEL_PARTIAL },
	{ "email-a", "Email Cluster A", LEVEL_OPERATIONAL },
};
static struct public_component sample_better[] = {
	{ "email-b", "Email Cluster B", LEVEL_DEGRADED },
	{ "webmail", "Webmail", LEVEL_DEGRADED },
};
static struct public_component sample_well[] = {
	{ "email-b", "Email Cluster B", LEVEL_OPERATIONAL },
	{ "webmail", "Webmail", LEVEL_OPERATIONAL },
};
static struct public_component sample_ever[] = {
	{ "email-b", "Email Cluster B", LEVEL_PARTIAL },
	{ "webmail", "Webmail", LEVEL_DEGRADED },
	{ "email-a", "Email Cluster A", LEVEL_OPERATIONAL },
};

/* u1, u2, u2r2, u3, u4 (resolved): n of them. */
static inline struct public_event
sample_event(struct public_update out[5], size_t n)
{
	struct public_update base = {
		.event = "INC-2026-0042",
		.year = 2026,
		.number = 42,
		.u = 1,
		.r = 1,
		.kind = POST_UPDATE,
		.state = STATE_INVESTIGATING,
		.impact = IMPACT_MAJOR,
		.title = "Email Cluster B – some logins failing",
		.text = "We are investigating a problem with logins to "
			"mailboxes on **Email Cluster B**.\nOur operations "
			"team is restoring capacity. Cluster A isn’t "
			"affected.",
		.lang = "en",
		.impact_text = "",
		.reseller_impact = "The mail administration panel works "
				   "normally.",
		.enduser_impact = "About half of IMAP, POP and Webmail logins "
				  "on Cluster B time out; inbound mail is "
				  "accepted and queued.",
		.workaround = "",
		.social = "",
		.lasting = "",
		.review = REVIEW_NONE,
		.components = sample_hurt,
		.n_components = 2,
		.started = SAMPLE_STARTED,
		.posted = SAMPLE_POSTED,
		.first_posted = SAMPLE_POSTED,
		.next_update = SAMPLE_STARTED + 8520,
		.reason = "",
		.hash = "9f2c41d07be31f70a2c5d7a1",
	};
	struct public_event e = { .event = base.event,
		.year = 2026,
		.number = 42,
		.title = base.title,
		.first_title = base.title,
		.impact = IMPACT_MAJOR,
		.peak = IMPACT_MAJOR,
		.started = base.started,
		.updates = out,
		.n_updates = n,
		.components = sample_ever,
		.n_components = 3 };

	for (int i = 0; i < 5; i++)
		out[i] = base;
	for (int i = 1; i < 5; i++) {
		out[i].enduser_impact = out[i].reseller_impact = "";
		out[i].components = sample_better;
		out[i].impact = IMPACT_MINOR;
	}
	out[1].u = out[2].u = 2;
	out[1].state = out[2].state = STATE_IDENTIFIED;
	out[1].posted = out[1].first_posted = out[2].first_posted =
	    SAMPLE_STARTED + 68 * 60;
	out[1].next_update = out[2].next_update = SAMPLE_STARTED + 178 * 60;
	out[1].text = "We have found the cause and are reversing a software "
		      "update in our login service. Most logins succeed again; "
		      "some may still be slow.";
	out[2].r = 2;
	out[2].posted = SAMPLE_STARTED + 89 * 60;
	out[2].reason = "Webmail is still affected, we said most logins "
			"succeed";
	out[2].text = "We have found the cause and are reversing a software "
		      "update in our login service. IMAP and POP logins "
		      "succeed again. **Webmail logins are still failing.**";
	out[3].u = 3;
	out[3].state = STATE_MONITORING;
	out[3].posted = out[3].first_posted = SAMPLE_STARTED + 103 * 60;
	out[3].next_update = SAMPLE_STARTED + 200 * 60;
	out[3].text = "A fix is in place. We are watching Email Cluster B and "
		      "Webmail to make sure it holds.";
	out[4].u = 4;
	out[4].state = STATE_RESOLVED;
	out[4].impact = IMPACT_NONE;
	out[4].posted = out[4].first_posted = SAMPLE_STARTED + 130 * 60;
	out[4].ended = SAMPLE_STARTED + 123 * 60;
	out[4].next_update = 0;
	out[4].components = sample_well;
	out[4].lasting = "None; no mail was lost.";
	out[4].text = "This problem is over. Email Cluster B and Webmail have "
		      "worked normally since 16:05 UTC.";
	e.state = out[n - 1].state;
	e.impact = out[n - 1].impact;
	e.ended = out[n - 1].ended;
	e.next_update = out[n - 1].next_update;
	return e;
}

/* Reads what isn't read of its texts. */
static inline void
sample_read(struct job *j, struct public_event *e)
{
	if (e->n_updates == 0 || e->updates[e->n_updates - 1].prose != NULL)
		return;
	if (texts_read(j, &(const struct limits)LIMITS_DEFAULT, &e, 1) != ST_OK)
		die("%s", j->why);
}

#endif
