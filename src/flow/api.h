/*
 * Step: the JSON that status aggregators read, in the shapes of Atlassian
 * Statuspage's public API, version 2 (spec: statuspage-json.md); what is ours
 * begins with x_.  From public papers alone; the same papers give the same
 * bytes.  Ids are permanent: they follow from the name of what they name.
 *
 * Nothing here can fail; each call adds one whole document to out.
 */
#ifndef FLOW_API_H
#define FLOW_API_H

#include <stddef.h>

#include "base/buf.h"
#include "base/job.h"
#include "model/conf.h"
#include "model/public_update.h"
#include "text/service.h"

struct api {
	struct job *j;
	const struct conf *conf;
	int64_t updated; /* the newest post that the document tells of */
	const struct service *services;
	size_t n_services;
};

/* open: the events that aren't over, newest first. */
void api_status(const struct api *a, const struct public_event *open, size_t n,
    struct buf *out);
void api_summary(const struct api *a, const struct public_event *open, size_t n,
    struct buf *out);
void api_components(const struct api *a, struct buf *out);
void api_incidents(const struct api *a, const struct public_event *events,
    size_t n, struct buf *out);
/* There are none yet: planned work is a later part. */
void api_maintenances(const struct api *a, struct buf *out);

#endif
