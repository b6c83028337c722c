/*
 * What the configuration says: sitrep.conf and lists/NAME.conf, read once,
 * checked, then only read.  Everything lives in the arena given to
 * conf_load().  Names and defaults are those of sitrep.conf(5).  Strings are
 * never NULL unless said so; arrays have their count beside them.
 */
#ifndef MODEL_CONF_H
#define MODEL_CONF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/job.h"
#include "base/limits.h"
#include "model/words.h"

struct component {
	const char *slug, *name, *group; /* group "" if none */
	const char **aliases;
	size_t n_aliases;
	bool visible;
	const char *since; /* as written, "" if not given */
	int64_t born;      /* midnight UTC of it; 0: not given */
};

struct person {
	const char *slug, *name; /* noc1, "NOC One" */
	const char **addresses;  /* the first is the registered one */
	size_t n_addresses;
	unsigned roles; /* enum role bits */
	const char *timezone, *language;
	const char **page; /* an address, or "|command" */
	size_t n_page;
	const char **keys;
	size_t n_keys;
};

struct severity { /* seconds; 0 means at once; -1 means never */
	int64_t handoff, ack, first_post, cadence, cadence_max, preview, dwell,
	    sitrep, postmortem;
	size_t levels; /* how high the clock climbs: 1 to 3 */
	bool office;   /* T2 to T4 count in office hours */
};

enum noc_may { /* publish, once nobody of Marketing has answered */
	NOC_MAY_OFF,
	NOC_MAY_STOCK, /* the stock text */
	NOC_MAY_FULL,  /* also a draft with own words that waits */
};

enum two_person {             /* what two persons are needed for, bits */
	TWO_LIMITED = 1 << 0, /* own words while disclosure is limited */
	TWO_REDACT = 1 << 1,
	TWO_SEV1 = 1 << 2, /* own words of SEV1 */
};

struct office {              /* when people of SEV4 work, in their own zone */
	unsigned days;       /* bits, 1 << weekday */
	int64_t from, until; /* seconds of the day */
};

struct zone_word { /* an abbreviation that this company uses */
	const char *word, *zone;
};

struct moved { /* a page that was elsewhere: "/old/path" */
	const char *from, *to;
};

enum list_kind { LIST_OPEN, LIST_ACCOUNT, LIST_INTERNAL };
enum list_subject { SUBJECT_STATE, SUBJECT_STABLE };
/* A daily one has a weekly one beside it. */
enum list_digest { DIGEST_NONE, DIGEST_WEEKLY, DIGEST_DAILY };

struct list {
	const char *slug; /* example-status */
	const char *from; /* "Example Status <status@status.example>" */
	const char *from_address;
	const char *reply_to, *description, *language, *prefix;
	const char **timezones; /* shown after UTC, at most 3 */
	size_t n_timezones;
	const char **topics; /* component slugs or groups; none: all */
	size_t n_topics;
	enum list_kind kind;
	enum list_subject subject;
	enum list_digest digest;
	int digest_minute; /* after midnight, conf_list_zone() */
};

struct brand {                   /* one, made from `brand` or defaults */
	const char *slug, *name; /* wholesale, "Example" */
	const char *apology;     /* a line of a resolved mail, "" if none */
};

struct conf {
	const char *path; /* of the file read, for messages */
	const char *state, *domain, *url, *templates, *lists_dir, *rota_path;
	const char *host; /* host part of url: HOST of every id we make */
	const char *timezone, *authserv;
	bool trust_open, allow_clock, own_copies;
	bool encrypt;        /* mail to people who have a key */
	const char **relays; /* smtp://HOST:PORT or spool:DIR */
	size_t n_relays;
	const char *lmtp, *lmtp_group, *http;
	const char **own_domains;
	size_t n_own_domains;
	const char *
	    *internal_hosts; /* patterns: a regular expression, or *.x */
	size_t n_internal_hosts;
	const char **private_words; /* names that nothing public has */
	size_t n_private_words;
	const char *owner, *admin, *status_from, *noc_list;
	const char *status_address; /* address part of status_from */
	const char *delimiter;      /* recipient delimiter, "+" */
	const char **banners;       /* phrases of "[EXTERNAL]" banners */
	size_t n_banners;
	const char **disclaimers; /* phrases that open a legal footer */
	size_t n_disclaimers;
	int64_t max_mail;
	struct limits limits; /* base/limits.h */
	int64_t silence;      /* seconds without mail; -1: not watched */
	int64_t selftest;     /* seconds between two self-tests in it */
	int64_t clock_rate;   /* seconds of ours in one of the machine's */
	int64_t confirm_rate; /* questions to new subscribers in an hour */
	struct zone_word *zones;
	size_t n_zones;
	struct moved *moved;
	size_t n_moved;
	struct component *components; /* in the order of the file */
	size_t n_components;
	struct person *persons;
	size_t n_persons;
	struct severity severity[6]; /* 1 to 5 */
	struct office office;
	/* Of every severity: how long before a promise its owner is reminded,
	 * how long a draft waits, when the room's sitrep is due, when a room
	 * is forgotten, when what was held back is looked at again. */
	int64_t remind, draft_expires, room_sitrep, room_left,
	    disclosure_review;
	const char *bridge; /* of a war room: a line or URL, "" if none */
	int holding; /* SEV1 up to this have a holding statement; 0: none */
	enum noc_may noc_may_publish;
	unsigned two_person;
	struct brand brand;
	struct list *lists; /* sorted by slug */
	size_t n_lists;
};

/*
 * Reads and checks sitrep.conf and its lists.  ST_PERM: the first mistake is
 * in j->why as "FILE:LINE: what, and how to mend it".  ST_NONE: no such file.
 * mem outlives the job.
 */
enum status conf_load(struct job *j, struct arena *mem, const char *path,
    struct conf *out) must_check;

/* By slug, name or alias, as the mail grammar compares; NULL: none. */
const struct component *conf_component(const struct conf *c, const char *s);
const struct person *conf_person(const struct conf *c, const char *slug);
/* By an address of mail, or one to page. */
const struct person *conf_person_reached(const struct conf *c,
    const char *address);
const struct list *conf_list(const struct conf *c, const char *slug);
/* By which its digests are made. */
const char *conf_list_zone(const struct conf *c, const struct list *l);
/* Whom the archive is from: the first list that isn't internal. */
const char *conf_public_from(const struct conf *c);
/* The times of a severity; 0 (not given) is read as 3. */
const struct severity *conf_severity(const struct conf *c, int severity);
/* An address or a host that belongs to own_domains, or is below one. */
bool conf_is_own(const struct conf *c, const char *address);
/* "en", "pt-BR". */
bool conf_is_language(const char *s);

#endif
