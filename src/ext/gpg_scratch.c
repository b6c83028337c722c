#include "ext/gpg_scratch.h"

#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"

enum { PIECE = 64 * 1024 };

static const char settings[] = "batch\nno-tty\ndisable-dirmngr\n"
			       "disable-crl-checks\ndisable-policy-checks\n";

static int
path_of(char out[PATH_MAX], const char *home, const char *name)
{
	int n = snprintf(out, PATH_MAX, "%s/%s", home, name);

	return n > 0 && n < PATH_MAX ? 0 : -1;
}

static int
pour(int from, int to)
{
	char *piece = malloc(PIECE);
	ssize_t n = -1;

	while (piece != NULL && (n = read(from, piece, PIECE)) > 0)
		if (file_write_all(to, piece, (size_t)n) != 0) {
			n = -1;
			break;
		}
	free(piece);
	return n == 0 ? 0 : -1;
}

static int
copy(const char *from, const char *to)
{
	int in = open(from, O_RDONLY | O_CLOEXEC);
	int out = open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	int bad = in < 0 || out < 0 || pour(in, out) != 0;

	if (in >= 0)
		(void)close(in);
	if (out >= 0)
		(void)close(out);
	return bad ? -1 : 0;
}

static int
put_settings(const char *path)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	int bad = fd < 0 || file_write_all(fd, settings, sizeof settings - 1);

	if (fd >= 0)
		(void)close(fd);
	return bad ? -1 : 0;
}

void
gpg_scratch_remove(const char *home)
{
	char dir[PATH_MAX];
	const struct dirent *e;
	DIR *d;

	if (path_of(dir, home, "check") != 0 || (d = opendir(dir)) == NULL)
		return;
	while ((e = readdir(d)) != NULL)
		if (unlinkat(dirfd(d), e->d_name, 0) != 0)
			(void)unlinkat(dirfd(d), e->d_name, AT_REMOVEDIR);
	(void)closedir(d);
	(void)rmdir(dir);
}

int
gpg_scratch_enter(const char *home)
{
	char dir[PATH_MAX], ring[PATH_MAX], file[PATH_MAX];

	gpg_scratch_remove(home);
	if (path_of(dir, home, "check") != 0 || mkdir(dir, 0700) != 0 ||
	    path_of(ring, home, "pubring.kbx") != 0 ||
	    path_of(file, dir, "pubring.kbx") != 0 || copy(ring, file) != 0 ||
	    path_of(file, dir, "gpgsm.conf") != 0 || put_settings(file) != 0)
		return -1;
	return setenv("GNUPGHOME", dir, 1);
}
