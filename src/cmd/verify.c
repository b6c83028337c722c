/*
 * sitrep verify: is what was published still what was published?  Of the
 * store, of a copy of the public tree, or of an mbox that somebody kept.
 */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/text.h"
#include "cmd/verify_in.h"
#include "ext/json.h"

enum { SHOWN = 20, KEY_MAX = 4096, WHERE = 400 };

static const char *const words[] = { "good", "altered", "removed", "inserted" };

struct wish {
	const char *key, *what; /* NULL: not given */
	bool json, tree;
};

void
verify_found(struct checked *x, enum notary_fault what, int64_t order,
    const char *post, const char *where)
{
	x->faults =
	    arena_grow(x->j->mem, x->faults, x->n_faults, sizeof *x->faults);
	x->faults[x->n_faults++] =
	    (struct fault){ what, order, text_one_line(x->j->mem, post, WHERE),
		    text_one_line(x->j->mem, where, WHERE) };
}

char *
verify_post(struct job *j, const char *event, int u, int r)
{
	if (event[0] == '\0')
		return arena_str(j->mem, "");
	if (u == 0)
		return arena_str(j->mem, event);
	if (r == 0)
		return arena_printf(j->mem, "%s u%d", event, u);
	return arena_printf(j->mem, "%s u%d r%d", event, u, r);
}

/* ---- what was found ---- */

static int
by_order(const void *a, const void *b)
{
	const struct fault *x = a, *y = b;

	if (x->order != y->order)
		return x->order < y->order ? -1 : 1;
	return x < y ? -1 : x > y;
}

static const char *
sentence(struct job *j, const struct fault *f)
{
	const char *post = f->post;

	if (f->what == NOTARY_REMOVED && post[0] != '\0')
		post = arena_printf(j->mem, "before %s", post);
	return arena_printf(j->mem, "%s: %s%s%s", words[f->what], post,
	    post[0] == '\0' ? "" : ", ", f->where);
}

static void
tell(const struct checked *x, const struct wish *wish)
{
	for (size_t i = 0; i < x->n_faults && i < SHOWN; i++)
		(void)printf("%s\n", sentence(x->j, &x->faults[i]));
	if (x->n_faults > SHOWN)
		(void)printf("and %zu more\n", x->n_faults - SHOWN);
	(void)printf("%lld posts", (long long)x->posts);
	if (wish->what == NULL)
		(void)printf(", %lld messages", (long long)x->messages);
	if (wish->tree)
		(void)printf(", %lld files", (long long)x->files);
	if (x->others != 0)
		(void)printf(", %lld other mails left alone",
		    (long long)x->others);
	(void)printf(": %s\n",
	    x->n_faults != 0 ? "not as they were published; keep this copy, "
			       "and compare with another"
			     : "complete and unaltered");
	if (wish->tree && wish->key == NULL)
		(void)puts("The key was the copy's own: with one that you kept "
			   "(-k FILE) it proves more.");
}

static void
tell_json(const struct checked *x)
{
	struct json *o = json_new_object(), *all = json_new_array();
	struct buf b = BUF_INIT;

	json_put_bool(o, "good", x->n_faults == 0);
	json_put_int(o, "posts", x->posts);
	json_put_int(o, "messages", x->messages);
	json_put_int(o, "files", x->files);
	for (size_t i = 0; i < x->n_faults; i++) {
		struct json *f = json_new_object();

		json_put_str(f, "fault", words[x->faults[i].what]);
		json_put_str(f, "post", x->faults[i].post);
		json_put_str(f, "where", x->faults[i].where);
		json_add(all, f);
	}
	json_put(o, "faults", all);
	json_write(o, &b);
	json_free(o);
	(void)printf("%s\n", b.data);
	buf_free(&b);
}

/* ---- what is asked ---- */

static int
usage(void)
{
	(void)fputs("usage: sitrep verify [-k KEY] [--json] [TREE|MBOX]\n",
	    stderr);
	return EX_WRONG_USAGE;
}

static bool
options(int argc, char **argv, struct wish *out)
{
	static const struct option longs[] = {
		{ "json", no_argument, NULL, 'j' },
		{ NULL, 0, NULL, 0 },
	};
	int c;

	while ((c = getopt_long(argc, argv, "k:", longs, NULL)) != -1) {
		if (c == 'k')
			out->key = optarg;
		else if (c == 'j')
			out->json = true;
		else
			return false;
	}
	out->what = argv[optind];
	return argc - optind <= 1 && (out->key == NULL || out->what != NULL);
}

static enum status
read_key(struct checked *x, const char *path)
{
	struct buf b = BUF_INIT;
	enum status st = file_read(x->j, path, KEY_MAX, &b);

	if (st == ST_NONE)
		st = job_fail(x->j, ST_PERM,
		    "%s isn't there: it is /chain/key.txt of the site, name a "
		    "copy of it with -k",
		    path);
	if (st == ST_OK)
		st = notary_read_keys(x->j, b.data, &x->keys);
	buf_free(&b);
	return st;
}

/* Of our own house: -k isn't needed where the secret key is. */
static enum status
own_key(struct checked *x, const struct options *o)
{
	struct world w;
	struct keys keys;
	enum status st = world_open(x->j, o, NEED_CONF, &w);

	if (st == ST_OK)
		st = keys_look(x->j, w.conf.state, &keys);
	if (st == ST_OK)
		notary_public(&keys, &x->keys);
	else {
		job_forget(x->j);
		st = job_fail(x->j, ST_PERM,
		    "name the public key with -k FILE: it is /chain/key.txt of "
		    "the site that sent it");
	}
	world_close(&w);
	return st;
}

static enum status
key_of(struct checked *x, const struct wish *wish, const struct options *o)
{
	const char *own;
	struct stat sb;

	if (wish->key != NULL)
		return read_key(x, wish->key);
	if (!wish->tree)
		return own_key(x, o);
	own = arena_printf(x->j->mem, "%s/chain/key.txt", wish->what);
	if (stat(own, &sb) == 0 && !S_ISREG(sb.st_mode))
		return job_fail(x->j, ST_PERM,
		    "%s is no file: name the site's key with -k FILE", own);
	return read_key(x, own);
}

static enum status
look(struct checked *x, struct wish *wish, struct world *w)
{
	const struct options o = w->options;
	struct stat sb;
	enum status st;

	if (wish->what == NULL) {
		st =
		    world_open(x->j, &o, NEED_CONF | NEED_STORE | NEED_KEYS, w);
		return st == ST_OK ? verify_store(x, w) : st;
	}
	if (stat(wish->what, &sb) != 0)
		return job_fail(x->j, ST_PERM,
		    "%s isn't there: name a copy of the public tree or an mbox",
		    wish->what);
	wish->tree = S_ISDIR(sb.st_mode);
	if ((st = key_of(x, wish, &o)) != ST_OK)
		return st;
	return wish->tree ? verify_tree(x, wish->what)
			  : verify_mbox(x, wish->what, "", NULL, 0);
}

int
cmd_verify(struct world *w, struct job *j, int argc, char **argv)
{
	struct checked x = { .j = j };
	struct wish wish = { .key = NULL };

	if (!options(argc, argv, &wish))
		return usage();
	if (look(&x, &wish, w) > ST_NONE) {
		(void)fprintf(stderr, "sitrep: %s\n", j->why);
		return EX_FAILED;
	}
	if (x.n_faults != 0)
		qsort(x.faults, x.n_faults, sizeof *x.faults, by_order);
	if (wish.json)
		tell_json(&x);
	else
		tell(&x, &wish);
	return x.n_faults == 0 ? EX_DONE : EX_FAILED;
}
