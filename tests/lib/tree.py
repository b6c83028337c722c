"""What a run of `page` writes into the public tree of a desk."""
import os
import time

from desk import COMMS1, say, to


def public(desk, *parts):
    return desk.path('state', 'public', *parts)


def files(desk):
    """Each file, and what changes when it is written."""
    out = {}
    top = public(desk)
    for where, _, names in os.walk(top):
        for name in names:
            path = os.path.join(where, name)
            s = os.stat(path)
            out[os.path.relpath(path, top)] = (s.st_ino, s.st_mtime_ns)
    return out


def timed(desk, *more):
    """How long it took, and what it said."""
    start = time.monotonic()
    done = desk.run('page', *more, check=True, patience=3600)
    return time.monotonic() - start, done.stdout.decode()


def written(desk, *more):
    """What was written, how long it took, and what it said."""
    before = files(desk)
    took, said = timed(desk, *more)
    after = files(desk)
    return (sorted(p for p in after if before.get(p) != after[p]), took, said)


def update(desk, text, at, state='identified'):
    """A further update of INC-2026-0042 is posted, and no page made."""
    letter = to(desk.mail(COMMS1, say(), '%s\n\n%s\n' % (state, text),
                          subject='[INC-2026-0042] x', at=at),
                'comms1@example.net')
    desk.now += 30
    desk.answer(letter, 'yes', sender=COMMS1, at=desk.now)
