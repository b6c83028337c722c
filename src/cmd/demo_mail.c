#include "cmd/demo.h"

#include <arpa/inet.h>
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/file.h"
#include "base/limits.h"
#include "model/letter.h"

/* ---- in ---- */

static FILE *
dial(struct job *j, int port)
{
	struct sockaddr_in a = { .sin_family = AF_INET,
		.sin_port = htons((uint16_t)port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	for (int i = 0; i < 100; i++) {
		if (connect(fd, (struct sockaddr *)&a, sizeof a) == 0)
			return fdopen(fd, "r+");
		(void)usleep(50 * 1000);
	}
	(void)job_fail(j, ST_TEMP, "nobody listens on port %d: %s", port,
	    strerror(errno));
	(void)close(fd);
	return NULL;
}

/* The reply to what was said; false unless it begins with want. */
static bool
hear(FILE *f, char want)
{
	char line[512];

	(void)fflush(f);
	do {
		if (fgets(line, sizeof line, f) == NULL)
			return false;
	} while (strlen(line) > 3 && line[3] == '-');
	(void)fseek(f, 0, SEEK_CUR);
	return line[0] == want;
}

static void
say_mail(FILE *f, const char *mail)
{
	while (*mail != '\0') {
		size_t n = strcspn(mail, "\n");

		if (mail[0] == '.')
			(void)fputc('.', f);
		(void)fwrite(mail, 1, n, f);
		(void)fputs("\r\n", f);
		mail += n + (mail[n] == '\n');
	}
	(void)fputs(".\r\n", f);
}

static bool
dialogue(FILE *f, const char *from, const char *to, const char *mail)
{
	if (!hear(f, '2'))
		return false;
	(void)fputs("LHLO demo.example\r\n", f);
	if (!hear(f, '2'))
		return false;
	(void)fprintf(f, "MAIL FROM:<%s>\r\n", from);
	if (!hear(f, '2'))
		return false;
	(void)fprintf(f, "RCPT TO:<%s>\r\n", to);
	if (!hear(f, '2'))
		return false;
	(void)fputs("DATA\r\n", f);
	if (!hear(f, '3'))
		return false;
	say_mail(f, mail);
	return hear(f, '2');
}

enum status
demo_send(struct job *j, const struct demo *d, const char *from, const char *to,
    const char *mail)
{
	FILE *f = dial(j, d->lmtp_port);
	bool good;

	if (f == NULL)
		return ST_TEMP;
	good = dialogue(f, from, to, mail);
	(void)fclose(f);
	return good ? ST_OK
		    : job_fail(j, ST_TEMP, "the mail to %s wasn't taken", to);
}

/* ---- out ---- */

static int
digit(char c)
{
	if (isdigit((unsigned char)c))
		return c - '0';
	return isxdigit((unsigned char)c) ? tolower((unsigned char)c) - 'a' + 10
					  : -1;
}

/* "=E2" at raw is one octet. */
static bool
is_coded(const char *raw)
{
	return raw[0] == '=' && digit(raw[1]) >= 0 && digit(raw[2]) >= 0 &&
	       !islower((unsigned char)raw[1]);
}

/* How much of raw only says how it is coded: soft ends of lines, and the ends
 * of an encoded word, within which *word stays true. */
static size_t
marks(const char *raw, bool *word)
{
	static const char begins[] = "=?utf-8?Q?";

	if (strncmp(raw, begins, sizeof begins - 1) == 0) {
		*word = true;
		return sizeof begins - 1;
	}
	if (*word && raw[0] == '?' && raw[1] == '=') {
		*word = false;
		return 2;
	}
	if (raw[0] == '=' && raw[1] == '\r' && raw[2] == '\n')
		return 3;
	return raw[0] == '\r' ? 1 : raw[0] == '=' && raw[1] == '\n' ? 2 : 0;
}

/* Quoted-printable and encoded words undone, so that a person can read it. */
static char *
readable(struct job *j, const char *raw)
{
	struct buf out = BUF_INIT;
	bool word = false;
	char *s;

	while (*raw != '\0') {
		size_t n = marks(raw, &word);

		if (n != 0) {
			raw += n;
		} else if (is_coded(raw)) {
			buf_char(&out,
			    (char)(digit(raw[1]) * 16 + digit(raw[2])));
			raw += 3;
		} else {
			buf_char(&out, word && *raw == '_' ? ' ' : *raw);
			raw++;
		}
	}
	s = arena_copy(j->mem, out.data, out.len);
	buf_free(&out);
	return s;
}

static enum status
letters_of(struct job *j, struct demo *d, struct letter **all, size_t *n)
{
	return letter_of_event(d->w.db, j, 1, all, n);
}

enum status
demo_reply_to(struct job *j, struct demo *d, const char *person, char **out)
{
	struct letter *all;
	size_t n;
	enum status st = letters_of(j, d, &all, &n);

	for (size_t i = n; st == ST_OK && i-- > 0;) {
		char *raw, *at;

		if (strcmp(all[i].person, person) != 0 ||
		    letter_raw(d->w.db, j, all[i].id, &raw) != ST_OK)
			continue;
		at = strstr(raw, "\nReply-To:");
		if (at == NULL || (at = strchr(at, '<')) == NULL)
			continue;
		*out = arena_copy(j->mem, at + 1, strcspn(at + 1, ">"));
		return ST_OK;
	}
	return st == ST_OK
		   ? job_fail(j, ST_TEMP, "no mail for %s came out", person)
		   : st;
}

enum status
demo_letter(struct job *j, struct demo *d, const char *person, char **out)
{
	struct letter *all;
	size_t n;
	enum status st = letters_of(j, d, &all, &n);

	for (size_t i = 0; i < n && st == ST_OK; i++)
		if (strcmp(all[i].person, person) == 0 &&
		    letter_raw(d->w.db, j, all[i].id, out) == ST_OK) {
			*out = readable(j, *out);
			return ST_OK;
		}
	return st == ST_OK ? ST_NONE : st;
}

static int
visible(const struct dirent *e)
{
	return e->d_name[0] != '.';
}

enum status
demo_spooled(struct job *j, const struct demo *d, const char *address,
    char **out)
{
	char *dir = arena_printf(j->mem, "%s/outbox/new", d->dir);
	char *want = arena_printf(j->mem, "Delivered-To: %s", address);
	struct dirent **all;
	int n = scandir(dir, &all, visible, alphasort);
	enum status st = ST_NONE;

	for (int i = 0; i < n; i++) {
		struct buf b = BUF_INIT;

		if (st == ST_NONE &&
		    file_read(j,
			arena_printf(j->mem, "%s/%s", dir, all[i]->d_name),
			LIMIT_MAIL, &b) == ST_OK &&
		    strstr(b.data, want) != NULL) {
			*out = readable(j, b.data);
			st = ST_OK;
		}
		buf_free(&b);
		free(all[i]);
	}
	if (n >= 0)
		free(all);
	return st;
}
