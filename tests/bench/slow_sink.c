/* slow_sink PORT MS: a mail server that takes MS for each message. */
#include "sink.h"

int
main(int argc, char **argv)
{
	struct sink_faults f = { 0 };
	int port = argc > 1 ? atoi(argv[1]) : 0;

	f.text_ms = argc > 2 ? atoi(argv[2]) : 0;
	(void)waitpid(sink_start(&f, "/dev/null", &port), NULL, 0);
	return 0;
}
