#include "base/code.h"

#include <string.h>

enum { BASE64_LINE = 57 }; /* bytes that make 76 characters */

char *
code_hex(struct arena *mem, const unsigned char *p, size_t n)
{
	static const char digit[] = "0123456789abcdef";
	char *s = arena_alloc(mem, n * 2 + 1);

	for (size_t i = 0; i < n; i++) {
		s[i * 2] = digit[p[i] >> 4];
		s[i * 2 + 1] = digit[p[i] & 15];
	}
	return s;
}

bool
code_unhex(const char *s, unsigned char *out, size_t n)
{
	static const char digit[] = "0123456789abcdef";

	for (size_t i = 0; i < 2 * n; i++) {
		const char *at = s[i] == '\0' ? NULL : strchr(digit, s[i]);

		if (at == NULL)
			return false;
		out[i / 2] =
		    (unsigned char)(i % 2 == 0 ? (at - digit) << 4
					       : out[i / 2] | (at - digit));
	}
	return true;
}

void
code_base64(struct buf *out, const unsigned char *p, size_t n)
{
	static const char digit[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				    "abcdefghijklmnopqrstuvwxyz0123456789+/";

	for (; n != 0; p += n < 3 ? n : 3, n -= n < 3 ? n : 3) {
		unsigned v = (unsigned)p[0] << 16;

		if (n > 1)
			v |= (unsigned)p[1] << 8;
		if (n > 2)
			v |= p[2];
		buf_char(out, digit[v >> 18]);
		buf_char(out, digit[v >> 12 & 63]);
		buf_char(out, n > 1 ? digit[v >> 6 & 63] : '=');
		buf_char(out, n > 2 ? digit[v & 63] : '=');
	}
}

void
code_base64_lines(struct buf *out, const unsigned char *p, size_t n)
{
	while (n != 0) {
		size_t k = n < BASE64_LINE ? n : BASE64_LINE;

		code_base64(out, p, k);
		buf_str(out, "\r\n");
		p += k;
		n -= k;
	}
}

bool
code_same(const char *a, const char *b)
{
	size_t n = strlen(a);
	unsigned diff = 0;

	if (strlen(b) != n)
		return false;
	for (size_t i = 0; i < n; i++) {
		unsigned x = (unsigned char)a[i], y = (unsigned char)b[i];

		x |= (x >= 'A' && x <= 'Z') ? 0x20u : 0;
		y |= (y >= 'A' && y <= 'Z') ? 0x20u : 0;
		diff |= x ^ y;
	}
	return diff == 0;
}
