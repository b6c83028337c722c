/*
 * Paper: some persons, in an order that counts.
 */
#ifndef MODEL_CROWD_H
#define MODEL_CROWD_H

#include <stddef.h>

#include "model/conf.h"

struct crowd {
	const struct person **persons;
	size_t n;
};

#endif
