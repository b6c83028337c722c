"""A mail server that takes everything and keeps the very bytes, as they came
over the wire: (sender, recipients, bytes with CRLF and without dots stuffed).
"""
import socket
import threading


class Sink:
    def __init__(self):
        self.mails = []
        self.listener = socket.create_server(('127.0.0.1', 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            try:
                peer, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self.talk, args=(peer,),
                             daemon=True).start()

    def talk(self, peer):
        with peer, peer.makefile('rb') as f:
            peer.sendall(b'220 sink.example ESMTP\r\n')
            sender, to = None, []
            for line in f:
                word = line[:4].upper()
                answer = b'250 2.0.0 Ok\r\n'
                if word == b'EHLO':
                    answer = b'250-sink.example\r\n250-8BITMIME\r\n250 ' \
                        b'PIPELINING\r\n'
                elif word == b'MAIL':
                    sender, to = line.split(b'<')[1].split(b'>')[0], []
                elif word == b'RCPT':
                    to.append(line.split(b'<')[1].split(b'>')[0])
                elif word == b'DATA':
                    peer.sendall(b'354 Go on\r\n')
                    self.mails.append((sender.decode(), [
                        a.decode() for a in to], self.text(f)))
                elif word == b'QUIT':
                    peer.sendall(b'221 2.0.0 Bye\r\n')
                    return
                peer.sendall(answer)

    @staticmethod
    def text(f):
        """Ends at CRLF.CRLF and at nothing else."""
        lines, before = [], b'\r\n'
        for line in f:
            if line == b'.\r\n' and before.endswith(b'\r\n'):
                break
            lines.append(line[1:] if line.startswith(b'.') else line)
            before = line
        return b''.join(lines)

    def close(self):
        self.listener.close()
