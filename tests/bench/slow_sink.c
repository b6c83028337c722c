/*
 * slow_sink PORT MS [MOST]: a mail server that takes MS for each message, and
 * has so many connections at a time.
 */
#include "sink.h"

int
main(int argc, char **argv)
{
	struct sink_faults f = { 0 };
	int port = argc > 1 ? atoi(argv[1]) : 0;

	f.text_ms = argc > 2 ? atoi(argv[2]) : 0;
	f.at_most = argc > 3 ? atoi(argv[3]) : 0;
	(void)waitpid(sink_start(&f, "/dev/null", &port), NULL, 0);
	return 0;
}
