/*
 * What the files of flow/decide*.c share: one decision in the making, and
 * what each of them does to it.  Nothing outside them includes this.
 */
#ifndef FLOW_DECIDE_IN_H
#define FLOW_DECIDE_IN_H

#include "base/job.h"
#include "model/matter.h"
#include "model/verdict.h"
#include "text/rights.h"

struct deciding {
	struct job *j;
	const struct matter *m;
	const struct request *r;
	struct verdict *v;
	unsigned roles; /* of the sender, and how well proved */
	enum trust trust;
	bool late;               /* the event moved on since it was written */
	bool old;                /* too old to be believed without a yes */
	bool stale;              /* more than two hours old, whoever wrote it */
	bool parked;             /* something waits for a yes */
	bool hands;              /* comms is to get it now: */
	const struct person *to; /* ... this one of them; NULL: on call */
	bool shut;               /* a war room was wanted, and there is none */
	bool wants;              /* a draft is wanted: */
	enum state state;
	bool own_text;     /* ... of the free text */
	bool same;         /* ... of the sentence "no change" */
	const char *delay; /* ... of the sentence for a later promise: why */
	int64_t every;     /* ... that announces a cadence, seconds */
	struct promise
	    next;       /* ... with this promise, whatever the fields say */
	bool left;      /* NOC's word made none: own words of comms wait */
	bool settled;   /* it was said how much of an attack may be told */
	bool keep_text; /* ... of the waiting draft's text, if none came */
	bool reopens;   /* ... of what was over */
	bool merges;    /* ... that says where it is followed now */
	bool splits;    /* ... or that it is followed here again */
};

/* decide.c: the commands of a mail, what each may do and when */
void decide_run(struct deciding *d, const struct command *c);
/* Is there a command that needs this right? */
bool decide_says(const struct request *r, enum right right);
/* ... or one that is not for an event that has moved on? */
bool decide_is_bound(const struct request *r);

/* decide_age.c: late mail and old mail */
void decide_age(struct deciding *d);
/* What a mail that is too late wanted is put to its sender. */
void decide_ask_late(struct deciding *d);

/* decide_unsaid.c: what a mail wants without a command */
void decide_unsaid(struct deciding *d);
/* ... also where it names two events: objections, who is to have it. */
void decide_unsaid_always(struct deciding *d);
/* "Yes, but ..." to a preview, of one whose yes would count. */
bool decide_nearly_yes(const struct deciding *d);
/* What to add to an answer while nobody has it, "" if somebody has. */
const char *decide_untaken(const struct deciding *d);

/* decide_tell.c: findings, rights, small changes of the verdict */
struct finding *decide_tell(struct deciding *d, const char *code,
    const struct command *c);
void decide_refuse(struct deciding *d, enum right r, const struct command *c);
void decide_park(struct deciding *d, const struct command *c, const char *why);
/* May this person do it, and is he proved well enough?  Else it is told. */
bool decide_may(struct deciding *d, enum right r, const struct command *c);
const char *decide_name(const struct deciding *d, const char *slug);
const char *decide_clock(const struct deciding *d, int64_t t);
void decide_cancel(struct deciding *d, int kind);
void decide_move_draft(struct deciding *d, const struct draft *old,
    enum draft_status to);
/* The draft that waits, unless this mail has moved it; NULL. */
const struct draft *decide_waiting(const struct deciding *d);
void decide_set_draft(struct deciding *d);
bool decide_is_open(const struct event *e);
/* Said of a closed event on purpose: in a real reply, or by its number. */
bool decide_at_closed(const struct route *r);

/* decide_clock.c: what a step of a timer does */
void decide_timer(struct deciding *d);

/* decide_climb.c: levels that are called, and their answers */
void decide_call(struct deciding *d, int level, int kind, int step);
void decide_escalate(struct deciding *d, const struct command *c);
/* The highest level at which this person was called and hasn't answered. */
int decide_called(const struct deciding *d, const char *slug);

/* decide_hand.c: hand-off, ack, owner, closing before anything was public */
void decide_hand_off(struct deciding *d);
void decide_hand_on(struct deciding *d);
/* The draft that waits, or else the stock text as one. */
void decide_stock_draft(struct deciding *d);
void decide_ack(struct deciding *d, const struct command *c);
void decide_imply_ack(struct deciding *d);
void decide_take(struct deciding *d, const struct person *p);
void decide_handoff(struct deciding *d, const struct command *c);
void decide_close(struct deciding *d, enum phase to);
void decide_void(struct deciding *d, const struct command *c);

/* decide_facts.c: opening, severity, components, times, disclosure */
void decide_open(struct deciding *d);
void decide_own_touches(struct deciding *d);
void decide_facts(struct deciding *d);
void decide_disclosure(struct deciding *d);
bool decide_names_facts(const struct request *r);
void decide_levels(struct deciding *d);

/* decide_state.c: what draft a command wants */
void decide_state(struct deciding *d, const struct command *c);
void decide_want(struct deciding *d, enum state state);
void decide_propose(struct deciding *d, const struct command *c);
void decide_delay(struct deciding *d, const struct command *c);
void decide_long_running(struct deciding *d, const struct command *c);

/* decide_draft.c: which text is whose, the note, the draft */
bool decide_has_public(const struct request *r);
void decide_note(struct deciding *d);
void decide_draft(struct deciding *d);

/* decide_after.c: is it over, quiet ends, postmortems, what can be told */
void decide_not_yet(struct deciding *d, const struct command *c);
/* Comms on call is asked whether a quiet end stays quiet. */
void decide_ask_quiet(struct deciding *d);
/* ... and answers; false: the command is no answer to that question. */
bool decide_answers_quiet(struct deciding *d, const struct command *c);
void decide_quiet(struct deciding *d, const struct command *c);
/* Told after the fact, and over: of a new event, or one that ended quietly. */
void decide_backfill(struct deciding *d, const struct command *c);
void decide_postmortem(struct deciding *d, const struct command *c);
/* A postmortem without words, or whose words may not be told; true: told. */
bool decide_untold(struct deciding *d, bool text);
/* Disclosure: of a closed event. */
void decide_reveal(struct deciding *d);

/* decide_amend.c: what was published is taken back */
/* retract, redact: a draft of a revision that says so. */
void decide_take_back(struct deciding *d, const struct command *c);
/* That can't be done to this update; true: told. */
bool decide_stays(struct deciding *d, const struct post *p);
void decide_fill_amend(struct deciding *d, const struct post *p,
    struct draft *x);
/* ... of the event as a whole; own "": in our words. */
void decide_fill_void(struct deciding *d, const char *own, struct draft *x);
/* "email-b=operational": nothing is known against them any more. */
const char *decide_all_well(struct arena *mem, const char *components);
void decide_amended(struct deciding *d, const struct draft *x);
void decide_reopen(struct deciding *d, const struct command *c);
bool decide_may_reopen(const struct deciding *d, enum state to);
void decide_reopened(struct deciding *d);

/* decide_order.c: two events that are one */
void decide_merge(struct deciding *d, const struct command *c);
void decide_split(struct deciding *d, const struct command *c);
void decide_fill_merge(struct deciding *d, struct draft *x);
void decide_fill_split(struct deciding *d, const char *own, struct draft *x);
/* Can what the draft says still be done?  false: told. */
bool decide_can_order(struct deciding *d, const struct draft *x,
    const struct command *c);
/* ... it was published. */
void decide_ordered(struct deciding *d, const struct draft *x);

/* decide_report.c: the month's report, and what a reply to it may do */
void decide_report(struct deciding *d);
bool decide_report_refuses(struct deciding *d, const char *own);
void decide_report_lists(const struct deciding *d, struct draft *x);

/* decide_approve.c: yes, no, hold, accept */
void decide_yes(struct deciding *d, const struct command *c);
/* The draft is shown once more in the answer; NULL: none is. */
void decide_reshow(struct deciding *d, const struct draft *x);
void decide_object(struct deciding *d, const struct command *c);
void decide_accept(struct deciding *d, const struct command *c);
/* The same text as a new draft, whose yes counts again; true. */
bool decide_show_again(struct deciding *d, const struct draft *old,
    const char *changes);
/* The draft becomes an update of the event. */
void decide_publish(struct deciding *d, const struct draft *x);

/* decide_attack.c: words of an attack, and how much of it may be told */
/* Does a note speak of one, and nobody has said what may be told? */
bool decide_asks_attack(const struct deciding *d);
/* The mail names the disclosure that there is: that may be the answer. */
void decide_affirm(struct deciding *d);
/* Answered: what waited is shown again, or gives way to the stock text. */
void decide_after_attack(struct deciding *d);
/* limited, embargo, full: done as the field is; "until" isn't kept. */
void decide_guard(struct deciding *d, const struct command *c);

/* decide_lint.c: words that should not go out */
/* Of the draft that is shown; what was marked is told and kept with it. */
void decide_lint(struct deciding *d);
size_t decide_marks(const struct deciding *d, const struct draft *x,
    struct lint_mark **out);
/* "flood, 140 Gbps": what stands in the way. */
const char *decide_blocked(const struct deciding *d,
    const struct lint_mark *marks, size_t n);
/* Is there something that nobody may publish, or saw?  true: told. */
bool decide_too_much(struct deciding *d, const struct draft *x,
    const struct command *c);

/* decide_silence.c: what is published where nobody of Marketing answers */
/* May the NOC publish it, all of T2 having been in vain? */
bool decide_noc_may(const struct deciding *d, const struct draft *x);
/* The NOC is asked to, at the step that was the last. */
void decide_ask_noc(struct deciding *d);
/* Is the holding statement due, should its step fire now? */
bool decide_holds(const struct deciding *d);
void decide_hold_out(struct deciding *d);

/* decide_swap.c: swap with NAME until TIME, and the answers to it */
void decide_swap(struct deciding *d, const struct command *c);
void decide_swap_answer(struct deciding *d, const struct command *c);

/* decide_room*.c: the war room, asked for, open, closed */
void decide_war_room(struct deciding *d, const struct command *c);
/* Yes or no of level 2 to a proposal. */
void decide_room_answer(struct deciding *d, const struct command *c);
/* What was written in a room's mail; and words that call for a room. */
void decide_room_minutes(struct deciding *d);
/* Steps of timers: open too long, a promise missed, a question to level 2. */
void decide_room_propose(struct deciding *d);
void decide_room_missed(struct deciding *d);
void decide_room_put(struct deciding *d);

#endif
