#!/bin/sh
# usage: tests/lib/postfix.sh start DIR LMTP [PIPE]
#        tests/lib/postfix.sh stop DIR
#        tests/lib/postfix.sh flush DIR
# A private Postfix in DIR, with its own configuration and queue:
#   DIR/in    HOST:PORT where mail for in.status.example is taken; it goes to
#             LMTP (unix:PATH or inet:HOST:PORT), or through PIPE if given: a
#             command line for pipe(8)
#   DIR/out   HOST:PORT that takes everything else and puts it into the Maildir
#             DIR/mail/DOMAIN/LOCAL/
#   DIR/log   what it says
# MILTERS, if set, names the filters that look at what comes in; else every
# mail of example.net gets the result that a filter would have found.
# ELSE, if set: the transport of everything else.
# Needs root.  Only processes of this instance are started and stopped.
set -eu
PATH=$PATH:/usr/sbin:/sbin

ports() {
	python3 -c 'import socket
all = [socket.socket() for _ in range(2)]
for s in all:
	s.bind(("127.0.0.1", 0))
for s in all:
	print(s.getsockname()[1])'
}

write_main() {
	cat <<END
compatibility_level = 3.6
queue_directory = $dir/queue
data_directory = $dir/data
mail_owner = postfix
setgid_group = postdrop
myhostname = mx.status.example
mydestination =
relay_domains = in.status.example
mynetworks = 127.0.0.0/8
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
maillog_file = $dir/log
maillog_file_prefixes = /tmp, /var
alias_maps =
alias_database =
local_recipient_maps =
append_dot_mydomain = no
biff = no
smtputf8_enable = yes
message_size_limit = 31457280
recipient_delimiter = +
smtpd_forbid_bare_newline = yes
smtpd_peername_lookup = no
smtp_host_lookup = native
smtpd_sender_restrictions = check_sender_access regexp:$dir/etc/proof
disable_dns_lookups = yes
mailbox_size_limit = 0
transport_maps = regexp:$dir/etc/transport
minimal_backoff_time = 1s
maximal_backoff_time = 2s
queue_run_delay = 1s
maximal_queue_lifetime = 1d
bounce_queue_lifetime = 1d
initial_destination_concurrency = 20
default_destination_concurrency_failed_cohort_limit = 1000
END
}

write_master() {
	cat <<END
127.0.0.1:$in inet n - n - - smtpd
    -o smtpd_milters=$milters -o smtpd_authorized_xclient_hosts=127.0.0.1
127.0.0.1:$out inet n - n - - smtpd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 1 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
smtp unix - - n - - smtp
relay unix - - n - - smtp
showq unix n - n - - showq
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
lmtp unix - - n - - lmtp
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
maildir unix - n n - - pipe
    user=nobody argv=$dir/to-maildir \${domain} \${user}
postlog unix-dgram n - n - 1 postlogd
END
	[ -z "$pipe" ] || cat <<END
sitrep unix - n n - 4 pipe
    flags=X user=nobody null_sender= argv=$pipe -f \${sender} -s \${size} -- \${recipient}
END
}

start() {
	mkdir -p "$dir/etc" "$dir/queue" "$dir/data" "$dir/mail"
	chmod 755 "$dir" "$dir/queue"
	chown postfix "$dir/data"
	chown nobody "$dir/mail"
	set -- $(ports)
	in=$1 out=$2
	echo "127.0.0.1:$in" > "$dir/in"
	echo "127.0.0.1:$out" > "$dir/out"
	{
		echo "/@in\.status\.example\$/ ${pipe:+sitrep:}${pipe:-lmtp:$lmtp}" |
		    sed 's/sitrep:.*/sitrep:/'
		echo "/./ ${ELSE:-maildir:}"
	} > "$dir/etc/transport"
	write_main > "$dir/etc/main.cf"
	write_master > "$dir/etc/master.cf"
	# What a filter in front would have found; above our own Received.
	: > "$dir/etc/proof"
	[ -n "$milters" ] || echo '/@example\.net$/ PREPEND Authentication-Results: in.status.example; dmarc=pass header.from=example.net' \
	    > "$dir/etc/proof"
	cat > "$dir/to-maildir" <<END
#!/bin/sh
# DOMAIN LOCAL: one message into a Maildir, complete or not at all.
box="$dir/mail/\$1/\$2"
mkdir -p "\$box/tmp" "\$box/new" "\$box/cur" || exit 75
name=\$(date +%s%N).\$\$.mx
cat > "\$box/tmp/\$name" || exit 75
mv "\$box/tmp/\$name" "\$box/new/\$name" || exit 75
END
	chmod 755 "$dir/to-maildir"
	postfix -c "$dir/etc" start >/dev/null 2>&1 ||
	    { cat "$dir/log" >&2; exit 1; }
	n=0
	until postfix -c "$dir/etc" status >/dev/null 2>&1; do
		n=$((n + 1))
		[ $n -lt 100 ] || { cat "$dir/log" >&2; exit 1; }
		sleep 0.1
	done
}

verb=$1 dir=$2 milters=${MILTERS:-}
case $verb in
start) lmtp=$3 pipe=${4:-} ; dir=$(mkdir -p "$dir" && cd "$dir" && pwd); start ;;
stop) postfix -c "$dir/etc" stop >/dev/null 2>&1 || : ;;
flush) postqueue -c "$dir/etc" -f ;;
*) echo "usage: postfix.sh start|stop|flush DIR ..." >&2; exit 64 ;;
esac
