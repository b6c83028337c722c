/*
 * A question to whoever sits at the terminal, also where standard input is a
 * file.  Anything but the word yes is no.
 */
#ifndef CMD_ASK_H
#define CMD_ASK_H

#include <stdbool.h>

bool ask_is_possible(void); /* standard output is a terminal */
bool ask_yes(const char *question);

#endif
