/*
 * What a mail to an envelope sender of ours reports: that a mail couldn't be
 * delivered (RFC 3464, and the free forms of servers that write none), or
 * something else: a delay, a vacation, a receipt.  Plain reading of headers
 * and of the first delivery-status part; says nothing about whether it may be
 * believed.
 */
#ifndef TEXT_DSN_H
#define TEXT_DSN_H

#include <stdbool.h>
#include <stddef.h>

#include "model/message.h"

/* null_sender: of the envelope or by Return-Path. */
bool dsn_failed(const struct message *m, bool null_sender, const char *raw,
    size_t n);

#endif
