/* Paper: what a server said its yes or no to. */
#ifndef MODEL_REFUSED_AT_H
#define MODEL_REFUSED_AT_H

enum refused_at {
	AT_NOTHING, /* none was given, or it is our own */
	AT_MAIL,
	AT_RCPT,
	AT_DATA,
	AT_TEXT,
};

#endif
