#include "cmd/ask.h"

#include <stdio.h>
#include <unistd.h>

#include "base/text.h"

bool
ask_is_possible(void)
{
	return isatty(STDOUT_FILENO) != 0;
}

bool
ask_yes(const char *question)
{
	char answer[16] = "";

	(void)printf("%s Type yes: ", question);
	(void)fflush(stdout);
	if (freopen("/dev/tty", "r", stdin) == NULL ||
	    fgets(answer, sizeof answer, stdin) == NULL)
		return false;
	return text_ieq(answer, "yes\n");
}
