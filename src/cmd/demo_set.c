#include "cmd/demo.h"

#include <arpa/inet.h>
#include <errno.h>
#include <limits.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "model/member.h"

static const char conf_text[] =
    "state     = \"%s/state\"\n"
    "domain    = \"in.status.example\"\n"
    "url       = \"http://127.0.0.1:%d/\"\n"
    "templates = \"%s\"\n"
    "lists     = \"%s/lists\"\n"
    "rota      = \"%s/rota\"\n"
    "authserv  = \"in.status.example\"\n"
    "relay     = { \"spool:%s/outbox\" }\n"
    "lmtp      = \"127.0.0.1:%d\"\n"
    "http      = \"127.0.0.1:%d\"\n"
    "owner     = \"postmaster@example.net\"\n"
    "status_from = \"Status desk <incident@in.status.example>\"\n"
    "allow_clock = true\n"
    "brand \"example\" { name = \"Example\" }\n"
    "component \"email-a\" { name = \"Email Cluster A\"  group = \"Email\" }\n"
    "component \"email-b\" { name = \"Email Cluster B\"  group = \"Email\"\n"
    "	aliases = { \"cluster b\" } }\n"
    "component \"webmail\" { name = \"Webmail\"  group = \"Email\" }\n"
    "component \"dns\" { name = \"DNS Hosting\"  group = \"Domains\" }\n"
    "component \"api\" { name = \"Registrar API\"  group = \"Domains\" }\n"
    "person \"noc1\" { name = \"Nora Ops\"\n"
    "	addresses = { \"nora@example.net\" }  roles = { \"noc\" }\n"
    "	timezone = \"America/Toronto\" }\n"
    "person \"comms1\" { name = \"Carl Marketing\"\n"
    "	addresses = { \"carl@example.net\" }  roles = { \"comms\" } }\n"
    "person \"comms2\" { name = \"Mia Marketing\"\n"
    "	addresses = { \"mia@example.net\" }  roles = { \"comms\" } }\n"
    "person \"exec1\" { name = \"Eve Executive\"\n"
    "	addresses = { \"eve@example.net\" }  roles = { \"exec\" } }\n";

static const char list_text[] =
    "list \"example-status\" {\n"
    "	from = \"Example Status <status@status.example>\"\n"
    "	reply_to = \"support@example.net\"\n"
    "	description = \"Status of all services\"\n"
    "	timezones = { \"America/Toronto\", \"Europe/Paris\" }\n"
    "}\n";

static const char rota_text[] =
    "2026-01-01T00:00:00Z 2027-01-01T00:00:00Z comms 1 comms1\n"
    "2026-01-01T00:00:00Z 2027-01-01T00:00:00Z comms 2 comms2\n"
    "2026-01-01T00:00:00Z 2027-01-01T00:00:00Z exec  3 exec1\n";

/* A port that nobody has at this moment. */
static int
free_port(void)
{
	struct sockaddr_in a = { .sin_family = AF_INET,
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t n = sizeof a;
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), port = 0;

	if (fd < 0)
		return 0;
	if (bind(fd, (struct sockaddr *)&a, n) == 0 &&
	    getsockname(fd, (struct sockaddr *)&a, &n) == 0)
		port = ntohs(a.sin_port);
	(void)close(fd);
	return port;
}

/* Beside the program in its source, else where both were installed. */
static const char *
templates(struct arena *mem)
{
	char self[PATH_MAX] = "", *slash;
	ssize_t n = readlink("/proc/self/exe", self, sizeof self - 1);
	char *near;

	self[n < 0 ? 0 : n] = '\0';
	if ((slash = strrchr(self, '/')) != NULL)
		*slash = '\0';
	near = arena_printf(mem, "%s/../templates", self);
	if (access(near, R_OK) == 0)
		return near;
	return arena_printf(mem, "%s/../share/sitrep/templates", self);
}

static enum status
text_file(struct job *j, const char *path, const char *text)
{
	enum status st =
	    file_write(j, path, text, strlen(text), 0644, FILE_NOSYNC);

	return st == ST_NONE ? ST_OK : st;
}

static enum status
write_files(struct job *j, struct demo *d)
{
	char *conf = arena_printf(j->mem, conf_text, d->dir, d->http_port,
	    templates(j->mem), d->dir, d->dir, d->dir, d->lmtp_port,
	    d->http_port);
	char *lists = arena_printf(j->mem, "%s/lists", d->dir);
	enum status st = file_mkdirs(j, lists, 0755);

	if (st == ST_OK)
		st = text_file(j, d->conf_path, conf);
	if (st == ST_OK)
		st = text_file(j,
		    arena_printf(j->mem, "%s/example-status.conf", lists),
		    list_text);
	if (st == ST_OK)
		st = text_file(j, arena_printf(j->mem, "%s/rota", d->dir),
		    rota_text);
	return st;
}

static enum status
add_members(struct job *j, struct demo *d)
{
	enum status st = db_begin(d->w.db, j);

	for (int i = 1; i <= DEMO_MEMBERS && st == ST_OK; i++) {
		const struct member m = {
			.list = "example-status",
			.address = arena_printf(j->mem,
			    "status@reseller-%04d.example", i),
			.status = "active",
			.lang = "",
			.zone = i % 10 == 0 ? "Asia/Tokyo" : "",
			.format = "both",
			.delivery = "each",
			.joined = j->now,
			.changed = j->now,
		};

		st = member_add(d->w.db, j, &m);
	}
	if (st == ST_OK)
		st = db_commit(d->w.db, j);
	db_rollback(d->w.db);
	return st;
}

static enum status
folder(struct job *j, struct demo *d, const char *dir)
{
	char *made, real[PATH_MAX];

	if (dir == NULL) {
		made = arena_str(j->mem, "/tmp/sitrep-demo.XXXXXX");
		if (mkdtemp(made) == NULL)
			return job_fail(j, ST_TEMP, "cannot make %s: %s", made,
			    strerror(errno));
		d->dir = made;
		return ST_OK;
	}
	if (mkdir(dir, 0755) != 0)
		return job_fail(j, ST_PERM,
		    "cannot make %s: %s; name a folder that isn't there yet",
		    dir, strerror(errno));
	if (realpath(dir, real) == NULL)
		return job_fail(j, ST_TEMP, "cannot resolve %s: %s", dir,
		    strerror(errno));
	d->dir = arena_str(j->mem, real);
	return ST_OK;
}

enum status
demo_set(struct job *j, struct demo *d, const char *dir)
{
	struct options o = { 0 };
	enum status st = folder(j, d, dir);

	if (st != ST_OK)
		return st;
	d->conf_path = arena_printf(j->mem, "%s/sitrep.conf", d->dir);
	d->lmtp_port = free_port();
	d->http_port = free_port();
	d->clock = mmap(NULL, sizeof *d->clock, PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (d->clock == MAP_FAILED)
		return job_fail(j, ST_TEMP, "no memory for the clock");
	if ((st = write_files(j, d)) != ST_OK)
		return st;
	o.conf_path = d->conf_path;
	st = world_open(j, &o, NEED_MAKE | NEED_KEYS, &d->w);
	if (st != ST_OK)
		return st;
	d->w.options.clock_shared = d->clock;
	return add_members(j, d);
}
