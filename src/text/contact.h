/*
 * Lines of a signature that only help to reach or to know a firm: addresses,
 * telephones, links, pictures, its register, advertisement.  All are folded
 * (phrase_fold).
 */
#ifndef TEXT_CONTACT_H
#define TEXT_CONTACT_H

#include <stdbool.h>

/* Telephone, address of mail or of a page. */
bool contact_data(const char *fold);
/* A picture that a mail program left in brackets, and nothing else. */
bool contact_picture(const char *fold);
/* Any of the lines above. */
bool contact_idle(const char *fold);

#endif
