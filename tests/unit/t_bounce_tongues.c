/* What is said in the users' languages, and what only looks like it. */
#include "t.h"

#include "text/bounce_tongues.h"
#include "text/phrases.h"

static void
reasons(void **state)
{
	static const struct {
		const char *text;
		enum bounce_reason reason;
	} all[] = {
		{ "Das Postfach hat die maximale Größe erreicht", REASON_FULL },
		{ "Votre correspondant : sa boîte est saturée.", REASON_FULL },
		{ "ПОЧТОВЫЙ ЯЩИК ПОЛУЧАТЕЛЯ ПЕРЕПОЛНЕН", REASON_FULL },
		{ "受信者のメールボックスの容量が一杯です", REASON_FULL },
		{ "De mailbox van de ontvanger is vol", REASON_FULL },
		{ "La cuenta ha sido suspendida", REASON_DISABLED },
		{ "该用户已被冻结", REASON_DISABLED },
		{ "Ukendt modtager", REASON_NO_USER },
		{ "Příjemce: uživatel neexistuje", REASON_NO_USER },
		{ "Άγνωστος χρήστης", REASON_NO_USER },
		{ "존재하지 않는 사용자입니다", REASON_NO_USER },
		/* Not of the mailbox; in another sentence; within a word. */
		{ "Der Absender ist unbekannt", REASON_UNSAID },
		{ "Das Postfach wird geprüft. Der Termin ist voll",
		    REASON_UNSAID },
		{ "De mailbox volgt de post", REASON_UNSAID },
		{ "", REASON_UNSAID },
	};
	struct arena *mem = arena_new();

	(void)state;
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		if (bounce_tongues_reason(phrase_fold(mem, all[i].text)) !=
		    all[i].reason)
			fail_msg("%s: not %d", all[i].text, (int)all[i].reason);
	arena_free(mem);
}

static void
undelivered(void **state)
{
	static const struct {
		const char *text;
		bool is;
	} all[] = {
		{ "Недоставленное сообщение", true },
		{ "Il messaggio non è stato recapitato", true },
		{ "Vaše zpráva nemohla být doručena", true },
		{ "메일 발송 실패 안내", true },
		{ "Votre message n'a pas été distribué", true },
		{ "Ihre Nachricht wurde zugestellt", false },
		{ "Письмо доставлено", false },
		{ "Lunch on Tuesday?", false },
	};
	struct arena *mem = arena_new();

	(void)state;
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		if (bounce_tongues_undelivered(phrase_fold(mem, all[i].text)) !=
		    all[i].is)
			fail_msg("%s: not %d", all[i].text, all[i].is);
	arena_free(mem);
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(reasons),
		cmocka_unit_test(undelivered) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
