/*
 * A command of the configuration (`|/usr/local/bin/page`), run by /bin/sh with
 * bytes on its standard input, a clean environment, no descriptor of ours, in a
 * process group that is killed at its deadline.  What it prints is thrown away,
 * but for the first COMMAND_SAID bytes of each stream where they are asked for.
 * Nothing waits: the owner asks command_poll() now and then.
 */
#ifndef EXT_COMMAND_H
#define EXT_COMMAND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/job.h"

enum { COMMAND_MS = 60 * 1000, COMMAND_SAID = 4 * 1024 };

struct command_plan {
	const char *line; /* with or without its bar */
	const void *in;
	size_t n;
	int64_t now, most; /* ms; now: of a clock that never jumps */
	bool heard;        /* what it prints is kept */
};

struct command;

/* line: with or without its bar.  ms: a clock that never jumps. */
enum status command_begin(struct job *j, const char *line, const void *in,
    size_t n, int64_t ms, struct command **out) must_check;
enum status command_start(struct job *j, const struct command_plan *p,
    struct command **out) must_check;
/* What it printed, terminated; "" if nothing, or not asked for. */
const char *command_said(const struct command *c);
const char *command_complained(const struct command *c);
/*
 * ST_OK: it ended with 0.  ST_NONE: it still runs.  ST_TEMP: it failed, was
 * killed or took too long; the reason is in the job.
 */
enum status command_poll(struct job *j, struct command *c,
    int64_t ms) must_check;
/* Kills it if it still runs.  NULL is allowed. */
void command_end(struct command *c);

#endif
