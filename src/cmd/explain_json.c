#include "cmd/explain_in.h"
#include "ext/json.h"

static struct json *
names(const struct tellings *t)
{
	struct json *list = json_new_array();

	for (size_t i = 0; i < t->n; i++)
		json_add_str(list, t->at[i].name);
	return list;
}

static void
put_attachments(const struct message *m, struct json *o)
{
	struct json *list = json_new_array();

	for (size_t i = 0; i < m->n_attachments; i++) {
		struct json *a = json_new_object();

		json_put_str(a, "type", m->attachments[i].type);
		json_put_str(a, "name", m->attachments[i].name);
		json_put_str(a, "note", m->attachments[i].note);
		json_add(list, a);
	}
	json_put(o, "attachments", list);
}

static struct json *
message_json(const struct explained *x)
{
	const struct message *m = &x->message;
	struct json *o = json_new_object(), *refs = json_new_array();

	for (size_t i = 0; i < m->n_refs; i++)
		json_add_str(refs, m->refs[i]);
	json_put_str(o, "read", explain_reading(m));
	json_put_str(o, "limit", m->limit);
	json_put_str(o, "from", m->from_address);
	json_put_str(o, "from_name", m->from_name);
	json_put_str(o, "subject", m->subject);
	json_put_str(o, "message_id", m->mid);
	json_put(o, "answers", refs);
	json_put_time(o, "date", m->dated ? m->date : 0);
	json_put_str(o, "seal", explain_seal(m->seal.kind));
	json_put_str(o, "seal_flaw", m->seal.flaw);
	json_put(o, "marks", names(&x->marks));
	put_attachments(m, o);
	json_put_int(o, "cut_quote", (int64_t)m->cut_quote);
	json_put_int(o, "cut_signature", (int64_t)m->cut_signature);
	json_put_str(o, "reply", m->reply);
	return o;
}

static struct json *
sender_json(struct job *j, const struct explained *x)
{
	const struct sender *s = &x->sender;
	struct json *o = json_new_object();

	json_put_str(o, "class", explain_trust(s->trust));
	json_put_str(o, "person", s->person == NULL ? "" : s->person->slug);
	json_put_str(o, "roles",
	    s->person == NULL ? "" : explain_roles(j, s->person->roles));
	json_put_str(o, "why", x->why);
	json_put_str(o, "machine", s->machine);
	json_put_bool(o, "quiet", s->quiet);
	return o;
}

static struct json *
fields_json(const struct explained *x)
{
	struct json *o = json_new_object();

	for (size_t i = 0; i < x->fields.n; i++)
		json_put_str(o, x->fields.at[i].name, x->fields.at[i].value);
	return o;
}

static struct json *
commands_json(const struct explained *x)
{
	const struct request *r = &x->request;
	struct json *list = json_new_array();

	for (size_t i = 0; i < r->n_commands; i++) {
		struct json *o = json_new_object();

		json_put_str(o, "verb", words_verb(r->commands[i].verb));
		json_put_str(o, "arguments", r->commands[i].args);
		json_put_int(o, "line", r->commands[i].line);
		json_add(list, o);
	}
	return list;
}

static struct json *
findings_json(const struct explained *x)
{
	struct json *list = json_new_array();

	for (size_t i = 0; i < x->n_findings; i++) {
		const struct finding *f = &x->findings[i];
		struct json *o = json_new_object();

		json_put_str(o, "code", f->code);
		json_put_int(o, "line", f->line);
		json_put_str(o, "written",
		    f->written == NULL ? "" : f->written);
		json_put_str(o, "says", f->says);
		json_put_str(o, "write", f->copy == NULL ? "" : f->copy);
		json_add(list, o);
	}
	return list;
}

static struct json *
decision_json(const struct explained *x)
{
	struct json *o = json_new_object();

	json_put_str(o, "summary", x->decision);
	json_put_bool(o, "opens",
	    x->decided && (x->verdict.did & DID_OPEN) != 0);
	json_put(o, "steps", names(&x->steps));
	return o;
}

static void
put_request(struct job *j, const struct explained *x, struct json *root)
{
	json_put(root, "sender", sender_json(j, x));
	json_put_str(root, "recipient", x->in.envelope.recipient);
	json_put_str(root, "event", x->event == NULL ? "" : x->event);
	json_put_str(root, "event_by", x->event == NULL ? "" : x->event_by);
	json_put_time(root, "received", x->at);
	json_put(root, "fields", fields_json(x));
	json_put(root, "commands", commands_json(x));
	json_put(root, "findings", findings_json(x));
	json_put_str(root, "internal", x->internal);
	json_put_str(root, "public", x->public);
}

void
explain_json(struct job *j, const struct explained *x, struct buf *out)
{
	struct json *root = json_new_object();

	json_put(root, "message", message_json(x));
	if (x->conf != NULL && x->message.reading == READING_OK)
		put_request(j, x, root);
	if (x->conf != NULL)
		json_put(root, "decision", decision_json(x));
	json_write(root, out);
	json_free(root);
}
