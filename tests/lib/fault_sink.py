"""A mail server of ours that fails as it is told, for tests of the courier.

What it took stands in .taken: sender, recipient, text.  While .faults is set
each reply may go wrong, by the chances of .chance (per cent):

rcpt_4xx    a recipient is put off
shut_421    421 instead of a reply, then the connection is closed
close_dot   closed after the dot, with or without having taken the message
reset       RST
slow        the reply comes at a byte a second
silent      nothing more is said on this connection

.doubts counts the messages that it took and gave no 250 for.
"""
import asyncio
import random
import re
import socket
import struct
import threading

CHANCE = {'rcpt_4xx': 5, 'shut_421': 1, 'close_dot': 1, 'reset': 1,
          'slow': .3, 'silent': .3}


class Gone(Exception):
    pass


def unstuffed(text):
    """A text that was taken as it was meant: RFC 5321, 4.5.2."""
    return re.sub(rb'(?m)^\.', b'', text[:-3])


class FaultSink:
    def __init__(self, seed=0, offers=(), chance=CHANCE):
        self.random = random.Random(seed)
        self.chance = dict(chance)
        self.faults = False
        self.offers = ['PIPELINING', 'SIZE 10000000', '8BITMIME', *offers]
        self.rcpt = lambda address: None  # a reply other than 250
        self.mail = lambda sender: None
        self.pause = 0  # seconds for each message
        self.at_a_time = {}  # of a domain, how many; more get a 4.7.1
        self.open = {}
        self.most = {}
        self.slowed = 0
        self.taken = []
        self.note = self.taken.append
        self.said = []  # MAIL and RCPT lines
        self.sessions = self.doubts = 0
        self.loop = asyncio.new_event_loop()
        self.server = self.loop.run_until_complete(asyncio.start_server(
            self.session, '127.0.0.1', 0, limit=1 << 22))
        self.port = self.server.sockets[0].getsockname()[1]
        self.thread = threading.Thread(target=self.loop.run_forever,
                                       daemon=True)
        self.thread.start()

    @property
    def url(self):
        return 'smtp://127.0.0.1:%d' % self.port

    def close(self):
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join()
        self.server.close()
        left = asyncio.all_tasks(self.loop)

        async def end():
            for task in left:
                task.cancel()
            await asyncio.gather(*left, return_exceptions=True)
        self.loop.run_until_complete(end())
        self.loop.close()

    def recipients(self):
        return [to for _, to, _ in self.taken]

    def fails(self, what):
        return (self.faults and
                self.random.random() * 100 < self.chance.get(what, 0))

    async def say(self, w, line):
        if w.is_closing():
            raise Gone
        data = line.encode() + b'\r\n'
        if self.fails('reset'):
            w.get_extra_info('socket').setsockopt(
                socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0))
            raise Gone
        if self.fails('silent'):
            await asyncio.sleep(3600)
        if self.fails('slow'):
            while self.faults and data and not w.is_closing():
                w.write(data[:1])
                data = data[1:]
                await asyncio.sleep(1)
        if data and self.fails('shut_421'):
            w.write(b'421 4.3.2 shutting down\r\n')
            await w.drain()
            raise Gone
        w.write(data)
        await w.drain()

    async def session(self, r, w):
        self.sessions += 1
        held = []
        try:
            await self.say(w, '220 sink.example ESMTP')
            await self.talk(r, w, held)
        except (Gone, ConnectionError, asyncio.IncompleteReadError,
                asyncio.CancelledError):
            pass
        for domain in held:
            self.open[domain] -= 1
        w.close()

    async def talk(self, r, w, held):
        sender, to = None, []
        while True:
            line = (await r.readuntil(b'\r\n'))[:-2].decode()
            verb = line[:4].upper()
            if verb == 'EHLO':
                for word in self.offers:
                    await self.say(w, '250-' + word)
                await self.say(w, '250 HELP')
            elif verb == 'MAIL':
                self.said.append(line)
                sender = re.search('<(.*?)>', line).group(1)
                no = self.mail(sender)
                if no is not None:
                    sender = None
                await self.say(w, no or '250 2.1.0 Ok')
            elif verb == 'RCPT':
                self.said.append(line)
                address = re.search('<(.*?)>', line).group(1)
                no = '503 5.5.1 no' if sender is None else self.no(address,
                                                                  held)
                if no is None:
                    to.append(address)
                await self.say(w, no or '250 2.1.5 Ok')
            elif verb == 'DATA':
                if not to:
                    await self.say(w, '554 5.5.1 no valid recipients')
                    continue
                await self.say(w, '354 go on')
                await self.take(r, w, sender, to, held)
                sender, to = None, []
            elif verb == 'RSET':
                sender, to = None, []
                await self.say(w, '250 2.0.0 Ok')
            elif verb == 'QUIT':
                await self.say(w, '221 2.0.0 Bye')
                return
            else:
                await self.say(w, '500 5.5.1 what?')

    def no(self, address, held):
        if self.fails('rcpt_4xx'):
            return '450 4.2.0 put off'
        no = self.rcpt(address)
        domain = address.rpartition('@')[2]
        most = self.at_a_time.get(domain)
        if no is not None or most is None:
            return no
        if self.open.get(domain, 0) >= most:
            self.slowed += 1
            return '450 4.7.1 too many at a time for ' + domain
        self.open[domain] = self.open.get(domain, 0) + 1
        self.most[domain] = max(self.most.get(domain, 0), self.open[domain])
        held.append(domain)
        return None

    async def take(self, r, w, sender, to, held):
        text = b''
        while not (text.endswith(b'\r\n.\r\n') or text == b'.\r\n'):
            text += await r.readuntil(b'\r\n')
        if self.pause:
            await asyncio.sleep(self.pause)
        while held:
            self.open[held.pop()] -= 1
        if self.fails('close_dot'):
            if self.random.random() < .5:
                self.note((sender, to, text))
                self.doubts += 1
            raise Gone
        self.note((sender, to, text))
        self.doubts += 1  # until it is said
        await self.say(w, '250 2.0.0 Ok: queued as %X' % len(self.taken))
        self.doubts -= 1
