/*
 * Step: seals on what is published, by which anybody who has our public key
 * can tell that it is ours and unaltered: Ed25519 (RFC 8032) with the chain
 * key, written as 128 hexadecimal digits.  What is sealed is a purpose, a line
 * feed and the bytes, so no seal can be moved to something of another kind.
 *
 *   paper     a text file whose last line is "seal: " and the seal of all
 *             above: checkpoints, the list of files
 *   archive   a message of an archive, byte for byte as it stands there, from
 *             its From_ line to the blank line after it, but for the line
 *             "Sitrep-Seal: " itself
 *   mail      a copy that somebody got: notary_mail_form()
 *
 * The same bytes and key give the same seal.  Fails only where the library is
 * missing, which ends the process.
 */
#ifndef FLOW_NOTARY_H
#define FLOW_NOTARY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/job.h"
#include "model/keys.h"
#include "model/mail.h"

enum { NOTARY_SEAL = 128 }; /* characters */
#define NOTARY_HEADER "Sitrep-Seal: "

struct notary_keys { /* public ones, of up to two generations */
	unsigned char key[KEY_GENERATIONS][KEY_SIZE];
	int n;
};

/* Those that belong to the secret ones. */
void notary_public(const struct keys *k, struct notary_keys *out);
/* As a file for others: "ed25519 " and 64 digits a line. */
void notary_write_keys(struct job *j, const struct notary_keys *k,
    struct buf *out);
/* ST_PERM: no key in it; the reason says what it should hold. */
enum status notary_read_keys(struct job *j, const char *text,
    struct notary_keys *out) must_check;

/* Adds the last line to a paper. */
void notary_seal_paper(const struct keys *k, struct buf *paper);
/* The length of what is sealed of a good paper, 0: it isn't good. */
size_t notary_paper_good(const struct notary_keys *k, const char *p, size_t n);

/* Puts the header into the message of an archive that is all of b. */
void notary_seal_archive(const struct keys *k, struct buf *b);
bool notary_archive_good(struct job *j, const struct notary_keys *k,
    const char *p, size_t n);

/* Puts the header into a mail that was composed for a list. */
void notary_seal_mail(struct job *j, const struct keys *k, struct mail *m);
/*
 * A copy as it was kept: transport and mailboxes change the headers around
 * ours, fold and line ends, and the tokens differ from copy to copy.  Sealed
 * are those headers that we gave it and that a reader sees or a program
 * reads, sorted, unfolded, and the body, without line ends at its end, a
 * token as so many stars.
 */
char *notary_mail_form(struct job *j, const char *p, size_t n);
bool notary_mail_good(struct job *j, const struct notary_keys *k, const char *p,
    size_t n);

/* The value of a header of a message with LF ends, unfolded; NULL: none. */
char *notary_header(struct job *j, const char *p, size_t n, const char *name);

#endif
