#include <string.h>

#include "base/text.h"
#include "base/when.h"
#include "cmd/explain_in.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

static void
tell(struct job *j, struct tellings *t, const char *name, const char *value)
{
	if (value == NULL)
		return;
	t->at = arena_grow(j->mem, t->at, t->n, sizeof *t->at);
	t->at[t->n++] = (struct told){ name, value };
}

const char *
explain_reading(const struct message *m)
{
	static const char *const words[] = {
		[READING_OK] = "ok",
		[READING_EMPTY] = "empty",
		[READING_UNPARSED] = "unparsed",
		[READING_LIMITS] = "limits",
	};

	return words[m->reading];
}

const char *
explain_seal(enum seal_kind k)
{
	static const char *const words[SEAL_KINDS] = {
		[SEAL_NONE] = "",
		[SEAL_PGP] = "signed by OpenPGP (PGP/MIME)",
		[SEAL_PGP_TEXT] = "signed by OpenPGP (clear-signed text)",
		[SEAL_SMIME] = "signed by S/MIME",
		[SEAL_SMIME_DATA] = "signed by S/MIME (signed-data)",
		[SEAL_PGP_CIPHER] = "encrypted by OpenPGP",
		[SEAL_SMIME_CIPHER] = "encrypted by S/MIME",
	};

	return words[k];
}

const char *
explain_trust(enum trust t)
{
	static const char *const words[] = {
		[TRUST_A0] = "A0",
		[TRUST_A0K] = "A0k",
		[TRUST_A1] = "A1",
		[TRUST_A2] = "A2",
		[TRUST_A3] = "A3",
	};

	return words[t];
}

/* What becomes of a mail to each kind of address. */
const char *
explain_place(enum place p)
{
	static const char *const words[] = {
		[PLACE_UNKNOWN] = "held: nobody reads that address",
		[PLACE_INCIDENT] = "a report, or an answer to an event",
		[PLACE_MAINTENANCE] =
		    "forwarded to the owner: maintenance isn't read yet",
		[PLACE_ROBOT] = "kept: robots aren't read yet",
		[PLACE_PROVIDER] =
		    "forwarded to the owner: providers aren't read yet",
		[PLACE_WARROOM] = "minuted in the war room",
		[PLACE_HELP] = "answered with the page of help",
		[PLACE_PAGE] = "answers a page that was sent",
		[PLACE_OWNER] = "kept, and forwarded to the owner",
		[PLACE_BOUNCES] = "kept as a bounce",
		[PLACE_PAGE_BOUNCES] =
		    "kept; a page that came back calls the next one",
		[PLACE_SELFTEST] = "our own mail, coming back",
		[PLACE_UNSUBSCRIBE] =
		    "takes a member off the list, if the token is good",
		[PLACE_SUBSCRIBE] = "asks whether the address wants the list",
		[PLACE_LEAVE] = "takes the sender off the list",
		[PLACE_REQUEST] = "commands to a list, each answered",
		[PLACE_CONFIRM] = "confirms a request, if the token is good",
	};

	return words[p];
}

const char *
explain_roles(struct job *j, unsigned roles)
{
	const char *words[16];
	size_t n = 0;

	for (unsigned bit = ROLE_NOC; bit <= ROLE_PROVIDER; bit <<= 1)
		if (roles & bit)
			words[n++] = words_role((enum role)bit);
	return text_join(j->mem, words, n);
}

static void
marks(struct job *j, struct explained *x)
{
	const struct message *m = &x->message;
	const struct {
		bool set;
		const char *words;
	} all[] = {
		{ m->cut, "only its beginning was kept" },
		{ m->from_html, "made from HTML" },
		{ m->no_text, "no text part" },
		{ m->repaired, "characters were mended" },
		{ m->text_cut, "too long, cut" },
		{ m->interleaved, "own words below a quote" },
		{ m->alone, "one line or less" },
		{ m->forwarded, "forwarded" },
		{ m->encrypted, "encrypted" },
		{ m->is_signed, "signed" },
		{ m->winmail, "winmail.dat" },
		{ m->reaction, "a reaction" },
	};

	for (size_t i = 0; i < COUNT(all); i++)
		if (all[i].set)
			tell(j, &x->marks, all[i].words, "");
}

/* ---- fields ---- */

static const char *
moment(struct job *j, const struct moment *m)
{
	const char *at;

	if (!m->given)
		return NULL;
	at = when_rfc3339(j->mem, m->at);
	if (m->written == NULL || m->read_as == NULL)
		return at;
	if (m->read_as[0] == '\0')
		return arena_printf(j->mem, "%s (written %s)", at, m->written);
	return arena_printf(j->mem, "%s (written %s, read as %s)", at,
	    m->written, m->read_as);
}

static const char *
promise(struct job *j, const struct promise *p)
{
	switch (p->kind) {
	case PROMISE_UNSET: break;
	case PROMISE_AFTER:
		return arena_printf(j->mem, "%s after posting",
		    when_length(j->mem, p->value));
	case PROMISE_AT: return when_rfc3339(j->mem, p->value);
	case PROMISE_NONE: return "none";
	}
	return NULL;
}

static const char *
number(struct job *j, int n)
{
	return n == 0 ? NULL : arena_printf(j->mem, "%d", n);
}

static const char *
components(struct job *j, const struct request *r)
{
	struct buf b = BUF_INIT;
	char *s;

	if (!r->components_given)
		return NULL;
	for (size_t i = 0; i < r->n_components; i++) {
		const struct claim *c = &r->components[i];

		buf_printf(&b, "%s%s", i == 0 ? "" : ", ", c->slug);
		if (c->level != LEVEL_UNSET)
			buf_printf(&b, "=%s", words_level(c->level));
	}
	s = arena_str(j->mem, b.data);
	buf_free(&b);
	return s;
}

static const char *
correct(struct job *j, const struct request *r)
{
	if (r->correct == 0)
		return NULL;
	return arena_printf(j->mem, "update %d%s", r->correct,
	    r->correct_typo ? ", a typo" : "");
}

static const char *
yes_no(enum ask_impact a)
{
	return a == ASK_UNSET ? NULL : a == ASK_YES ? "yes" : "no";
}

static void
fields(struct job *j, struct explained *x)
{
	const struct request *r = &x->request;
	const struct told all[] = {
		{ "Incident", r->incident },
		{ "Title", r->title },
		{ "Severity", number(j, r->severity) },
		{ "Severity, of the subject", number(j, r->subject_severity) },
		{ "Components", components(j, r) },
		{ "Component, of the subject", r->subject_component },
		{ "Status",
		    r->state == STATE_NONE ? NULL : words_state(r->state) },
		{ "Impact", r->impact == IMPACT_UNSET
				? NULL
				: words_impact(r->impact) },
		{ "Service impact", r->impact_text },
		{ "Lasting effects", r->lasting },
		{ "Impact for resellers", r->reseller_impact },
		{ "Impact for end users", r->enduser_impact },
		{ "Workaround", r->workaround },
		{ "Social", r->social },
		{ "Started", moment(j, &r->started) },
		{ "Detected", moment(j, &r->detected) },
		{ "Ended", moment(j, &r->ended) },
		{ "Next update", promise(j, &r->next) },
		{ "Disclosure", r->disclosure == DISCLOSURE_UNSET
				    ? NULL
				    : words_disclosure(r->disclosure) },
		{ "Lists", r->n_lists == 0
			       ? NULL
			       : text_join(j->mem, r->lists, r->n_lists) },
		{ "Cause", r->cause },
		{ "Fix", r->fix },
		{ "Prevention", r->prevention },
		{ "Note", r->note },
		{ "Public", r->public_line },
		{ "Key", r->key },
		{ "Notify", yes_no(r->notify) },
		{ "Drill", yes_no(r->drill) },
		{ "Correct", correct(j, r) },
		{ "Reason", r->reason },
		{ "Hand-off", r->handoff_now ? "now" : r->handoff },
		{ "Related", r->related },
		{ "Problem", r->problem },
		{ "Language", r->lang },
	};

	for (size_t i = 0; i < COUNT(all); i++)
		tell(j, &x->fields, all[i].name, all[i].value);
}

static void
commands(struct job *j, struct explained *x)
{
	const struct request *r = &x->request;

	for (size_t i = 0; i < r->n_commands; i++) {
		const struct command *c = &r->commands[i];

		tell(j, &x->commands, words_verb(c->verb),
		    c->state != STATE_NONE && c->args[0] == '\0'
			? words_state(c->state)
			: c->args);
	}
}

/* ---- what would be done ---- */

static const struct {
	unsigned did;
	const char *words;
} deeds[] = {
	/* clang-format off */
	{ DID_NOTE, "a note is written down" },
	{ DID_HAND_OFF, "handed to Marketing at once, who are paged" },
	{ DID_ACK, "the sender has it from now on" },
	{ DID_CLOSE_QUIET, "closed quietly: nothing was public" },
	{ DID_VOID, "closed as a false alarm" },
	{ DID_NOT_YET, "whether it is over is asked again later" },
	{ DID_DRAFT, "a draft is made and shown; nothing is public yet" },
	{ DID_PROPOSE, "the draft is a proposal: Marketing decides" },
	{ DID_POST, "published" },
	{ DID_CORRECT, "a correction is published" },
	{ DID_FACTS, "facts are changed" },
	{ DID_OWNER, "somebody else has it from now on" },
	{ DID_PARK, "waits for a YES from the sender's registered address" },
	{ DID_LATE, "not done, since the event had moved on" },
	{ DID_SWAP, "both are asked whether the rota is to be swapped" },
	{ DID_QUERY, "a question is answered" },
	{ DID_HELD_MAIL, "shown to those who may accept it" },
	/* clang-format on */
};

static const char *
form_word(const struct mailing *m)
{
	static const char *const words[] = {
		[FORM_COPY] = "a copy",
		[FORM_PUBLISHED] = "the published text",
		[FORM_RECEIPT] = "a receipt",
		[FORM_PREVIEW] = "a preview",
		[FORM_PAGE] = "a page",
	};

	return m->check ? "a draft to check the facts of" : words[m->form];
}

static const char *
touched(struct job *j, const struct explained *x)
{
	const struct event *e = &x->verdict.event;
	const char **words =
	    arena_array(j->mem, e->n_touches + 1, sizeof *words);

	for (size_t i = 0; i < e->n_touches; i++) {
		const struct component *c =
		    conf_component(x->conf, e->touches[i].slug);

		words[i] = arena_printf(j->mem, "%s (%s)",
		    c == NULL ? e->touches[i].slug : c->name,
		    words_level(e->touches[i].level));
	}
	return e->n_touches == 0 ? "no component"
				 : text_join(j->mem, words, e->n_touches);
}

static void
opening(struct job *j, struct explained *x)
{
	const struct verdict *v = &x->verdict;

	tell(j, &x->steps,
	    arena_printf(j->mem, "SEV%d, %s", v->event.severity, touched(j, x)),
	    "");
	for (size_t i = 0; i < v->n_arms; i++)
		if (v->arms[i].kind == 1)
			tell(j, &x->steps,
			    arena_printf(j->mem, "Marketing gets it at %s",
				when_rfc3339(j->mem, v->arms[i].due)),
			    "");
}

static void
steps(struct job *j, struct explained *x)
{
	const struct verdict *v = &x->verdict;

	if (!x->decided)
		return;
	if (v->did & DID_OPEN)
		opening(j, x);
	for (size_t i = 0; i < COUNT(deeds); i++)
		if (v->did & deeds[i].did)
			tell(j, &x->steps, deeds[i].words, "");
	for (size_t i = 0; i < v->n_mailings; i++) {
		const struct mailing *m = &v->mailings[i];

		tell(j, &x->steps,
		    arena_printf(j->mem, "%s to %s", form_word(m),
			m->person == NULL ? m->address : m->person->name),
		    "");
	}
}

void
explain_words(struct job *j, struct explained *x)
{
	marks(j, x);
	if (x->conf == NULL)
		return;
	fields(j, x);
	commands(j, x);
	steps(j, x);
}
