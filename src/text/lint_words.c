/* Words that say too much: attacks, suppliers, what was never filled in. */
#include "text/lint_in.h"

#include <ctype.h>
#include <string.h>

enum { FAR = 80 }; /* characters of a hole */

#define ATTACK RULE_ATTACK, 0
#define GUARD RULE_VOLUME, PHRASE_GUARD
#define VENDOR RULE_VENDOR, PHRASE_NAME
#define NAMED RULE_VENDOR, PHRASE_NAME | PHRASE_CASE /* a plain word, too */
#define UNFILLED RULE_PLACEHOLDER, 0
#define SHOUTED RULE_PLACEHOLDER, PHRASE_CASE
#define INSIDE RULE_INTERNAL, 0

static const struct phrase phrases[] = {
	/* clang-format off */
	{ "attack", ATTACK }, { "attacks", ATTACK }, { "attacked", ATTACK },
	{ "attacking", ATTACK }, { "attacker*", ATTACK }, { "ddos*", ATTACK },
	{ "DoS", RULE_ATTACK, PHRASE_CASE }, { "denial of service", ATTACK },
	{ "cyberattack*", ATTACK }, { "cyber crim*", ATTACK },
	{ "flood", ATTACK }, { "floods", ATTACK }, { "flooded", ATTACK },
	{ "flooding", ATTACK }, { "botnet*", ATTACK }, { "bot net*", ATTACK },
	{ "exploit*", ATTACK }, { "vulnerab*", ATTACK }, { "breach*", ATTACK },
	{ "hack", ATTACK }, { "hacks", ATTACK }, { "hacked", ATTACK },
	{ "hacker*", ATTACK }, { "hacking", ATTACK }, { "intrusion*", ATTACK },
	{ "intruder*", ATTACK }, { "malware*", ATTACK },
	{ "ransom*", ATTACK }, { "extort*", ATTACK }, { "blackmail*", ATTACK },
	{ "sabotage*", ATTACK }, { "phish*", ATTACK }, { "backdoor*", ATTACK },
	{ "back door*", ATTACK }, { "rootkit*", ATTACK }, { "trojan*", ATTACK },
	{ "spyware", ATTACK }, { "keylogger*", ATTACK },
	{ "cryptominer*", ATTACK }, { "web shell*", ATTACK },
	{ "webshell*", ATTACK }, { "compromised", ATTACK },
	{ "zero day*", ATTACK }, { "zeroday*", ATTACK }, { "0 day", ATTACK },
	{ "0day*", ATTACK }, { "brute forc*", ATTACK },
	{ "bruteforc*", ATTACK }, { "credential stuffing", ATTACK },
	{ "password spray*", ATTACK }, { "sql injection*", ATTACK },
	{ "code injection*", ATTACK }, { "command injection*", ATTACK },
	{ "xss", ATTACK }, { "csrf", ATTACK }, { "ssrf", ATTACK },
	{ "RCE", RULE_ATTACK, PHRASE_CASE },
	{ "cross site scripting", ATTACK }, { "buffer overflow*", ATTACK },
	{ "remote code execution", ATTACK },
	{ "arbitrary code", ATTACK }, { "path traversal", ATTACK },
	{ "privilege escalation", ATTACK }, { "escalation of privilege*", ATTACK },
	{ "spoofed", ATTACK }, { "spoofing", ATTACK },
	{ "amplification factor*", ATTACK }, { "dns amplification", ATTACK },
	{ "ntp amplification", ATTACK }, { "udp amplification", ATTACK },
	{ "amplified traffic", ATTACK }, { "malicious*", ATTACK },
	{ "exfiltrat*", ATTACK }, { "unauthori* access", ATTACK },
	{ "unauthori* part*", ATTACK }, { "leaked data", ATTACK },
	{ "data leak*", ATTACK }, { "stolen", ATTACK },
	{ "threat actor*", ATTACK }, { "hijack*", ATTACK },
	{ "cache poisoning", ATTACK }, { "defaced", ATTACK },
	{ "defacement*", ATTACK }, { "heartbleed", ATTACK },
	{ "log4shell", ATTACK }, { "shellshock", ATTACK },
	{ "slowloris", ATTACK }, { "man in the middle", ATTACK },
	{ "security hole*", ATTACK }, { "security flaw*", ATTACK },
	{ "security bug*", ATTACK }, { "security weakness*", ATTACK },
	{ "security incident*", ATTACK }, { "security issue*", ATTACK },
	{ "security problem*", ATTACK }, { "security gap*", ATTACK },
	{ "security event*", ATTACK }, { "abuse traffic", ATTACK },
	{ "abusive traffic", ATTACK }, { "attack traffic", ATTACK },
	{ "traffic scrubbing", ATTACK }, { "scrubbing cent*", ATTACK },
	{ "blackhol*", ATTACK }, { "black hol*", ATTACK },
	{ "null rout*", ATTACK }, { "nullrout*", ATTACK },
	{ "hostile traffic", ATTACK }, { "hostile request*", ATTACK },
	{ "junk traffic", ATTACK }, { "bogus traffic", ATTACK },
	{ "data was leaked", ATTACK }, { "data were leaked", ATTACK },
	{ "leaked passw*", ATTACK }, { "passwords were leaked", ATTACK },
	{ "leaked credential*", ATTACK }, { "leaked customer*", ATTACK },
	{ "taken over by", ATTACK },

	{ "gbps", GUARD }, { "gbit*", GUARD }, { "gigabit*", GUARD },
	{ "tbps", GUARD }, { "mbps", GUARD }, { "mbit*", GUARD },
	{ "mpps", GUARD }, { "kpps", GUARD }, { "pps", GUARD },
	{ "packets per second", GUARD }, { "requests per second", GUARD },
	{ "rps", GUARD }, { "qps", GUARD }, { "queries per second", GUARD },
	{ "target*", GUARD }, { "victim*", GUARD }, { "scrubbing", GUARD },
	{ "subdomain*", GUARD }, { "udp", GUARD }, { "syn", GUARD },
	{ "icmp", GUARD }, { "nxdomain", GUARD }, { "reflect*", GUARD },
	{ "source address*", GUARD }, { "firewall*", GUARD },
	{ "filter*", GUARD }, { "rate limit*", GUARD },
	{ "name server*", GUARD }, { "nameserver*", GUARD },
	{ "patch*", GUARD }, { "unpatched", GUARD },

	{ "adyen", VENDOR }, { "afilias", VENDOR }, { "akamai", VENDOR }, { "amazon", VENDOR },
	{ "anthropic", VENDOR }, { "arbor networks", VENDOR },
	{ "arelion", VENDOR }, { "Arista", NAMED }, { "AT T", NAMED },
	{ "atlassian", VENDOR }, { "auth0", VENDOR }, { "aws", VENDOR },
	{ "azure", VENDOR }, { "Barracuda", NAMED }, { "bell canada", VENDOR },
	{ "BIG IP", NAMED }, { "broadcom", VENDOR }, { "Brocade", NAMED },
	{ "centralnic", VENDOR }, { "centurylink", VENDOR },
	{ "Check Point", NAMED }, { "Ciena", NAMED }, { "cisco", VENDOR },
	{ "citrix", VENDOR }, { "cloudflare", VENDOR },
	{ "cloudfront", VENDOR }, { "cloudmark", VENDOR },
	{ "Cogent", NAMED }, { "cologix", VENDOR }, { "Colt", NAMED },
	{ "comcast", VENDOR }, { "Commvault", NAMED },
	{ "crowdstrike", VENDOR }, { "datadog", VENDOR }, { "Dell", NAMED },
	{ "deutsche telekom", VENDOR }, { "digicert", VENDOR },
	{ "digital realty", VENDOR }, { "digitalocean", VENDOR },
	{ "EC2", NAMED }, { "EMC", NAMED }, { "equinix", VENDOR },
	{ "Ericsson", NAMED }, { "esxi", VENDOR }, { "eunetworks", VENDOR },
	{ "F5", NAMED }, { "fastly", VENDOR }, { "fortigate*", VENDOR },
	{ "fortinet", VENDOR }, { "fortios", VENDOR }, { "GCP", NAMED },
	{ "globalsign", VENDOR }, { "google", VENDOR }, { "GTT", NAMED },
	{ "Hetzner", NAMED }, { "hewlett packard", VENDOR },
	{ "Hitachi", NAMED }, { "HPE", NAMED }, { "huawei", VENDOR },
	{ "hurricane electric", VENDOR }, { "IBM", NAMED },
	{ "imperva", VENDOR }, { "incapsula", VENDOR }, { "Infinera", NAMED },
	{ "infoblox", VENDOR }, { "interxion", VENDOR }, { "ivanti", VENDOR },
	{ "Juniper", NAMED }, { "junos", VENDOR }, { "leaseweb", VENDOR },
	{ "Lenovo", NAMED }, { "let s encrypt", VENDOR }, { "linode", VENDOR },
	{ "Lumen", NAMED }, { "mailchimp", VENDOR }, { "mailgun", VENDOR },
	{ "mellanox", VENDOR }, { "microsoft", VENDOR },
	{ "mikrotik", VENDOR }, { "mimecast", VENDOR }, { "netapp", VENDOR },
	{ "netscaler", VENDOR }, { "netscout", VENDOR }, { "neustar", VENDOR },
	{ "new relic", VENDOR }, { "Nokia", NAMED }, { "NTT", NAMED },
	{ "nutanix", VENDOR }, { "okta", VENDOR }, { "openai", VENDOR },
	{ "opsgenie", VENDOR }, { "Oracle", NAMED }, { "ovh*", VENDOR },
	{ "pagerduty", VENDOR }, { "palo alto", VENDOR }, { "paypal", VENDOR },
	{ "proofpoint", VENDOR }, { "proxmox", VENDOR },
	{ "pure storage", VENDOR }, { "qnap", VENDOR }, { "qualys", VENDOR },
	{ "rackspace", VENDOR }, { "radware", VENDOR }, { "rapid7", VENDOR },
	{ "Red Hat", NAMED }, { "Rogers", NAMED }, { "S3", NAMED },
	{ "salesforce", VENDOR }, { "Samsung", NAMED }, { "SAP", NAMED },
	{ "scaleway", VENDOR }, { "seagate", VENDOR }, { "sectigo", VENDOR },
	{ "sendgrid", VENDOR }, { "solarwinds", VENDOR }, { "sonicwall", VENDOR },
	{ "Sophos", NAMED }, { "Splunk", NAMED }, { "Stripe", NAMED },
	{ "Sucuri", NAMED }, { "supermicro", VENDOR }, { "synology", VENDOR },
	{ "Tata", NAMED }, { "Telefonica", NAMED }, { "telia", VENDOR },
	{ "telstra", VENDOR }, { "Telekom", NAMED }, { "Telus", NAMED }, { "trend micro", VENDOR },
	{ "twilio", VENDOR }, { "ubiquiti", VENDOR }, { "vcenter", VENDOR },
	{ "veeam", VENDOR }, { "verisign", VENDOR }, { "verizon", VENDOR },
	{ "vmware", VENDOR }, { "vodafone", VENDOR }, { "vsphere", VENDOR },
	{ "vultr", VENDOR }, { "western digital", VENDOR },
	{ "Zayo", NAMED }, { "zendesk", VENDOR }, { "zimbra", VENDOR },
	{ "zscaler", VENDOR }, { "zyxel", VENDOR },

	{ "tbd", UNFILLED }, { "tba", UNFILLED }, { "TBC", SHOUTED }, { "TO" "DO", SHOUTED },
	{ "fixme", UNFILLED }, { "XX" "X", SHOUTED }, { "XX" "XX", SHOUTED },
	{ "xxx", UNFILLED }, { "lorem ipsum", UNFILLED },
	{ "YYYY", SHOUTED },
	{ "to be filled in", UNFILLED }, { "insert text here", UNFILLED },

	{ "internal note*", INSIDE }, { "internal only", INSIDE }, { "internal use only", INSIDE },
	{ "for internal use", INSIDE }, { "not for customers", INSIDE },
	{ "not for clients", INSIDE }, { "not for resellers", INSIDE },
	{ "do not forward", INSIDE }, { "do not publish", INSIDE }, { "don t publish", INSIDE },
	{ "do not share", INSIDE }, { "not for publication", INSIDE },
	{ "not for public*", INSIDE }, { "not public", INSIDE },
	{ "strictly confidential", INSIDE }, { "company confidential", INSIDE },
	{ "TLP RED", RULE_INTERNAL, PHRASE_CASE },
	/* clang-format on */
};

/* What people use of such a company, and is no part of ours. */
static const char *const products[] = { "365", "account", "accounts",
	"analytics", "authenticator", "calendar", "chrome", "drive", "edge",
	"excel", "mail", "maps", "office", "outlook", "play", "pay", "sheets",
	"teams", "windows", "word", "workspace", NULL };

static bool
counts(const struct linting *l, const struct piece *p, size_t i, size_t n,
    const struct phrase *x)
{
	if (x->is & PHRASE_GUARD)
		return l->scene->disclosure == DISCLOSURE_LIMITED;
	if (x->is & PHRASE_NAME)
		return !(lint_adjoins(p, i + n - 1) &&
			 lint_word_in(p, i + n, products));
	return true;
}

static void
at_word(struct linting *l, const struct piece *p, size_t i,
    const struct phrase *all, size_t n_all)
{
	char first = p->low[p->words[i].at];

	for (size_t k = 0; k < n_all; k++) {
		const struct phrase *x = &all[k];
		const struct span *last;
		size_t n;

		if (tolower((unsigned char)x->says[0]) != first)
			continue;
		n = lint_phrase_at(p, i, x->says, x->is & PHRASE_CASE);
		if (n == 0 || !counts(l, p, i, n, x))
			continue;
		last = &p->words[i + n - 1];
		lint_mark(l, p, x->rule, p->words[i].at,
		    last->at + last->len - p->words[i].at);
	}
}

void
lint_phrases(struct linting *l, const struct piece *p, const struct phrase *all,
    size_t n)
{
	for (size_t i = 0; i < p->n_words; i++)
		at_word(l, p, i, all, n);
}

/* "{{", "<time>", "[name of the cluster]", "???", "____" */
static const struct {
	const char *opens;
	const char *closes; /* "": what opens is all */
	enum lint_rule rule;
} holes[] = {
	{ "{{", "}}", RULE_PLACEHOLDER },
	{ "}}", "", RULE_PLACEHOLDER },
	{ "{%", "%}", RULE_PLACEHOLDER },
	{ "${", "}", RULE_PLACEHOLDER },
	{ "%s", "", RULE_PLACEHOLDER },
	{ "???", "", RULE_PLACEHOLDER },
	{ "??:", "", RULE_PLACEHOLDER },
	{ "____", "", RULE_PLACEHOLDER },
	{ "xx:xx", "", RULE_PLACEHOLDER },
	{ "hh:mm", "", RULE_PLACEHOLDER },
	{ "yyyy-mm-dd", "", RULE_PLACEHOLDER },
	{ "[intern", "]", RULE_INTERNAL },
	{ "[confidential", "]", RULE_INTERNAL },
	{ "[preview", "]", RULE_INTERNAL },
	{ "[inser", "]", RULE_PLACEHOLDER },
	{ "[bitte ", "]", RULE_PLACEHOLDER },
	{ "[uhrzeit", "]", RULE_PLACEHOLDER },
	{ "[heure", "]", RULE_PLACEHOLDER },
	{ "[hora", "]", RULE_PLACEHOLDER },
	{ "[your ", "]", RULE_PLACEHOLDER },
	{ "[component", "]", RULE_PLACEHOLDER },
	{ "[service", "]", RULE_PLACEHOLDER },
	{ "[time", "]", RULE_PLACEHOLDER },
	{ "[date", "]", RULE_PLACEHOLDER },
	{ "[name", "]", RULE_PLACEHOLDER },
	{ "[x]", "", RULE_PLACEHOLDER },
	{ "[...]", "", RULE_PLACEHOLDER },
	{ "tlp:red", "", RULE_INTERNAL },
	{ "tlp:amber", "", RULE_INTERNAL },
	{ "please write above this line", "", RULE_INTERNAL },
};

static void
at_hole(struct linting *l, const struct piece *p, size_t at)
{
	for (size_t k = 0; k < sizeof holes / sizeof *holes; k++) {
		size_t n = strlen(holes[k].opens);
		const char *end;

		if (strncmp(p->low + at, holes[k].opens, n) != 0)
			continue;
		end = p->low + at + n;
		for (size_t far = 0;
		     far < FAR && *end != '\0' && strchr("]}\n", *end) == NULL;
		     far++)
			end++;
		if (holes[k].closes[0] == '\0')
			end = p->low + at + n;
		else
			while (*end == ']' || *end == '}')
				end++;
		/* [words](address) is a link. */
		if (p->s[at] == '[' && *end == '(')
			continue;
		lint_mark(l, p, holes[k].rule, at,
		    (size_t)(end - (p->low + at)));
	}
}

/* "__SERVICE__": a name between lines, all of it in capitals. */
static void
at_lines(struct linting *l, const struct piece *p, size_t at)
{
	size_t n = strspn(p->s + at, "_ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");

	if (n > 5 && strncmp(p->s + at, "__", 2) == 0 &&
	    strncmp(p->s + at + n - 2, "__", 2) == 0 &&
	    isupper((unsigned char)p->s[at + 2]) &&
	    !lint_alnum(lint_before(p, at)) && !lint_alnum(p->s[at + n]))
		lint_mark(l, p, RULE_PLACEHOLDER, at, n);
}

/* Of HTML: plain text in a field, and told as such in a text. */
static const char *const tags[] = { "a", "b", "big", "blockquote", "body", "br",
	"code", "div", "em", "font", "form", "h1", "h2", "h3", "head", "hr",
	"html", "i", "iframe", "img", "input", "li", "link", "meta", "ol", "p",
	"pre", "script", "small", "span", "strong", "style", "sub", "sup",
	"svg", "table", "td", "th", "tr", "tt", "u", "ul", NULL };

/* "<time>", "{name of the service}": words between them, and no address. */
static void
at_hint(struct linting *l, const struct piece *p, size_t at)
{
	size_t n =
	    strspn(p->low + at + 1, "abcdefghijklmnopqrstuvwxyz0123456789 _-");

	bool angle = p->s[at] == '<';

	if (n == 0 || n > 40 || p->s[at + 1] == ' ' ||
	    p->s[at + 1 + n] != (angle ? '>' : '}'))
		return;
	/* ".../domains/{id}" is an address of the API. */
	if (angle ? lint_in(p->s + at + 1, n, tags)
		  : strchr("/${=", lint_before(p, at)) != NULL)
		return;
	lint_mark(l, p, RULE_PLACEHOLDER, at, n + 2);
}

void
lint_words(struct linting *l, const struct piece *p)
{
	lint_phrases(l, p, phrases, sizeof phrases / sizeof *phrases);
	for (size_t i = 0; i < p->n; i++) {
		if (strchr("{}$%?_[tpxhy", p->low[i]) != NULL)
			at_hole(l, p, i);
		if (p->s[i] == '<' || p->s[i] == '{')
			at_hint(l, p, i);
		if (p->s[i] == '_')
			at_lines(l, p, i);
	}
}
