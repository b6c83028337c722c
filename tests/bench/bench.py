"""What the programs of `make bench` share: programs built, a mail server to
send to, stores filled, rows of the table.  They run at the top of the source.
"""
import functools
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib'))

BUILD = os.environ.get('BUILD', 'build')
PAIRS = int(os.environ.get('PAIRS', '7'))
PROGRAMS = 'sitrep', 'bench/broadcast', 'bench/sink'
SIZE = 4096  # of a copy, about
SESSIONS = 16  # flow/courier.h
median = statistics.median


def number(name, usual):
    """How many; the environment may say otherwise."""
    return int(os.environ.get(name, usual))


def row(figure, what, value, goal):
    print('%-4s %-52s %10s %10s' % (
        figure, what, value if isinstance(value, int) else '%.3f' % value,
        goal), flush=True)


def skip(figures, why):
    print('%s: skipped, %s' % (figures, why), flush=True)
    sys.exit(0)


def need(figures, program, package):
    """The path of a peer, without which there is nothing to compare."""
    path = shutil.which(program, path=os.environ['PATH'] + ':/usr/sbin')
    if path is None:
        skip(figures, "%s isn't installed" % package)
    return path


@functools.cache
def make():
    subprocess.run(['make', '-s', 'BUILD=' + BUILD, *(
        os.path.join(BUILD, n) for n in PROGRAMS)], check=True,
        stdout=sys.stderr)


def built(name):
    """The path of one of our own programs."""
    make()
    return os.path.join(BUILD, name)


def folder(test):
    """Runs it with a folder of its own."""
    with tempfile.TemporaryDirectory(prefix='sitrep-bench-') as d:
        os.chmod(d, 0o755)
        test(d)


def seconds(command):
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def pairs(one, other):
    """PAIRS figures of each, taken in turns."""
    both = [(one(), other()) for _ in range(PAIRS)]
    return [a for a, _ in both], [b for _, b in both]


class Sender:
    """tests/bench/broadcast.c with a store of n members."""

    def __init__(self, state, n):
        self.program = built('bench/broadcast')
        self.state = state
        self.run('fill', str(n), str(SIZE))

    def command(self, verb, *more):
        return [self.program, verb, self.state, *more]

    def run(self, verb, *more):
        return [float(x) for x in subprocess.run(
            self.command(verb, *more), check=True,
            stdout=subprocess.PIPE).stdout.split()]


class Sink:
    """tests/bench/sink.c; in .counts, what it took."""

    def __init__(self, where):
        self.counts = os.path.join(where, 'counts')
        self.process = subprocess.Popen([built('bench/sink'), self.counts],
                                        stdout=subprocess.PIPE)
        self.port = int(self.process.stdout.readline())
        self.url = 'smtp://127.0.0.1:%d' % self.port

    def __enter__(self):
        return self

    def __exit__(self, *what):
        self.process.kill()
        self.process.wait()

    def lines(self):
        """So many, without reading them."""
        return os.path.getsize(self.counts) // 8

    def last(self):
        with open(self.counts, 'rb') as f:
            f.seek(-8, os.SEEK_END)
            return f.read().decode().strip()

    def read(self):
        with open(self.counts) as f:
            return f.read().split()
