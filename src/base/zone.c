#include "base/zone.h"

#include <ctype.h>
#include <dirent.h>
#include <string.h>

#include "base/text.h"
#include "base/when.h"

#define ROOT "/usr/share/zoneinfo/"

enum { WORD_MAX = 40 };

/*
 * Where cities are.  Not the folders of countries (US, Canada): their names
 * are no cities.  The upper folder comes first, so that of a city named in
 * two the plain one is found.
 */
static const char *const folders[] = { "Europe", "America", "Asia", "Africa",
	"Australia", "Pacific", "Atlantic", "Indian", "Antarctica", "Arctic",
	"America/Argentina", "America/Indiana", "America/Kentucky",
	"America/North_Dakota" };

static bool
plain(const char *s)
{
	size_t n = strlen(s);

	if (n < 3 || n > WORD_MAX || !isalpha((unsigned char)s[0]))
		return false;
	for (; *s != '\0'; s++)
		if (!isalpha((unsigned char)*s) &&
		    strchr("/_- +", *s) == NULL && !isdigit((unsigned char)*s))
			return false;
	return true;
}

/* A name of the folder; abbreviations in capitals (NSW, ACT) are no city. */
static char *
look(struct arena *mem, const char *folder, const char *city)
{
	char *path = arena_printf(mem, ROOT "%s", folder), *found = NULL;
	DIR *d = opendir(path);
	struct dirent *e;

	if (d == NULL)
		return NULL;
	while (found == NULL && (e = readdir(d)) != NULL) {
		bool small = islower((unsigned char)e->d_name[0]) ||
			     islower((unsigned char)e->d_name[1]);

		if (small && text_key_eq(e->d_name, city))
			found = arena_printf(mem, "%s/%s", folder, e->d_name);
	}
	(void)closedir(d);
	return found;
}

static bool
is_folder(const char *s, size_t n, const char **out)
{
	for (size_t i = 0; i < sizeof folders / sizeof *folders; i++)
		if (strlen(folders[i]) == n &&
		    strncasecmp(folders[i], s, n) == 0) {
			*out = folders[i];
			return true;
		}
	return false;
}

const char *
zone_find(struct arena *mem, const char *word)
{
	const char *slash, *folder, *found = NULL;

	if (!plain(word))
		return NULL;
	slash = strrchr(word, '/');
	if (slash != NULL && is_folder(word, (size_t)(slash - word), &folder))
		found = look(mem, folder, slash + 1);
	else if (slash != NULL)
		found = word; /* Etc/GMT+5, US/Eastern: as written */
	for (size_t i = 0;
	     slash == NULL && i < sizeof folders / sizeof *folders; i++)
		if ((found = look(mem, folders[i], word)) != NULL)
			break;
	return when_zone_known(found) ? found : NULL;
}
