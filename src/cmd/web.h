/*
 * What the web child serves, apart from sockets: the files of the public
 * tree, and which paths name one; and what it can't do.
 */
#ifndef CMD_WEB_H
#define CMD_WEB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/conf.h"

struct web_file {
	int fd; /* the caller closes it */
	size_t size;
	const char *type; /* Content-Type */
	bool download;    /* of no type that a browser should show */
	const char *etag, *modified;
	int64_t changed; /* seconds UTC */
};

enum web_found { WEB_FILE, WEB_FOLDER, WEB_NOTHING };

/* What the web child does to itself (ext/confine.h), for good. */
enum status web_confine(struct job *j, const struct conf *c) must_check;
/*
 * The path of a request as a path inside the tree, "." for the root, with
 * every %XX decoded; NULL in *out if no file of ours has such a name.
 * ST_PERM: no path at all (it holds a NUL or isn't absolute).
 */
enum status web_path(struct job *j, const char *sent,
    const char **out) must_check;
/*
 * Opens what stands at a path from web_path(): a folder is its index.html,
 * if the path said so by its last slash.  Never leaves the tree, follows no
 * symbolic link.
 */
enum web_found web_open(struct job *j, int tree, const char *path,
    struct web_file *out) must_check;

#endif
