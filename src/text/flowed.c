#include "text/flowed.h"

#include <string.h>

#include "base/buf.h"
#include "base/text.h"

char *
flowed_join(struct arena *mem, const char *s, bool delsp)
{
	struct buf out = BUF_INIT;
	char *p = arena_str(mem, s), *line;
	size_t open = 0; /* depth of the paragraph that goes on */
	bool flowing = false;

	while ((line = text_line(&p)) != NULL) {
		size_t depth = strspn(line, ">"), n;
		bool signature;

		line += depth;
		if (*line == ' ')
			line++;
		n = strlen(line);
		signature = strcmp(line, "-- ") == 0;
		if (flowing && (depth != open || signature)) {
			buf_char(&out, '\n');
			flowing = false;
		}
		if (!flowing) {
			for (size_t i = 0; i < depth; i++)
				buf_char(&out, '>');
			if (depth != 0 && n != 0)
				buf_char(&out, ' ');
		}
		flowing = !signature && n != 0 && line[n - 1] == ' ';
		buf_add(&out, line, flowing && delsp ? n - 1 : n);
		if (!flowing)
			buf_char(&out, '\n');
		open = depth;
	}
	p = arena_copy(mem, out.data, out.len);
	buf_free(&out);
	return p;
}
