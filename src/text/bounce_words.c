#include "text/bounce_words.h"

#include <ctype.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

enum { LOOKED_AT = 16 * 1024 };

/* Lower case; the first that is found holds. */
struct wording {
	enum bounce_reason reason;
	const char *words;
};

/* What leaves no doubt. */
static const struct wording plain[] = {
	/* clang-format off */
	{ REASON_SYSTEM, "mailer error" },
	{ REASON_SYSTEM, "no such file" },

	{ REASON_NO_HOST, "account or domain may not exist" },

	{ REASON_NO_USER, "recipient address rejected: access denied" },

	{ REASON_POLICY, " : user unknown" },

	{ REASON_RATE, "sending quota" },
	{ REASON_RATE, "daily limit" },
	{ REASON_RATE, "hourly limit" },
	{ REASON_RATE, "daily sending" },
	{ REASON_RATE, "daily user" },

	{ REASON_FULL, "mailbox full" },
	{ REASON_FULL, "mailbox is full" },
	{ REASON_FULL, "mailbox was full" },
	{ REASON_FULL, "mail box full" },
	{ REASON_FULL, "mailfolder is full" },
	{ REASON_FULL, "folder is full" },
	{ REASON_FULL, "inbox is full" },
	{ REASON_FULL, "inbox full" },
	{ REASON_FULL, "maildir is full" },
	{ REASON_FULL, "mailbox exceeded" },
	{ REASON_FULL, "mailbox has exceeded" },
	{ REASON_FULL, "mailbox size limit" },
	{ REASON_FULL, "mailbox space not enough" },
	{ REASON_FULL, "space not enough" },
	{ REASON_FULL, "out of storage" },
	{ REASON_FULL, "storage space" },
	{ REASON_FULL, "storage limit" },
	{ REASON_FULL, "insufficient disk" },
	{ REASON_FULL, "insufficient storage" },
	{ REASON_FULL, "disk full" },
	{ REASON_FULL, "over quota" },
	{ REASON_FULL, "overquota" },
	{ REASON_FULL, "over the quota" },
	{ REASON_FULL, "over the maximum allowed" },
	{ REASON_FULL, "overdrawn" },
	{ REASON_FULL, "quota exceeded" },
	{ REASON_FULL, "quota exceed" },
	{ REASON_FULL, "quotaexceeded" },
	{ REASON_FULL, "quota full" },
	{ REASON_FULL, "quota violation" },
	{ REASON_FULL, "quota limit" },
	{ REASON_FULL, "disk quota" },
	{ REASON_FULL, "exceeding their quota" },
	{ REASON_FULL, "exceeded their quota" },
	{ REASON_FULL, "exceeds their quota" },
	{ REASON_FULL, "exceeded its quota" },
	{ REASON_FULL, "exceeds the quota" },
	{ REASON_FULL, "exceeded the quota" },
	{ REASON_FULL, "exceeded storage" },
	{ REASON_FULL, "exceed quota" },
	{ REASON_FULL, "would be exceeded" },
	{ REASON_FULL, "exceeded the local limit" },
	{ REASON_FULL, "not enough space" },
	{ REASON_FULL, "no space left" },
	{ REASON_FULL, "too many messages in" },
	{ REASON_FULL, "too many messages on this mailbox" },
	{ REASON_FULL, "too much mail data" },
	{ REASON_FULL, "user is over" },
	{ REASON_FULL, "account is full" },
	{ REASON_FULL, "boîte pleine" },
	{ REASON_FULL, "quota dépassé" },
	{ REASON_FULL, "postfach ist voll" },
	{ REASON_FULL, "postfach voll" },
	{ REASON_FULL, "buzón lleno" },
	{ REASON_FULL, "casella piena" },
	{ REASON_FULL, "caixa postal cheia" },
	{ REASON_FULL, "ящик переполнен" },
	{ REASON_FULL, "メールボックスが一杯" },
	{ REASON_FULL, "メールボックスがいっぱい" },
	{ REASON_FULL, "容量を超" },
	{ REASON_FULL, "邮箱已满" },
	{ REASON_FULL, "空间不足" },
	{ REASON_FULL, "mail system full" },
	{ REASON_FULL, "over the allowed quota" },
	{ REASON_FULL, "file too large" },
	{ REASON_FULL, "mailbox limit" },
	{ REASON_FULL, "mailbox size exceeded" },
	{ REASON_FULL, "has exceeded its" },
	{ REASON_FULL, "exceeded the space" },
	{ REASON_FULL, "no storage" },
	{ REASON_FULL, "storage full" },
	{ REASON_FULL, "storage is full" },
	{ REASON_FULL, "quota has been" },
	{ REASON_FULL, "limite de almacenamiento" },
	{ REASON_FULL, "boîte aux lettres pleine" },
	{ REASON_FULL, "speicherplatz" },
	{ REASON_FULL, "переполнен" },
	{ REASON_FULL, "mailbox temporarily full" },
	{ REASON_FULL, "over disk" },
	{ REASON_FULL, "over its disk" },
	{ REASON_FULL, "out of disk" },
	{ REASON_FULL, "out of space" },
	{ REASON_FULL, "exceeded mailbox" },
	{ REASON_FULL, "is exceeding" },
	{ REASON_FULL, "mail quota" },
	{ REASON_FULL, "disc quota" },
	{ REASON_FULL, "no space" },
	{ REASON_FULL, "would exceed" },
	{ REASON_FULL, "is full" },
	{ REASON_FULL, "are full" },
	{ REASON_FULL, "too full" },
	{ REASON_FULL, "quota" },

	{ REASON_SIZE, "message too large" },
	{ REASON_SIZE, "message too big" },
	{ REASON_SIZE, "message is too large" },
	{ REASON_SIZE, "message is too big" },
	{ REASON_SIZE, "mail too large" },
	{ REASON_SIZE, "too large for" },
	{ REASON_SIZE, "message size exceed" },
	{ REASON_SIZE, "exceeds size limit" },
	{ REASON_SIZE, "exceeds fixed maximum" },
	{ REASON_SIZE, "exceeds maximum" },
	{ REASON_SIZE, "exceeds the maximum message size" },
	{ REASON_SIZE, "exceeds the maximum size" },
	{ REASON_SIZE, "exceeded the maximum incoming message size" },
	{ REASON_SIZE, "exceeds local size limit" },
	{ REASON_SIZE, "exceeded maximum inbound message size" },
	{ REASON_SIZE, "maximum message size" },
	{ REASON_SIZE, "max message size" },
	{ REASON_SIZE, "message file too big" },
	{ REASON_SIZE, "message length exceeds" },
	{ REASON_SIZE, "size limit exceeded" },
	{ REASON_SIZE, "sizelimit" },
	{ REASON_SIZE, "message header size" },
	{ REASON_SIZE, "message length exceeds administrative" },
	{ REASON_SIZE, "message too big for system" },
	{ REASON_SIZE, "message size limit" },
	{ REASON_SIZE, "message size limits" },
	{ REASON_SIZE, "exceeds the limit" },
	{ REASON_SIZE, "message was larger" },
	{ REASON_SIZE, "message is larger" },
	{ REASON_SIZE, "file is too big" },
	{ REASON_SIZE, "too long, message" },

	{ REASON_RATE, "at a rate that" },
	{ REASON_RATE, "too quickly" },
	{ REASON_RATE, "too many connections" },
	{ REASON_RATE, "too many concurrent" },
	{ REASON_RATE, "too many recipients" },
	{ REASON_RATE, "too many messages" },
	{ REASON_RATE, "too many emails" },
	{ REASON_RATE, "too many errors" },
	{ REASON_RATE, "too many invalid recipients" },
	{ REASON_RATE, "too many unknown" },
	{ REASON_RATE, "too many mails" },
	{ REASON_RATE, "too many smtp sessions" },
	{ REASON_RATE, "rate limit" },
	{ REASON_RATE, "ratelimit" },
	{ REASON_RATE, "rate-limit" },
	{ REASON_RATE, "throttl" },
	{ REASON_RATE, "frequency limited" },
	{ REASON_RATE, "connection frequency" },
	{ REASON_RATE, "unexpected volume" },
	{ REASON_RATE, "unusual rate" },
	{ REASON_RATE, "number of connections" },
	{ REASON_RATE, "connections from your" },
	{ REASON_RATE, "concurrency limit" },
	{ REASON_RATE, "exceeded the max emails per hour" },
	{ REASON_RATE, "emails per hour" },
	{ REASON_RATE, "sending limit" },
	{ REASON_RATE, "slow down" },
	{ REASON_RATE, "greylist" },
	{ REASON_RATE, "graylist" },
	{ REASON_RATE, "grey-list" },
	{ REASON_RATE, "grey list" },
	{ REASON_RATE, "mail system congestion" },
	{ REASON_RATE, "server busy" },
	{ REASON_RATE, "server is busy" },
	{ REASON_RATE, "too busy" },
	{ REASON_RATE, "resources restricted" },
	{ REASON_RATE, "deferring" },
	{ REASON_RATE, "deferred due" },
	{ REASON_RATE, "connections exceeded" },
	{ REASON_RATE, "connection limit" },
	{ REASON_RATE, "per-user limit" },
	{ REASON_RATE, "too much mail" },
	{ REASON_RATE, "too many rcpt" },
	{ REASON_RATE, "please slow" },
	{ REASON_RATE, "not accepting more" },
	{ REASON_RATE, "reached the limit" },
	{ REASON_RATE, "exceeded threshold" },
	{ REASON_RATE, "threshold restriction" },

	{ REASON_MOVED, "user has moved" },
	{ REASON_MOVED, "mailbox has moved" },
	{ REASON_MOVED, "address has changed" },
	{ REASON_MOVED, "has been replaced by" },
	{ REASON_MOVED, "mailbox moved" },
	{ REASON_MOVED, "no longer uses this address" },
	{ REASON_MOVED, "not our customer" },
	{ REASON_MOVED, "destination mailbox has moved" },
	{ REASON_MOVED, "no forwarding address" },

	{ REASON_SPAM, "virus" },
	{ REASON_SPAM, "malware" },
	{ REASON_SPAM, " worm" },
	{ REASON_SPAM, "infected" },
	{ REASON_SPAM, "phishing" },
	{ REASON_SPAM, "unsolicited" },
	{ REASON_SPAM, "bulk email" },
	{ REASON_SPAM, "considered spam" },
	{ REASON_SPAM, "classified as spam" },
	{ REASON_SPAM, "identified as spam" },
	{ REASON_SPAM, "detected as spam" },
	{ REASON_SPAM, "looks like spam" },
	{ REASON_SPAM, "spam detected" },
	{ REASON_SPAM, "spam message" },
	{ REASON_SPAM, "spam content" },
	{ REASON_SPAM, "spam filter" },
	{ REASON_SPAM, "spam score" },
	{ REASON_SPAM, "spamming" },
	{ REASON_SPAM, "spam-like" },
	{ REASON_SPAM, "spam reject" },
	{ REASON_SPAM, "as spam" },
	{ REASON_SPAM, "is spam" },
	{ REASON_SPAM, "- spam" },
	{ REASON_SPAM, "probable spam" },
	{ REASON_SPAM, "possible spam" },
	{ REASON_SPAM, "suspected spam" },
	{ REASON_SPAM, "antispam" },
	{ REASON_SPAM, "anti-spam" },
	{ REASON_SPAM, "(spam" },
	{ REASON_SPAM, "[spam" },
	{ REASON_SPAM, "junk mail" },
	{ REASON_SPAM, "spam or virus" },
	{ REASON_SPAM, "dropping spam" },
	{ REASON_SPAM, "contains spam" },
	{ REASON_SPAM, "spam rejected" },
	{ REASON_SPAM, "spamassassin" },
	{ REASON_SPAM, "content denied" },
	{ REASON_SPAM, "trojan" },
	{ REASON_SPAM, "malicious" },
	{ REASON_SPAM, "unwanted mail" },

	{ REASON_POLICY, "dmarc" },
	{ REASON_POLICY, "dkim" },
	{ REASON_POLICY, " spf" },
	{ REASON_POLICY, "sender policy framework" },
	{ REASON_POLICY, "unauthenticated" },
	{ REASON_POLICY, "not authenticated" },
	{ REASON_POLICY, "authentication required" },
	{ REASON_POLICY, "authentication failed" },
	{ REASON_POLICY, "authentication failure" },
	{ REASON_POLICY, "authentication check" },
	{ REASON_POLICY, "not authorized" },
	{ REASON_POLICY, "not authorised" },
	{ REASON_POLICY, "unauthorized" },
	{ REASON_POLICY, "unauthorised" },
	{ REASON_POLICY, "not advertise auth" },
	{ REASON_POLICY, "smtp auth" },
	{ REASON_POLICY, "must be authenticated" },
	{ REASON_POLICY, "starttls" },
	{ REASON_POLICY, "tls required" },
	{ REASON_POLICY, "encryption required" },
	{ REASON_POLICY, "relay access" },
	{ REASON_POLICY, "relaying denied" },
	{ REASON_POLICY, "relay denied" },
	{ REASON_POLICY, "relaying is" },
	{ REASON_POLICY, "relaying not" },
	{ REASON_POLICY, "unable to relay" },
	{ REASON_POLICY, "not allowed to relay" },
	{ REASON_POLICY, "relay not permitted" },
	{ REASON_POLICY, "relaying prohibited" },
	{ REASON_POLICY, "not relay" },
	{ REASON_POLICY, "open relay" },
	{ REASON_POLICY, "don't relay" },
	{ REASON_POLICY, "spamhaus" },
	{ REASON_POLICY, "spamcop" },
	{ REASON_POLICY, "sorbs" },
	{ REASON_POLICY, "barracuda" },
	{ REASON_POLICY, "dnsbl" },
	{ REASON_POLICY, "dns bl" },
	{ REASON_POLICY, " rbl" },
	{ REASON_POLICY, "blacklist" },
	{ REASON_POLICY, "black list" },
	{ REASON_POLICY, "blocklist" },
	{ REASON_POLICY, "block list" },
	{ REASON_POLICY, "denylist" },
	{ REASON_POLICY, "badly listed" },
	{ REASON_POLICY, "blocked" },
	{ REASON_POLICY, "blocking" },
	{ REASON_POLICY, "banned" },
	{ REASON_POLICY, "reputation" },
	{ REASON_POLICY, "for abuse" },
	{ REASON_POLICY, "abuse report" },
	{ REASON_POLICY, "reverse dns" },
	{ REASON_POLICY, "rdns" },
	{ REASON_POLICY, "ptr record" },
	{ REASON_POLICY, "ptr resource" },
	{ REASON_POLICY, "no ptr" },
	{ REASON_POLICY, "reverse hostname" },
	{ REASON_POLICY, "reverse lookup" },
	{ REASON_POLICY, "forward-confirmed" },
	{ REASON_POLICY, "fcrdns" },
	{ REASON_POLICY, "no matching name found" },
	{ REASON_POLICY, "cannot find your hostname" },
	{ REASON_POLICY, "cannot find your reverse" },
	{ REASON_POLICY, "dynamic ip" },
	{ REASON_POLICY, "dynamic/generic" },
	{ REASON_POLICY, "client host rejected" },
	{ REASON_POLICY, "helo command rejected" },
	{ REASON_POLICY, "invalid helo" },
	{ REASON_POLICY, "bad helo" },
	{ REASON_POLICY, "helo name" },
	{ REASON_POLICY, "ehlo/helo" },
	{ REASON_POLICY, "host network not allowed" },
	{ REASON_POLICY, "ip address is not" },
	{ REASON_POLICY, "connection refused by policy" },
	{ REASON_POLICY, "sender address rejected" },
	{ REASON_POLICY, "sender rejected" },
	{ REASON_POLICY, "sender denied" },
	{ REASON_POLICY, "sender address has been" },
	{ REASON_POLICY, "sender verify failed" },
	{ REASON_POLICY, "sender verification" },
	{ REASON_POLICY, "sender callout" },
	{ REASON_POLICY, "sender domain" },
	{ REASON_POLICY, "sending domain" },
	{ REASON_POLICY, "sender is not" },
	{ REASON_POLICY, "sender not" },
	{ REASON_POLICY, "sender email address rejected" },
	{ REASON_POLICY, "sender was rejected" },
	{ REASON_POLICY, "invalid sender" },
	{ REASON_POLICY, "bad sender" },
	{ REASON_POLICY, "unknown sender" },
	{ REASON_POLICY, "valid sender" },
	{ REASON_POLICY, "restricted sender" },
	{ REASON_POLICY, "domain of sender" },
	{ REASON_POLICY, "envelope sender" },
	{ REASON_POLICY, "mail_from" },
	{ REASON_POLICY, "smtp server of your isp" },
	{ REASON_POLICY, "policy" },
	{ REASON_POLICY, "administratively" },
	{ REASON_POLICY, "administrative prohibition" },
	{ REASON_POLICY, "prohibited" },
	{ REASON_POLICY, "not permitted" },
	{ REASON_POLICY, "not allowed to send" },
	{ REASON_POLICY, "not allowed to post" },
	{ REASON_POLICY, "permission to post" },
	{ REASON_POLICY, "permission to send" },
	{ REASON_POLICY, "do not have permission" },
	{ REASON_POLICY, "doesn't have permission" },
	{ REASON_POLICY, "don't have permission" },
	{ REASON_POLICY, "not a member of" },
	{ REASON_POLICY, "are not member" },
	{ REASON_POLICY, "members only" },
	{ REASON_POLICY, "members-only" },
	{ REASON_POLICY, "only accepts mail from" },
	{ REASON_POLICY, "requires that all senders" },
	{ REASON_POLICY, "access denied, " },
	{ REASON_POLICY, "refused to talk to me" },
	{ REASON_POLICY, "bad sender's mailbox" },
	{ REASON_POLICY, "bad sender mailbox" },
	{ REASON_POLICY, "bad sender's system" },
	{ REASON_POLICY, "delivery not authorized" },
	{ REASON_POLICY, "message refused" },
	{ REASON_POLICY, "mailing list expansion prohibited" },
	{ REASON_POLICY, "security conversion" },
	{ REASON_POLICY, "security features not supported" },
	{ REASON_POLICY, "cryptographic" },
	{ REASON_POLICY, "message integrity" },
	{ REASON_POLICY, "traffic not accepted" },
	{ REASON_POLICY, "network blocked" },
	{ REASON_POLICY, "not in my control" },
	{ REASON_POLICY, "poor reputation" },
	{ REASON_POLICY, "your ip" },
	{ REASON_POLICY, "your network" },
	{ REASON_POLICY, "sending ip" },
	{ REASON_POLICY, "connecting ip" },
	{ REASON_POLICY, "sending server" },
	{ REASON_POLICY, "sending host" },
	{ REASON_POLICY, "sending mta" },
	{ REASON_POLICY, "is listed in" },
	{ REASON_POLICY, "listed by" },
	{ REASON_POLICY, "is listed" },
	{ REASON_POLICY, "blackhole" },
	{ REASON_POLICY, "black hole" },
	{ REASON_POLICY, "untrusted" },
	{ REASON_POLICY, "trust rating" },
	{ REASON_POLICY, "unacceptable" },
	{ REASON_POLICY, "mail server at" },
	{ REASON_POLICY, "smtp service refused" },
	{ REASON_POLICY, "sender id" },
	{ REASON_POLICY, "authenticate" },
	{ REASON_POLICY, "external forwarding" },
	{ REASON_POLICY, "allowed senders" },
	{ REASON_POLICY, "accept messages from" },
	{ REASON_POLICY, "accepts messages only" },
	{ REASON_POLICY, "accept mail from" },
	{ REASON_POLICY, "unauthenti" },
	{ REASON_POLICY, "domain filter" },
	{ REASON_POLICY, "blocked by the recipient" },
	{ REASON_POLICY, "user has refused" },
	{ REASON_POLICY, "content filter rejected" },
	{ REASON_POLICY, "administrator has" },
	{ REASON_POLICY, "sender restrict" },
	{ REASON_POLICY, "sender is blocked" },
	{ REASON_POLICY, "spoof" },
	{ REASON_POLICY, "impersonat" },
	{ REASON_POLICY, "forged" },
	{ REASON_POLICY, "forgery" },
	{ REASON_POLICY, "does not meet" },
	{ REASON_POLICY, "doesn't match" },
	{ REASON_POLICY, "does not match" },
	{ REASON_POLICY, "mismatch" },
	{ REASON_POLICY, "verification failed" },
	{ REASON_POLICY, "not conform" },
	{ REASON_POLICY, "non-rfc" },
	{ REASON_POLICY, "relaying" },

	{ REASON_CONTENT, "content rejected" },
	{ REASON_CONTENT, "content error" },
	{ REASON_CONTENT, "rejected due to content" },
	{ REASON_CONTENT, "improper use of" },
	{ REASON_CONTENT, "invalid header" },
	{ REASON_CONTENT, "header error" },
	{ REASON_CONTENT, "missing header" },
	{ REASON_CONTENT, "message filtered" },
	{ REASON_CONTENT, "messages without" },
	{ REASON_CONTENT, "media error" },
	{ REASON_CONTENT, "not rfc 5322 compliant" },
	{ REASON_CONTENT, "not rfc 2822" },
	{ REASON_CONTENT, "media not supported" },
	{ REASON_CONTENT, "conversion required" },
	{ REASON_CONTENT, "conversion with loss" },
	{ REASON_CONTENT, "conversion failed" },
	{ REASON_CONTENT, "malformed message" },
	{ REASON_CONTENT, "is malformed" },
	{ REASON_CONTENT, "bad header" },
	{ REASON_CONTENT, "duplicate header" },
	{ REASON_CONTENT, "long line" },
	{ REASON_CONTENT, "line too long" },
	{ REASON_CONTENT, "lines too long" },
	{ REASON_CONTENT, "bare lf" },
	{ REASON_CONTENT, "bare cr" },

	{ REASON_DISABLED, "disabled" },
	{ REASON_DISABLED, "discontinued" },
	{ REASON_DISABLED, "suspended" },
	{ REASON_DISABLED, "account is locked" },
	{ REASON_DISABLED, "account locked" },
	{ REASON_DISABLED, "locked account" },
	{ REASON_DISABLED, "account inactive" },
	{ REASON_DISABLED, "not active" },
	{ REASON_DISABLED, "account expired" },
	{ REASON_DISABLED, "account is expired" },
	{ REASON_DISABLED, "mailbox expired" },
	{ REASON_DISABLED, "mailbox currently suspended" },
	{ REASON_DISABLED, "deactivated" },
	{ REASON_DISABLED, "temporarily locked" },
	{ REASON_DISABLED, "unavailable - account" },
	{ REASON_DISABLED, "mailbox disabled" },
	{ REASON_DISABLED, "temporarily limited" },
	{ REASON_DISABLED, "account has been closed" },
	{ REASON_DISABLED, "account closed" },
	{ REASON_DISABLED, "account is closed" },
	{ REASON_DISABLED, "account has expired" },
	{ REASON_DISABLED, "unpaid" },
	{ REASON_DISABLED, "over due" },
	{ REASON_DISABLED, "temporarily disabled" },
	{ REASON_DISABLED, "mailbox is not active" },
	{ REASON_DISABLED, "not activated" },
	{ REASON_DISABLED, "blocked account" },
	{ REASON_DISABLED, "terminated" },
	{ REASON_DISABLED, "account is temporarily" },

	{ REASON_NO_MAIL, "does not accept mail" },
	{ REASON_NO_MAIL, "doesn't accept mail" },
	{ REASON_NO_MAIL, "does not accept any mail" },
	{ REASON_NO_MAIL, "not accepting network messages" },
	{ REASON_NO_MAIL, "not accepting messages" },
	{ REASON_NO_MAIL, "null mx" },
	{ REASON_NO_MAIL, "nullmx" },
	{ REASON_NO_MAIL, "does not receive mail" },
	{ REASON_NO_MAIL, "no longer accepts mail" },
	{ REASON_NO_MAIL, "not configured to receive" },
	{ REASON_NO_MAIL, "no smtp service" },
	{ REASON_NO_MAIL, "does not handle mail" },
	{ REASON_NO_MAIL, "null-mx" },

	{ REASON_NETWORK, "dns query" },
	{ REASON_NETWORK, "mail loop" },
	{ REASON_NETWORK, "loops back" },
	{ REASON_NETWORK, "looping" },
	{ REASON_NETWORK, "loop detected" },
	{ REASON_NETWORK, "loop alert" },
	{ REASON_NETWORK, "hop count" },
	{ REASON_NETWORK, "too many hops" },
	{ REASON_NETWORK, "maximum forwarding" },
	{ REASON_NETWORK, "dns error" },
	{ REASON_NETWORK, "dns lookup" },
	{ REASON_NETWORK, "lookup failure" },
	{ REASON_NETWORK, "unable to resolve" },
	{ REASON_NETWORK, "host name lookup failure" },

	{ REASON_NO_HOST, "host unknown" },
	{ REASON_NO_HOST, "unknown host" },
	{ REASON_NO_HOST, "unknown domain" },
	{ REASON_NO_HOST, "domain unknown" },
	{ REASON_NO_HOST, "host not found" },
	{ REASON_NO_HOST, "domain not found" },
	{ REASON_NO_HOST, "host or domain name not found" },
	{ REASON_NO_HOST, "domain name not found" },
	{ REASON_NO_HOST, "no such domain" },
	{ REASON_NO_HOST, "no such host" },
	{ REASON_NO_HOST, "nonexistent domain" },
	{ REASON_NO_HOST, "non-existent domain" },
	{ REASON_NO_HOST, "non-existent host" },
	{ REASON_NO_HOST, "domain does not exist" },
	{ REASON_NO_HOST, "domain doesn't exist" },
	{ REASON_NO_HOST, "domain is not reachable" },
	{ REASON_NO_HOST, "domain must exist" },
	{ REASON_NO_HOST, "bad destination system" },
	{ REASON_NO_HOST, "illegal host/domain" },
	{ REASON_NO_HOST, "couldn't find any host" },
	{ REASON_NO_HOST, "could not find any host" },
	{ REASON_NO_HOST, "unable to find a host" },
	{ REASON_NO_HOST, "unrouteable" },
	{ REASON_NO_HOST, "unroutable" },
	{ REASON_NO_HOST, "no route to domain" },
	{ REASON_NO_HOST, "name server: host not found" },
	{ REASON_NO_HOST, "name or service not known" },
	{ REASON_NO_HOST, "nxdomain" },
	{ REASON_NO_HOST, "mail domain mentioned" },
	{ REASON_NO_HOST, "no mx" },
	{ REASON_NO_HOST, "bad destination system address" },
	{ REASON_NO_HOST, "non-existent hosts" },
	{ REASON_NO_HOST, "nonexistentdomain" },
	{ REASON_NO_HOST, "domainnonexistent" },
	{ REASON_NO_HOST, "couldn't find a mail exchanger" },
	{ REASON_NO_HOST, "no mail exchanger" },
	{ REASON_NO_HOST, "recipient domain" },
	{ REASON_NO_HOST, "domain couldn't be found" },
	{ REASON_NO_HOST, "domain is invalid" },
	{ REASON_NO_HOST, "invalid domain" },
	{ REASON_NO_HOST, "host does not exist" },
	{ REASON_NO_HOST, "no dns" },
	{ REASON_NO_HOST, "domain unavailable" },
	{ REASON_NO_HOST, "valid mx" },
	{ REASON_NO_HOST, "no mail server" },
	{ REASON_NO_HOST, "no mail host" },
	{ REASON_NO_HOST, "host name is unknown" },
	{ REASON_NO_HOST, "unknown mail host" },
	{ REASON_NO_HOST, "not a valid domain" },
	{ REASON_NO_HOST, "domain name is invalid" },
	{ REASON_NO_HOST, "unable to lookup dns" },
	{ REASON_NO_HOST, "unable to look up" },

	{ REASON_NO_USER, "user unknown" },
	{ REASON_NO_USER, "unknown user" },
	{ REASON_NO_USER, "unknown recipient" },
	{ REASON_NO_USER, "recipient unknown" },
	{ REASON_NO_USER, "unknown account" },
	{ REASON_NO_USER, "account unknown" },
	{ REASON_NO_USER, "unknown mailbox" },
	{ REASON_NO_USER, "mailbox unknown" },
	{ REASON_NO_USER, "unknown local" },
	{ REASON_NO_USER, "unknown or illegal alias" },
	{ REASON_NO_USER, "unknown virtual" },
	{ REASON_NO_USER, "addressee unknown" },
	{ REASON_NO_USER, "no such user" },
	{ REASON_NO_USER, "no such recipient" },
	{ REASON_NO_USER, "no such mailbox" },
	{ REASON_NO_USER, "no such address" },
	{ REASON_NO_USER, "no such account" },
	{ REASON_NO_USER, "no such person" },
	{ REASON_NO_USER, "no such email" },
	{ REASON_NO_USER, "nosuchuser" },
	{ REASON_NO_USER, "no mailbox" },
	{ REASON_NO_USER, "not a valid user" },
	{ REASON_NO_USER, "not a valid mailbox" },
	{ REASON_NO_USER, "not a known user" },
	{ REASON_NO_USER, "user not found" },
	{ REASON_NO_USER, "user is unknown" },
	{ REASON_NO_USER, "user is not found" },
	{ REASON_NO_USER, "user does not exist" },
	{ REASON_NO_USER, "user doesn't exist" },
	{ REASON_NO_USER, "user doesn't have a" },
	{ REASON_NO_USER, "user not local" },
	{ REASON_NO_USER, "user not exist" },
	{ REASON_NO_USER, "no longer on server" },
	{ REASON_NO_USER, "no longer in use" },
	{ REASON_NO_USER, "no longer an active" },
	{ REASON_NO_USER, "recipient not found" },
	{ REASON_NO_USER, "recipientnotfound" },
	{ REASON_NO_USER, "recipnotfound" },
	{ REASON_NO_USER, "recipient not exist" },
	{ REASON_NO_USER, "recipient does not exist" },
	{ REASON_NO_USER, "recipient is not exist" },
	{ REASON_NO_USER, "recipient is not local" },
	{ REASON_NO_USER, "recipient no longer" },
	{ REASON_NO_USER, "recipient name is not recognized" },
	{ REASON_NO_USER, "recipient address is possibly incorrect" },
	{ REASON_NO_USER, "recipient invalid" },
	{ REASON_NO_USER, "invalid recipient" },
	{ REASON_NO_USER, "invalid mailbox" },
	{ REASON_NO_USER, "invalid user" },
	{ REASON_NO_USER, "invalid local" },
	{ REASON_NO_USER, "invalid final delivery userid" },
	{ REASON_NO_USER, "undefined user" },
	{ REASON_NO_USER, "unrecognized recipient" },
	{ REASON_NO_USER, "bad destination mailbox" },
	{ REASON_NO_USER, "bad destination email" },
	{ REASON_NO_USER, "mailbox not found" },
	{ REASON_NO_USER, "mailbox does not exist" },
	{ REASON_NO_USER, "mailbox not exist" },
	{ REASON_NO_USER, "mailbox unavailable" },
	{ REASON_NO_USER, "mailbox is unavailable" },
	{ REASON_NO_USER, "address not found" },
	{ REASON_NO_USER, "address does not exist" },
	{ REASON_NO_USER, "address doesn't exist" },
	{ REASON_NO_USER, "address not present" },
	{ REASON_NO_USER, "email address is wrong" },
	{ REASON_NO_USER, "email address could not be found" },
	{ REASON_NO_USER, "e-mail address was not found" },
	{ REASON_NO_USER, "address couldn't be found" },
	{ REASON_NO_USER, "account does not exist" },
	{ REASON_NO_USER, "account doesn't exist" },
	{ REASON_NO_USER, "account that you tried to reach does not exist" },
	{ REASON_NO_USER, "not listed in" },
	{ REASON_NO_USER, "not found in directory" },
	{ REASON_NO_USER, "no matches to nameserver query" },
	{ REASON_NO_USER, "no valid recipients" },
	{ REASON_NO_USER, "not exist here" },
	{ REASON_NO_USER, "not our user" },
	{ REASON_NO_USER, "utilisateur inconnu" },
	{ REASON_NO_USER, "adresse d au moins un destinataire invalide" },
	{ REASON_NO_USER, "destinataire inconnu" },
	{ REASON_NO_USER, "destinataire invalide" },
	{ REASON_NO_USER, "adresse inconnue" },
	{ REASON_NO_USER, "unbekannter empf" },
	{ REASON_NO_USER, "empfaenger unbekannt" },
	{ REASON_NO_USER, "empfänger unbekannt" },
	{ REASON_NO_USER, "usuario desconocido" },
	{ REASON_NO_USER, "usuário desconhecido" },
	{ REASON_NO_USER, "utente sconosciuto" },
	{ REASON_NO_USER, "такого пользователя нет" },
	{ REASON_NO_USER, "пользователь не найден" },
	{ REASON_NO_USER, "нет такого" },
	{ REASON_NO_USER, "見つかりません" },
	{ REASON_NO_USER, "存在しません" },
	{ REASON_NO_USER, "用户不存在" },
	{ REASON_NO_USER, "收件人不存在" },
	{ REASON_NO_USER, "bad destination mailbox address" },
	{ REASON_NO_USER, "destination mailbox address ambiguous" },
	{ REASON_NO_USER, "destination mailbox address invalid" },
	{ REASON_NO_USER, "destination address invalid" },
	{ REASON_NO_USER, "user not known" },
	{ REASON_NO_USER, "user is not known" },
	{ REASON_NO_USER, "no users here" },
	{ REASON_NO_USER, "not a local user" },
	{ REASON_NO_USER, "unknown alias" },
	{ REASON_NO_USER, "could not be found" },
	{ REASON_NO_USER, "cannot be found" },
	{ REASON_NO_USER, "not found here" },
	{ REASON_NO_USER, "recipient is unknown" },
	{ REASON_NO_USER, "recipient was not found" },
	{ REASON_NO_USER, "recipient unavailable" },
	{ REASON_NO_USER, "no longer with" },
	{ REASON_NO_USER, "no longer employed" },
	{ REASON_NO_USER, "no longer works" },
	{ REASON_NO_USER, "unknown to" },
	{ REASON_NO_USER, "no mail drop" },
	{ REASON_NO_USER, "mailbox invalid" },
	{ REASON_NO_USER, "mailbox is inactive" },
	{ REASON_NO_USER, "mailbox doesn" },
	{ REASON_NO_USER, "local address unknown" },
	{ REASON_NO_USER, "invalid destination" },
	{ REASON_NO_USER, "incorrect address" },
	{ REASON_NO_USER, "unzustellbar" },
	{ REASON_NO_USER, "existiert nicht" },
	{ REASON_NO_USER, "no existe" },
	{ REASON_NO_USER, "non esiste" },
	{ REASON_NO_USER, "não existe" },
	{ REASON_NO_USER, "nie istnieje" },
	{ REASON_NO_USER, "bestaat niet" },
	{ REASON_NO_USER, "ismeretlen" },
	{ REASON_NO_USER, "не существует" },
	{ REASON_NO_USER, "user account does not" },
	{ REASON_NO_USER, "does not have an account" },
	{ REASON_NO_USER, "宛先不明" },
	{ REASON_NO_USER, "あて先が" },
	{ REASON_NO_USER, "該当する" },
	{ REASON_NO_USER, "查无此人" },
	{ REASON_NO_USER, "无此用户" },
	{ REASON_NO_USER, "收件人邮箱不存在" },
	{ REASON_NO_USER, "recipient rejected" },
	{ REASON_NO_USER, "recipients rejected" },
	{ REASON_NO_USER, "user rejected" },
	{ REASON_NO_USER, "mailbox rejected" },
	{ REASON_NO_USER, "has been deleted" },
	{ REASON_NO_USER, "is not a valid" },
	{ REASON_NO_USER, "account not found" },
	{ REASON_NO_USER, "no longer on" },
	{ REASON_NO_USER, "not registered" },
	{ REASON_NO_USER, "not hosted" },
	{ REASON_NO_USER, "no such local user" },
	{ REASON_NO_USER, "user account is unavailable" },
	{ REASON_NO_USER, "non-existent user" },
	{ REASON_NO_USER, "non-existent recipient" },
	{ REASON_NO_USER, "non-existent mailbox" },
	{ REASON_NO_USER, "nonexistent user" },
	{ REASON_NO_USER, "nonexistent recipient" },
	{ REASON_NO_USER, "email address does not" },
	{ REASON_NO_USER, "address is invalid" },
	{ REASON_NO_USER, "address is not valid" },
	{ REASON_NO_USER, "address not valid" },

	{ REASON_EXPIRED, "timed out" },
	{ REASON_EXPIRED, "timeout exceeded" },
	{ REASON_EXPIRED, "could not be delivered for" },
	{ REASON_EXPIRED, "cannot send message for" },
	{ REASON_EXPIRED, "not been delivered for" },
	{ REASON_EXPIRED, "exceeded maximum delivery attempts" },
	{ REASON_EXPIRED, "delivery time expired" },
	{ REASON_EXPIRED, "message expired" },
	{ REASON_EXPIRED, "not responding" },
	{ REASON_EXPIRED, "not reachable" },
	{ REASON_EXPIRED, "unable to connect successfully" },
	{ REASON_EXPIRED, "frozen on arrival" },

	{ REASON_NETWORK, "connection refused" },
	{ REASON_NETWORK, "connection reset" },
	{ REASON_NETWORK, "connection lost" },
	{ REASON_NETWORK, "lost connection" },
	{ REASON_NETWORK, "connection dropped" },
	{ REASON_NETWORK, "network is unreachable" },
	{ REASON_NETWORK, "network unreachable" },
	{ REASON_NETWORK, "no route to host" },
	{ REASON_NETWORK, "host unreachable" },
	{ REASON_NETWORK, "host is unreachable" },
	{ REASON_NETWORK, "establish an smtp connection" },
	{ REASON_NETWORK, "could not connect" },
	{ REASON_NETWORK, "routing loop" },
	{ REASON_NETWORK, "forwarding loop" },
	{ REASON_NETWORK, "no answer from host" },
	{ REASON_NETWORK, "bad connection" },
	{ REASON_NETWORK, "directory server failure" },
	{ REASON_NETWORK, "routing server" },
	{ REASON_NETWORK, "points to local host" },
	{ REASON_NETWORK, "points to this machine" },
	{ REASON_NETWORK, "remote host address is the local" },
	{ REASON_NETWORK, "best-preference mx" },
	{ REASON_NETWORK, "network error on destination" },
	{ REASON_NETWORK, "connection died" },
	{ REASON_NETWORK, "connection closed" },
	{ REASON_NETWORK, "unable to connect" },
	{ REASON_NETWORK, "failed to connect" },
	{ REASON_NETWORK, "nameserver" },
	{ REASON_NETWORK, "tls handshake" },

	{ REASON_EXPIRED, "queue too long" },
	{ REASON_EXPIRED, "in the queue for" },
	{ REASON_EXPIRED, "delivery retry timeout" },
	{ REASON_EXPIRED, "envelope expired" },
	{ REASON_EXPIRED, "queue.expired" },
	{ REASON_EXPIRED, "failing for a long time" },
	{ REASON_EXPIRED, "retry time not reached" },
	{ REASON_EXPIRED, "long failure period" },
	{ REASON_EXPIRED, "time-out" },
	{ REASON_EXPIRED, "could not be contacted" },
	{ REASON_EXPIRED, "has been in the queue" },
	{ REASON_EXPIRED, "queued too long" },
	{ REASON_EXPIRED, "maximum time" },
	{ REASON_EXPIRED, "retry timeout" },
	{ REASON_EXPIRED, "maximum retry" },
	{ REASON_EXPIRED, "retry limit" },
	{ REASON_EXPIRED, "gave up" },
	{ REASON_EXPIRED, "could not be delivered within" },
	{ REASON_EXPIRED, "not be delivered within" },
	{ REASON_EXPIRED, "time limit" },
	{ REASON_EXPIRED, "too long in queue" },
	{ REASON_EXPIRED, "after several attempts" },
	{ REASON_EXPIRED, "maximum delivery attempts" },
	{ REASON_EXPIRED, "no longer be retried" },
	{ REASON_EXPIRED, "hours and" },
	{ REASON_EXPIRED, "expired while" },

	{ REASON_SYSTEM, "command not recognized" },
	{ REASON_SYSTEM, "not implemented" },
	{ REASON_SYSTEM, "syntax error" },
	{ REASON_SYSTEM, "pipe to |" },
	{ REASON_SYSTEM, "command died" },
	{ REASON_SYSTEM, "can't create" },
	{ REASON_SYSTEM, "delivery program" },
	{ REASON_SYSTEM, "local delivery failed" },
	{ REASON_SYSTEM, "mailing list expansion problem" },
	{ REASON_SYSTEM, "system incorrectly configured" },
	{ REASON_SYSTEM, "selected features" },
	{ REASON_SYSTEM, "child process" },
	{ REASON_SYSTEM, "transport returned" },
	{ REASON_SYSTEM, "invalid command" },
	{ REASON_SYSTEM, "wrong protocol" },
	{ REASON_SYSTEM, "bad sequence" },
	/* clang-format on */
};

/* What is said for many reasons: a status says more. */
static const struct wording vague[] = {
	/* clang-format off */
	{ REASON_SPAM, " spam" },

	{ REASON_FULL, "is over its" },

	{ REASON_SIZE, "larger than the" },

	{ REASON_RATE, "rate of" },

	{ REASON_POLICY, "complaint" },
	{ REASON_POLICY, "client host" },
	{ REASON_POLICY, "from address" },
	{ REASON_POLICY, "mail from" },
	{ REASON_POLICY, "policies" },

	{ REASON_CONTENT, "attachment" },

	{ REASON_DISABLED, "inactive" },
	{ REASON_DISABLED, "frozen" },

	{ REASON_NO_USER, "address unknown" },
	{ REASON_NO_USER, "no account" },
	{ REASON_NO_USER, "no user" },
	{ REASON_NO_USER, "not known" },
	{ REASON_NO_USER, "no longer available" },
	{ REASON_NO_USER, "no longer valid" },
	{ REASON_NO_USER, "no longer exist" },
	{ REASON_NO_USER, "recipient address rejected" },
	{ REASON_NO_USER, "invalid address" },
	{ REASON_NO_USER, "bad address" },
	{ REASON_NO_USER, "mailbox name not allowed" },
	{ REASON_NO_USER, "address rejected" },
	{ REASON_NO_USER, "name is not recognized" },
	{ REASON_NO_USER, "does not like recipient" },
	{ REASON_NO_USER, "does not exist" },
	{ REASON_NO_USER, "doesn't exist" },
	{ REASON_NO_USER, "nonexistent" },
	{ REASON_NO_USER, "non-existent" },
	{ REASON_NO_USER, "not exist" },
	{ REASON_NO_USER, "inconnu" },
	{ REASON_NO_USER, "no match" },
	{ REASON_NO_USER, "not recognized" },
	{ REASON_NO_USER, "is unknown" },
	{ REASON_NO_USER, "invalid" },

	{ REASON_EXPIRED, "giving up" },
	{ REASON_EXPIRED, "too old" },

	{ REASON_SYSTEM, "try again later" },
	{ REASON_SYSTEM, "try later" },
	{ REASON_SYSTEM, "temporarily unavailable" },
	{ REASON_SYSTEM, "service unavailable" },
	{ REASON_SYSTEM, "service not available" },
	{ REASON_SYSTEM, "temporary failure" },
	{ REASON_SYSTEM, "temporary error" },
	{ REASON_SYSTEM, "local error" },
	{ REASON_SYSTEM, "internal error" },
	{ REASON_SYSTEM, "system error" },
	{ REASON_SYSTEM, "internal server error" },
	{ REASON_SYSTEM, "cannot open" },
	{ REASON_SYSTEM, "configuration error" },
	{ REASON_SYSTEM, "misconfigur" },
	{ REASON_SYSTEM, "server error" },
	{ REASON_SYSTEM, "could not load" },
	{ REASON_SYSTEM, "unable to open" },
	{ REASON_SYSTEM, "error writing" },
	{ REASON_SYSTEM, "i/o error" },
	{ REASON_SYSTEM, "out of memory" },
	{ REASON_SYSTEM, "data format error" },
	{ REASON_SYSTEM, "input/output" },
	{ REASON_SYSTEM, "temporar" },
	{ REASON_SYSTEM, "later" },

	{ REASON_POLICY, "access denied" },
	{ REASON_POLICY, "rejected" },
	{ REASON_POLICY, "refused" },
	{ REASON_POLICY, "not accepted" },
	{ REASON_POLICY, "denied" },
	{ REASON_POLICY, "unable to accept" },
	{ REASON_POLICY, "cannot accept" },
	{ REASON_POLICY, "will not accept" },
	{ REASON_POLICY, "not willing" },
	{ REASON_POLICY, "declined" },
	{ REASON_POLICY, "prohibit" },
	{ REASON_POLICY, "not allow" },
	{ REASON_POLICY, "ip address" },
	{ REASON_POLICY, "suspicious" },
	{ REASON_POLICY, "must be" },
	{ REASON_POLICY, "threshold" },
	{ REASON_POLICY, "forbidden" },
	{ REASON_POLICY, "abuse" },
	/* clang-format on */
};

/* Reply and status codes, which servers repeat in the midst of a sentence. */
static bool
is_code(const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!isdigit((unsigned char)s[i]) &&
		    strchr(".-#", s[i]) == NULL)
			return false;
	return n != 0;
}

/* mx.example.net, with or without brackets and a full stop. */
static bool
is_host(const char *s, size_t n)
{
	size_t label = 0;

	while (n > 0 && strchr(".,;:)]>\"", s[n - 1]) != NULL)
		n--;
	while (label < n && isalpha((unsigned char)s[n - label - 1]))
		label++;
	if (label < 2 || label >= n || s[n - label - 1] != '.')
		return false;
	for (size_t i = 0; i < n; i++)
		if (!isalnum((unsigned char)s[i]) &&
		    strchr(".-_[(<\"", s[i]) == NULL)
			return false;
	return islower((unsigned char)s[n - 1]) && label < 11;
}

/* But for those that show a list of bad senders. */
static bool
is_link(const char *s, size_t n)
{
	const char *at = memmem(s, n, "://", 3);

	if (at == NULL && strncmp(s, "www.", 4) != 0)
		return false;
	return memmem(s, n, "spam", 4) == NULL &&
	       memmem(s, n, "block", 5) == NULL &&
	       memmem(s, n, "bl?", 3) == NULL && memmem(s, n, "bl-", 3) == NULL;
}

/* Names may hold any word, and so are left out. */
static bool
is_noise(const char *s, size_t n)
{
	return memchr(s, '@', n) != NULL || is_code(s, n) || is_host(s, n) ||
	       is_link(s, n);
}

/* One line in lower case, single blanks, none of the noise. */
static char *
smooth(struct arena *mem, const char *text)
{
	struct buf b = BUF_INIT;
	char *out;

	while (*text != '\0' && b.len < LOOKED_AT) {
		size_t n;

		text += strspn(text, " \t\r\n");
		n = strcspn(text, " \t\r\n");
		if (n != 0 && !is_noise(text, n)) {
			buf_char(&b, ' ');
			buf_add(&b, text, n);
		}
		text += n;
	}
	buf_char(&b, ' ');
	out = text_lower(mem, b.data);
	buf_free(&b);
	return out;
}

static enum bounce_reason
look_up(struct arena *mem, const char *text, const struct wording *all,
    size_t n)
{
	const char *s;

	if (*text == '\0')
		return REASON_UNSAID;
	s = smooth(mem, text);
	for (size_t i = 0; i < n; i++)
		if (strstr(s, all[i].words) != NULL)
			return all[i].reason;
	return REASON_UNSAID;
}

enum bounce_reason
bounce_words_plain(struct arena *mem, const char *text)
{
	return look_up(mem, text, plain, COUNT(plain));
}

enum bounce_reason
bounce_words_vague(struct arena *mem, const char *text)
{
	return look_up(mem, text, vague, COUNT(vague));
}

static const struct {
	enum bounce_stage stage;
	const char *words;
} stages[] = {
	/* clang-format off */
	{ STAGE_DATA, "in reply to end of data" },
	{ STAGE_DATA, "in reply to data" },
	{ STAGE_DATA, "after end of data" },
	{ STAGE_DATA, "after pipelined data" },
	{ STAGE_DATA, "after data" },
	{ STAGE_DATA, "failed after i sent the message" },
	{ STAGE_DATA, "did not like our data" },
	{ STAGE_DATA, "did not like our final data" },
	{ STAGE_DATA, "smtp command\ndata" },
	{ STAGE_SENDER, "in reply to mail from" },
	{ STAGE_SENDER, "after mail from" },
	{ STAGE_SENDER, "after pipelined mail from" },
	{ STAGE_SENDER, "in reply to helo" },
	{ STAGE_SENDER, "in reply to ehlo" },
	{ STAGE_SENDER, "after helo" },
	{ STAGE_SENDER, "after ehlo" },
	{ STAGE_SENDER, "after initial connection" },
	{ STAGE_SENDER, "but sender was rejected" },
	{ STAGE_SENDER, "did not like our mail from" },
	{ STAGE_RCPT, "in reply to rcpt to" },
	{ STAGE_RCPT, "after rcpt to" },
	/* clang-format on */
};

/* ">>> RCPT To:<...>", "<<< 550 ...": the command before the first refusal. */
static enum bounce_stage
of_transcript(const char *text)
{
	const char *no = text, *at;

	while (
	    (no = strstr(no, "<<< ")) != NULL && (no[4] != '5' && no[4] != '4'))
		no += 4;
	if (no == NULL)
		return STAGE_UNSAID;
	for (at = no; at > text; at--)
		if (strncmp(at, ">>> ", 4) == 0) {
			if (text_istarts(at + 4, "DATA") || at[4] == '.')
				return STAGE_DATA;
			return text_istarts(at + 4, "RCPT") ? STAGE_RCPT
							    : STAGE_SENDER;
		}
	return STAGE_UNSAID;
}

enum bounce_stage
bounce_words_stage(const char *text)
{
	for (size_t i = 0; i < COUNT(stages); i++)
		if (text_ifind(text, stages[i].words) != NULL)
			return stages[i].stage;
	return of_transcript(text);
}

static bool
says_any(struct arena *mem, const char *text, const char *const *words,
    size_t n)
{
	const char *s = smooth(mem, text);

	for (size_t i = 0; i < n; i++)
		if (strstr(s, words[i]) != NULL)
			return true;
	return false;
}

bool
bounce_words_final(struct arena *mem, const char *text)
{
	static const char *const words[] = { "permanent", "unable to deliver",
		"undeliverable", "failed", "not be delivered",
		"not been delivered", "not delivered", "could not deliver",
		"cannot be delivered", "couldn't be delivered",
		"wasn't delivered", "delivery failure", "nicht zugestellt",
		"non remis", "no pudo ser entregado", "доставлено" };

	return says_any(mem, text, words, COUNT(words));
}

bool
bounce_words_waits(struct arena *mem, const char *text)
{
	static const char *const words[] = { "will be retried", "will retry",
		"has been delayed", "is delayed", "still awaiting delivery",
		"do not need to resend", "don't need to resend",
		"warning message only", "not yet been delivered",
		"delivery attempts will continue", "will continue to be tried",
		"will keep trying", "still trying",
		"could not send mail for past", "delivery incomplete" };

	return says_any(mem, text, words, COUNT(words));
}
