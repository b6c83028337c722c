#include "cmd/login.h"

#include <pwd.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/text.h"

const char *
login_name(struct arena *mem)
{
	const char *sudo = getenv("SUDO_USER");
	struct passwd *pw = getpwuid(getuid());

	if (sudo != NULL && sudo[0] != '\0')
		return text_one_line(mem, sudo, 64);
	return pw == NULL ? arena_printf(mem, "%ld", (long)getuid())
			  : text_one_line(mem, pw->pw_name, 64);
}
