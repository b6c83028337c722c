#include "base/sock.h"

#include <arpa/inet.h>
#include <errno.h>
#include <grp.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"

enum { BACKLOG = 1024 };

struct name {
	union {
		struct sockaddr any;
		struct sockaddr_un un;
		struct sockaddr_in in;
		struct sockaddr_in6 in6;
	} a;
	socklen_t len;
};

static bool
parse_port(const char *s, in_port_t *out)
{
	char *end;
	long port = strtol(s, &end, 10);

	if (*s < '0' || *s > '9' || *end != '\0' || port < 1 || port > 65535)
		return false;
	*out = htons((uint16_t)port);
	return true;
}

static bool
parse_tcp(const char *s, struct name *n)
{
	const char *colon = strrchr(s, ':');
	char host[INET6_ADDRSTRLEN + 2];
	in_port_t port;
	size_t len;

	if (colon == NULL || !parse_port(colon + 1, &port))
		return false;
	len = (size_t)(colon - s);
	if (len >= sizeof host)
		return false;
	memcpy(host, s, len);
	host[len] = '\0';
	if (host[0] == '[' && host[len - 1] == ']') {
		host[len - 1] = '\0';
		n->a.in6 = (struct sockaddr_in6){ .sin6_family = AF_INET6,
			.sin6_port = port };
		n->len = sizeof n->a.in6;
		return inet_pton(AF_INET6, host + 1, &n->a.in6.sin6_addr) == 1;
	}
	n->a.in =
	    (struct sockaddr_in){ .sin_family = AF_INET, .sin_port = port };
	n->len = sizeof n->a.in;
	return inet_pton(AF_INET, host, &n->a.in.sin_addr) == 1;
}

static bool
parse(const char *s, struct name *n)
{
	memset(n, 0, sizeof *n);
	if (s[0] != '/')
		return parse_tcp(s, n);
	if (strlen(s) >= sizeof n->a.un.sun_path)
		return false;
	n->a.un.sun_family = AF_UNIX;
	strcpy(n->a.un.sun_path, s);
	n->len = sizeof n->a.un;
	return true;
}

static enum status
open_socket(struct job *j, const char *where, struct name *n, int *fd)
{
	if (!parse(where, n))
		return job_fail(j, ST_PERM,
		    "%s is no socket: write a path or ADDRESS:PORT", where);
	*fd = socket(n->a.any.sa_family,
	    SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (*fd < 0)
		return job_fail(j, ST_TEMP, "cannot make the socket %s: %s",
		    where, strerror(errno));
	return ST_OK;
}

/* A socket that nobody listens on is left over from a crash. */
static bool
left_over(const struct name *n)
{
	struct stat sb;
	int fd, r;

	if (lstat(n->a.un.sun_path, &sb) != 0 || !S_ISSOCK(sb.st_mode))
		return false;
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd < 0)
		return false;
	r = connect(fd, &n->a.any, n->len);
	(void)close(fd);
	return r != 0 && errno == ECONNREFUSED;
}

static void
give_to_group(const char *path, const char *group)
{
	struct group *g = group[0] == '\0' ? NULL : getgrnam(group);

	if (group[0] != '\0' && g == NULL)
		log_warn("step=listen socket=%s error=no group %s", path,
		    group);
	if (g != NULL && chown(path, (uid_t)-1, g->gr_gid) != 0)
		log_warn("step=listen socket=%s group=%s error=%s", path, group,
		    strerror(errno));
	if (chmod(path, 0660) != 0)
		log_warn("step=listen socket=%s error=%s", path,
		    strerror(errno));
}

/* Nobody gets in before the group is right: the mode starts at 0600. */
static int
bind_unix(struct job *j, int fd, const struct name *n, const char *group)
{
	char *path = arena_str(j->mem, n->a.un.sun_path);
	char *slash = strrchr(path, '/');
	mode_t old;
	int r;

	*slash = '\0';
	if (slash != path && file_mkdirs(j, path, 0755) != ST_OK)
		return -1;
	*slash = '/';
	if (left_over(n))
		(void)unlink(path);
	old = umask(0177);
	r = bind(fd, &n->a.any, n->len);
	(void)umask(old);
	if (r == 0)
		give_to_group(path, group);
	return r;
}

static int
bind_tcp(int fd, const struct name *n)
{
	int on = 1;

	if (setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) != 0)
		return -1;
	return bind(fd, &n->a.any, n->len);
}

enum status
sock_listen(struct job *j, const char *where, const char *group, int *fd)
{
	struct name n;
	enum status st = open_socket(j, where, &n, fd);
	int r;

	if (st != ST_OK)
		return st;
	if (n.a.any.sa_family == AF_UNIX)
		r = bind_unix(j, *fd, &n, group);
	else
		r = bind_tcp(*fd, &n);
	if (r == 0 && listen(*fd, BACKLOG) == 0)
		return ST_OK;
	st = job_fail(j, ST_TEMP, "cannot listen on %s: %s", where,
	    strerror(errno));
	(void)close(*fd);
	*fd = -1;
	return st;
}

enum status
sock_connect(struct job *j, const char *where, int *fd)
{
	struct name n;
	enum status st = open_socket(j, where, &n, fd);

	if (st != ST_OK)
		return st;
	if (connect(*fd, &n.a.any, n.len) == 0 || errno == EINPROGRESS)
		return ST_OK;
	st = job_fail(j, ST_TEMP, "cannot connect to %s: %s", where,
	    strerror(errno));
	(void)close(*fd);
	*fd = -1;
	return st;
}

bool
sock_is_local(const char *where)
{
	static const struct in6_addr loop6 = IN6ADDR_LOOPBACK_INIT;
	struct name n;

	if (!parse(where, &n))
		return false;
	if (n.a.any.sa_family == AF_INET)
		return (ntohl(n.a.in.sin_addr.s_addr) >> 24) == 127;
	if (n.a.any.sa_family == AF_INET6)
		return memcmp(&n.a.in6.sin6_addr, &loop6, sizeof loop6) == 0;
	return true;
}
