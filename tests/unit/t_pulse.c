/* T14 as arithmetic: one test a period, two lost are an outage, jumps. */
#include "t.h"

#include <stdlib.h>
#include <string.h>

#include "base/when.h"
#include "text/pulse.h"

enum { START = 1772600000 };

/* The world around it: what the store would have. */
struct sim {
	struct pulse_seen s;
	int sends, alarms, overs;
	int64_t sent_at[400];
};

static void
begin(struct sim *m)
{
	*m = (struct sim){ .s = { .now = START,
			       .silence = DAY,
			       .period = HOUR,
			       .last = START } };
}

static void
look(struct sim *m)
{
	struct pulse p = pulse_decide(&m->s);

	if (p.over) {
		m->overs++;
		m->s.alarmed = 0;
	}
	if (p.alarm) {
		m->alarms++;
		m->s.alarmed = m->s.now;
	}
	if (p.moved)
		m->s.next = p.next;
	if (!p.send)
		return;
	m->sent_at[m->sends++] = m->s.now;
	m->s.next = p.next;
	m->s.beats[1] = m->s.beats[0];
	m->s.beats[0] = (struct beat){ m->sends, m->s.now, 0 };
	m->s.n_beats = m->s.n_beats < 2 ? m->s.n_beats + 1 : 2;
	/* Asked again at the same moment it does nothing more. */
	p = pulse_decide(&m->s);
	assert_false(p.send || p.alarm || p.over);
}

static void
come_back(struct sim *m)
{
	m->s.beats[0].back = m->s.now;
	if (m->s.alarmed != 0)
		m->overs++;
	m->s.alarmed = 0;
}

static void
pass(struct sim *m, int64_t seconds)
{
	for (; seconds > 0; seconds -= 60) {
		m->s.now += 60;
		look(m);
	}
}

static void
outage(void **state)
{
	struct sim m;

	(void)state;
	begin(&m);
	pass(&m, DAY - 60);
	assert_int_equal(m.sends, 0);
	pass(&m, 60);
	assert_int_equal(m.sends, 1);
	pass(&m, HOUR);
	assert_int_equal(m.sends, 2);
	assert_int_equal(m.alarms, 0);
	pass(&m, HOUR - 60);
	assert_int_equal(m.alarms, 0);
	pass(&m, 60);
	assert_int_equal(m.alarms, 1);
	pass(&m, 48 * HOUR);
	assert_int_equal(m.sends, 51);
	assert_int_equal(m.alarms, 1);
	come_back(&m);
	pass(&m, 2 * HOUR);
	assert_int_equal(m.alarms, 1);
	pass(&m, HOUR);
	assert_int_equal(m.alarms, 2);
	m.s.last = m.s.now + 30; /* a real mail */
	pass(&m, HOUR);
	assert_int_equal(m.overs, 2);
	assert_int_equal(m.sends, 54);
}

static void
all_well(void **state)
{
	struct sim m;

	(void)state;
	begin(&m);
	for (int i = 0; i < 10 * DAY / 60; i++) {
		int sends = m.sends;

		pass(&m, 60);
		if (m.sends != sends)
			come_back(&m);
	}
	assert_int_equal(m.sends, 9 * 24 + 1);
	assert_int_equal(m.alarms, 0);
}

/* A test lost, then mail, then a test lost: not two in a row. */
static void
mail_between(void **state)
{
	struct sim m;

	(void)state;
	begin(&m);
	pass(&m, DAY + 60);
	assert_int_equal(m.sends, 1);
	m.s.last = m.s.now;
	pass(&m, DAY + HOUR + 60);
	assert_int_equal(m.sends, 3);
	assert_int_equal(m.alarms, 0);
}

static void
turned_off(void **state)
{
	struct sim m;

	(void)state;
	begin(&m);
	m.s.silence = -1;
	pass(&m, 9 * DAY);
	assert_int_equal(m.sends, 0);
	assert_int_equal(pulse_decide(&m.s).next, INT64_MAX);
	begin(&m);
	m.s.silence = 0;
	pass(&m, DAY);
	assert_int_equal(m.sends, 24);
}

/* Whatever the clock does, never two tests within a period of it. */
static void
jumps(void **state)
{
	static const int64_t by[] = { HOUR, -HOUR, DAY, -DAY, 600, -600,
		5 * 365 * DAY, -5 * 365 * DAY };

	(void)state;
	for (unsigned seed = 1; seed <= 40; seed++) {
		unsigned r = seed;
		struct sim m;
		int was;

		begin(&m);
		pass(&m, DAY + HOUR);
		for (int i = 0; i < 20; i++) {
			was = m.sends;
			m.s.now += by[rand_r(&r) % 8];
			look(&m);
			assert_true(m.sends - was <= 1);
			was = m.sends;
			pass(&m, HOUR - 60);
			assert_true(m.sends - was <= 1);
		}
		/* Set right again: a test comes after a period at the latest.
		 */
		m.s.last = m.s.now - DAY;
		was = m.sends;
		pass(&m, HOUR + 60);
		assert_true(m.sends > was);
		was = m.sends;
		pass(&m, 10 * HOUR);
		assert_int_equal(m.sends - was, 10);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(outage),
		cmocka_unit_test(all_well), cmocka_unit_test(mail_between),
		cmocka_unit_test(turned_off), cmocka_unit_test(jumps) };

	return cmocka_run_group_tests_name("pulse", tests, NULL, NULL);
}
