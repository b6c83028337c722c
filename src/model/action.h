/*
 * Paper: "Action: text @owner by date", as somebody wrote it.
 */
#ifndef MODEL_ACTION_H
#define MODEL_ACTION_H

#include <stdint.h>

struct action {
	int64_t at;              /* of the mail; 0 while it is read */
	const char *text;        /* all behind "Action:" */
	const char *owner, *due; /* as written, "" if none */
};

#endif
