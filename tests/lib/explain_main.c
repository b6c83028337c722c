/*
 * `sitrep explain` without configuration: for measuring the reader alone.
 */
#include "base/log.h"
#include "cmd/world.h"

int
main(int argc, char **argv)
{
	struct world w = { .conf.state = "" };
	struct job j;
	int r;

	log_open(LOG_TO_STDERR, "explain");
	job_begin(&j, "explain", 0);
	r = cmd_explain(&w, &j, argc, argv);
	job_end(&j);
	return r;
}
