#!/bin/sh
# usage: tests/lib/instance.sh DIR [LINE...]
# Makes a throw-away instance in DIR: DIR/sitrep.conf and all that it names,
# an LMTP socket in DIR, a free web port (in DIR/http), mail going to DIR/out.
# Each LINE goes into the configuration, in place of the one it replaces.
set -eu
here=$(cd "$(dirname "$0")/../.." && pwd)
dir=$1
shift
mkdir -p "$dir/lists" "$dir/out"
dir=$(cd "$dir" && pwd)
port=$(python3 -c 'import socket
s = socket.socket()
s.bind(("127.0.0.1", 0))
print(s.getsockname()[1])')
echo "127.0.0.1:$port" > "$dir/http"

mine() {
	for line do
		printf '%s\n' "$line"
	done
}

defaults() {
	cat <<END
state = "$dir/state"
domain = "in.status.example"
url = "https://status.example/"
templates = "$here/templates"
lists = "$dir/lists"
rota = "$dir/rota"
timezone = "UTC"
authserv = "in.status.example"
trust = "open"
relay = { "spool:$dir/out" }
lmtp = "$dir/lmtp.sock"
lmtp_group = ""
http = "127.0.0.1:$port"
own_domains = { "example.net" }
owner = "postmaster@example.net"
admin = "root@localhost"
status_from = "Status desk <incident@in.status.example>"
allow_clock = true
END
}

{
	mine "$@" > "$dir/mine"
	defaults | awk -v mine="$dir/mine" '
	BEGIN {
		while ((getline line < mine) > 0)
			if (line ~ /^[a-z_]+ *=/) {
				sub(/ *=.*/, "", line)
				given[line]
			}
	}
	!($1 in given)'
	cat "$dir/mine"
	cat <<END
component "email-b" { name = "Email Cluster B"  group = "Email"  aliases = { "cluster b", "mail b" } }
component "dns" { name = "DNS"  group = "Network"  aliases = { "name servers" } }
person "noc1" { name = "NOC One"  addresses = { "noc1@example.net" }  roles = { "noc" }  timezone = "America/Toronto" }
person "comms1" { name = "Comms One"  addresses = { "comms1@example.net" }  roles = { "comms" } }
END
} > "$dir/sitrep.conf"

cat > "$dir/lists/example-status.conf" <<END
list "example-status" {
	from = "Example Status <status@status.example>"
	reply_to = "support@example.net"
	kind = "open"
	description = "Status of Example"
	language = "en"
	timezones = { "America/Toronto", "Europe/Paris" }
}
END

cat > "$dir/rota" <<END
2020-01-01T00:00:00Z 2099-01-01T00:00:00Z noc 1 noc1
2020-01-01T00:00:00Z 2099-01-01T00:00:00Z comms 1 comms1
END
