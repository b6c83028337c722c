/* Who has to leave when there is no room: by address, by age, by lateness. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/seats.h"

enum { ASKING_MS = 60 * 1000, MANY = 20 };

static struct seats *seats;
static int ours[64], theirs[64], n;

static int
setup(void **state)
{
	(void)state;
	seats = malloc(sizeof *seats);
	assert_non_null(seats);
	seats_open(seats, "late", ASKING_MS);
	seats->max = 24;
	n = 0;
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	while (n-- != 0) {
		(void)close(ours[n]);
		(void)close(theirs[n]);
	}
	free(seats);
	return 0;
}

static struct seat *
come(const char *address)
{
	struct sockaddr_storage from = { 0 };
	struct sockaddr_in *in = (struct sockaddr_in *)&from;
	int fd[2];

	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, fd), 0);
	ours[n] = fd[0];
	theirs[n++] = fd[1];
	in->sin_family = AF_INET;
	assert_int_equal(inet_pton(AF_INET, address, &in->sin_addr), 1);
	return seats_take(seats, fd[0], &from);
}

/* What the i-th to come reads up to the end; NULL: it is still connected. */
static const char *
heard(int i)
{
	static char text[16];
	ssize_t got = recv(theirs[i], text, sizeof text - 1, MSG_DONTWAIT);

	if (got < 0)
		return NULL;
	text[got] = '\0';
	return text;
}

static void
one_address(void **state)
{
	struct seat *first = NULL, *p;

	(void)state;
	for (int i = 0; i < MANY; i++) {
		p = come("192.0.2.1");
		assert_non_null(p);
		first = i == 0 ? p : first;
		p->since += i;
	}
	seat_enter(first, SEAT_SENDING, ASKING_MS);
	assert_non_null(come("192.0.2.1"));
	assert_null(heard(0)); /* it is being served */
	assert_string_equal(heard(1), "");
	assert_int_equal(seats->leaving, 1);
	assert_int_equal(seats->n, MANY);
	assert_non_null(come("192.0.2.2"));
	assert_null(heard(2));
}

static void
served_by_the_dozen(void **state)
{
	(void)state;
	for (int i = 0; i < MANY; i++)
		seat_enter(come("192.0.2.1"), SEAT_SENDING, ASKING_MS);
	assert_null(come("192.0.2.1"));
	assert_non_null(come("192.0.2.2"));
}

static void
house_is_full(void **state)
{
	struct seat *p;

	(void)state;
	for (size_t i = 0; i < seats->max; i++) {
		p = come("127.0.0.1");
		assert_non_null(p);
		p->since += (int64_t)i;
	}
	p = come("127.0.0.1");
	assert_non_null(p);
	assert_string_equal(heard(0), "");
	assert_int_equal(seats->n, seats->max);
	for (size_t i = 0; i < SEATS; i++)
		if (seats->list[i].phase == SEAT_ASKING)
			seat_enter(&seats->list[i], SEAT_ANSWER, 0);
	assert_null(come("127.0.0.1"));
	seats_give(seats, p);
	assert_non_null(come("127.0.0.1"));
}

static void
late(void **state)
{
	struct seat *p[4];

	(void)state;
	for (int i = 0; i < 4; i++)
		p[i] = come("127.0.0.1");
	seat_enter(p[0], SEAT_ASKING, 0);
	seat_enter(p[1], SEAT_ASKING, 0);
	p[1]->asked = false; /* between two requests */
	seat_enter(p[2], SEAT_ANSWER, 0);
	seats_look(seats);
	assert_string_equal(heard(0), "late");
	assert_string_equal(heard(1), "");
	assert_null(heard(2));
	assert_null(heard(3));
	assert_int_equal(seats->leaving, 2);
	seats_give(seats, p[0]);
	seats_give(seats, p[0]);
	assert_int_equal(seats->leaving, 1);
	assert_int_equal(seats->n, 2);
	assert_false(seats_stuck(seats));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(one_address, setup, teardown),
		cmocka_unit_test_setup_teardown(served_by_the_dozen, setup,
		    teardown),
		cmocka_unit_test_setup_teardown(house_is_full, setup, teardown),
		cmocka_unit_test_setup_teardown(late, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
