#!/bin/sh
# usage: forged.sh DIR
# Writes mails that claim to be noc1@example.net, as they would stand before
# us behind our own mail server (in.status.example): forged-NN.eml must never
# be read as class A1 or A2 of noc1, genuine-NN.eml must be A1.  For the real
# reader and the whole program; t_sender has the judgement alone.
set -eu
dir=$1
mkdir -p "$dir"
n=0
hop='Received: from mx.evil.example by in.status.example with ESMTP id 1;
	Wed, 04 Mar 2026 14:06:20 +0000'
evil='Authentication-Results: in.status.example; dkim=pass header.d=evil.example;
	dmarc=pass header.from=evil.example; spf=pass smtp.mailfrom=evil.example'
none='Authentication-Results: in.status.example; dmarc=none'
good='Authentication-Results: in.status.example; dkim=pass header.d=example.net;
	dmarc=pass header.from=example.net'

# put KIND TOP FROM-LINES [MORE]: TOP as our server adds it; FROM-LINES may
# hold escapes of printf.
put() {
	n=$((n + 1))
	file=$dir/$1-$(printf %02d $n).eml
	{
		test -z "$2" || printf '%s\n' "$2"
		printf '%b\n' "$3"
		test -z "${4-}" || printf '%b\n' "$4"
		printf 'To: incident@in.status.example\n'
		printf 'Date: Wed, 04 Mar 2026 14:06:12 +0000\n'
		printf 'Message-ID: <forged-%d@evil.example>\n' $n
		printf 'Subject: Sev2 cluster b: sample %d\n' $n
		printf 'MIME-Version: 1.0\n'
		printf 'Content-Type: text/plain; charset=utf-8\n\n'
		printf 'logins fail, sample %d\n' $n
	} | sed 's/$/\r/' >"$file"
}

noc='NOC One <noc1@example.net>'

# 1. More than one author, or none.
for from in \
	"From: $noc\nFrom: x@evil.example" \
	"From: x@evil.example\nFrom: $noc" \
	"From: $noc\nfrom: x@evil.example" \
	"From: $noc\nFROM : x@evil.example" \
	"From : $noc\nFrom: x@evil.example" \
	"From: x@evil.example, noc1@example.net" \
	"From: noc1@example.net, x@evil.example" \
	"From: <noc1@example.net>, <x@evil.example>" \
	"From: noc1@example.net <x@evil.example>" \
	"From: <noc1@example.net> <x@evil.example>" \
	"From: <x@evil.example> <noc1@example.net>" \
	"From: <x@evil.example>noc1@example.net" \
	"From: NOC: noc1@example.net;" \
	"From: NOC: noc1@example.net, x@evil.example;" \
	"From: noc:;" \
	"From:" \
	"From: <>" \
	"From: noc1" \
	"Sender: $noc\nReply-To: $noc" \
	"Resent-From: $noc"
do
	put forged "$evil
$hop" "$from"
done

# 2. One author who only looks like noc1.
for from in \
	'From: "noc1@example.net" <x@evil.example>' \
	'From: "NOC One <noc1@example.net>" <x@evil.example>' \
	'From: NOC One (noc1@example.net) <x@evil.example>' \
	'From: x@evil.example (noc1@example.net)' \
	'From: =?utf-8?Q?NOC_One_=3Cnoc1=40example.net=3E?= <x@evil.example>' \
	'From: =?utf-8?B?bm9jMUBleGFtcGxlLm5ldA==?= <x@evil.example>' \
	'From: <@example.net:x@evil.example>' \
	'From: <@example.net,@a.example:x@evil.example>' \
	'From: "noc1@example.net,"@evil.example' \
	'From: noc1%example.net@evil.example' \
	'From: "noc1@example.net"@evil.example' \
	'From: noc1@example.net.evil.example' \
	'From: noc1@example.net@evil.example' \
	'From: noc1@sub.example.net' \
	'From: noc1@examp1e.net' \
	'From: noc1@ex\0303\0244mple.net' \
	'From: noc1@xn--exmple-cua.net' \
	'From: noc1@\0320\0265xample.net' \
	'From: noc1+x@example.net' \
	'From: noc1@[example.net]' \
	'From: "noc1"@evil.example' \
	'From:\n x@evil.example\n (noc1@example.net)' \
	'From: x@evil.example\nSender: noc1@example.net' \
	'From: x@evil.example\nReply-To: noc1@example.net' \
	'From: noc1@example.net\0342\0200\0256@evil.example'
do
	put forged "$evil
$hop" "$from"
done

# 3. The right From, and no proof of it; with what he would like us to read.
for more in \
	"$good" \
	"Authentication-Results: IN.STATUS.EXAMPLE; dmarc=pass" \
	"Authentication-Results: in.status.example 1;\n dmarc=pass\n header.from=example.net" \
	"Authentication-Results : in.status.example; dmarc=pass" \
	"ARC-Authentication-Results: i=1; in.status.example; dmarc=pass" \
	"Return-Path: <noc1@example.net>\n$good" \
	"$hop\n$good" \
	"Received: from a by b; Wed, 04 Mar 2026 14:00:00 +0000\n$good" \
	"Received-SPF: pass\nX-DKIM: pass"
do
	put forged "$none
$hop" "$more" "From: $noc"
	put forged "$evil
$hop" "$more" "From: $noc"
	put forged "$hop" "$more" "From: $noc"
	put forged "$hop" "From: $noc" "$more"
	put forged "" "From: $noc" "$more"
done

# 4. Our own server's words, bent by what he signed or sent.
for words in \
	'dkim=pass header.d=example.net(.evil.example' \
	'dkim=pass header.d=example.net(.evil.example; dkim=pass header.d=x).evil.example' \
	'dkim=pass header.d=example.net.evil.example' \
	'dkim=pass header.d=net' \
	'dkim=pass header.d=evil.example header.i=@example.net' \
	'dkim=pass header.i=x@evil.example header.from=example.net' \
	'spf=pass smtp.mailfrom=x; dmarc=pass header.from=example.net; y@evil.example' \
	'spf=pass smtp.mailfrom="x; dmarc=pass header.from=example.net"@evil.example' \
	'dmarc=pass header.from=evil.example' \
	'dmarc=fail header.from=example.net; spf=pass smtp.mailfrom=example.net' \
	'dmarc=fail (dmarc=pass) header.from=example.net' \
	'dmarc=temperror header.from=example.net; dkim=temperror header.d=example.net'
do
	put forged "Authentication-Results: in.status.example; $words
$hop" "From: $noc"
done

# 5. Real ones.
for from in "From: $noc" 'From: noc1@example.net' 'From: <noc1@example.net>' \
	'From: "One, NOC" <noc1@example.net>' \
	'From: =?utf-8?Q?N=C3=B6C?= <noc1@example.net>' \
	'From:\n NOC One\n <noc1@example.net>' \
	'From: NOC1@EXAMPLE.NET' \
	'From: NOC One <noc1@example.net> (on a train)' \
	'From: "noc1@example.net" <noc1@example.net>'
do
	put genuine "Return-Path: <noc1@example.net>
$good
$hop" "$from"
	put genuine "$good" "$from"
done
