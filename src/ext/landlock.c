#include "ext/landlock.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { ABI_REFER = 2 };

/* All that the first version knows. */
static const __u64 every =
    LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_WRITE_FILE |
    LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR |
    LANDLOCK_ACCESS_FS_REMOVE_DIR | LANDLOCK_ACCESS_FS_REMOVE_FILE |
    LANDLOCK_ACCESS_FS_MAKE_CHAR | LANDLOCK_ACCESS_FS_MAKE_DIR |
    LANDLOCK_ACCESS_FS_MAKE_REG | LANDLOCK_ACCESS_FS_MAKE_SOCK |
    LANDLOCK_ACCESS_FS_MAKE_FIFO | LANDLOCK_ACCESS_FS_MAKE_BLOCK |
    LANDLOCK_ACCESS_FS_MAKE_SYM;

static int
allow(int rules, const char *path)
{
	struct landlock_path_beneath_attr a = {
		.allowed_access = LANDLOCK_ACCESS_FS_READ_FILE,
	};
	struct stat sb;
	int bad;

	a.parent_fd = open(path, O_PATH | O_CLOEXEC);
	if (a.parent_fd < 0)
		return 0;
	if (fstat(a.parent_fd, &sb) == 0 && S_ISDIR(sb.st_mode))
		a.allowed_access |= LANDLOCK_ACCESS_FS_READ_DIR;
	bad = (int)syscall(SYS_landlock_add_rule, rules,
	    LANDLOCK_RULE_PATH_BENEATH, &a, 0);
	(void)close(a.parent_fd);
	return bad;
}

enum status
landlock_read_only(struct job *j, const char *const *paths, size_t n)
{
	struct landlock_ruleset_attr a = { .handled_access_fs = every };
	int abi = (int)syscall(SYS_landlock_create_ruleset, NULL, 0,
	    LANDLOCK_CREATE_RULESET_VERSION);
	int rules, bad = 0;

	if (abi < 1)
		return ST_NONE;
	if (abi >= ABI_REFER)
		a.handled_access_fs |= LANDLOCK_ACCESS_FS_REFER;
	rules = (int)syscall(SYS_landlock_create_ruleset, &a, sizeof a, 0);
	for (size_t i = 0; i < n && rules >= 0 && bad == 0; i++)
		bad = allow(rules, paths[i]);
	if (rules < 0 || bad != 0 ||
	    syscall(SYS_landlock_restrict_self, rules, 0) != 0)
		bad = errno;
	if (rules >= 0)
		(void)close(rules);
	return bad == 0 ? ST_OK
			: job_fail(j, ST_TEMP,
			      "the kernel refuses the rules of what may be "
			      "read: %s",
			      strerror(bad));
}
