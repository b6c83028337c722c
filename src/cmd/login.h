/*
 * Who sits at the shell that ran us, for the journal.
 */
#ifndef CMD_LOGIN_H
#define CMD_LOGIN_H

#include "base/arena.h"

const char *login_name(struct arena *mem);

#endif
