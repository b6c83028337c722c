"""The shapes of Statuspage's public API, version 2, as our specification
names them.  check(path, document) gives what is wrong, as lines.
"""
import re

TIME = re.compile(r'^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$')
ID = re.compile(r'^[0-9a-z]{12}$')
DAY = re.compile(r'^\d{4}-\d\d-\d\d$')
URL = re.compile(r'^https?://\S+$')


class OrNull:
    def __init__(self, kind):
        self.kind = kind


class ListOf:
    def __init__(self, kind):
        self.kind = kind


LEVEL = {'operational', 'degraded_performance', 'partial_outage',
         'major_outage', 'under_maintenance'}
IMPACT = {'none', 'minor', 'major', 'critical', 'maintenance'}
STATE = {'investigating', 'identified', 'monitoring', 'resolved',
         'postmortem'}
PAGE = {'id': ID, 'name': str, 'url': URL, 'time_zone': str,
        'updated_at': TIME}
STATUS = {'indicator': IMPACT, 'description': str}
COMPONENT = {
    'id': ID, 'name': str, 'status': LEVEL, 'created_at': TIME,
    'updated_at': TIME, 'position': int, 'description': OrNull(str),
    'showcase': bool, 'start_date': OrNull(DAY), 'group_id': OrNull(ID),
    'page_id': ID, 'group': bool, 'only_show_if_degraded': bool}
GROUP = {**COMPONENT, 'components': ListOf(ID)}
AFFECTED = {'code': ID, 'name': str, 'old_status': LEVEL,
            'new_status': LEVEL}
UPDATE = {
    'id': ID, 'status': STATE, 'body': str, 'incident_id': ID,
    'created_at': TIME, 'updated_at': TIME, 'display_at': TIME,
    'affected_components': OrNull(ListOf(AFFECTED)),
    'deliver_notifications': bool, 'custom_tweet': OrNull(str),
    'tweet_id': OrNull(int), 'x_revision': int, 'x_corrected': bool,
    'x_withdrawn': bool, 'x_next_update_at': OrNull(TIME),
    'x_message_id': str, 'x_hash': str}
INCIDENT = {
    'id': ID, 'name': str, 'status': STATE, 'created_at': TIME,
    'updated_at': TIME, 'monitoring_at': OrNull(TIME),
    'resolved_at': OrNull(TIME), 'impact': IMPACT, 'shortlink': URL,
    'started_at': TIME, 'page_id': ID, 'incident_updates': ListOf(UPDATE),
    'components': ListOf(COMPONENT), 'x_number': str,
    'x_next_update_at': OrNull(TIME), 'x_components_text': str}
PLANNED = {**INCIDENT, 'scheduled_for': TIME, 'scheduled_until': TIME,
           'status': {'scheduled', 'in_progress', 'verifying', 'completed'},
           'impact': {'maintenance'}}
ANY_COMPONENT = 'component or group'

PATHS = {
    'summary': {'page': PAGE, 'components': ListOf(ANY_COMPONENT),
                'incidents': ListOf(INCIDENT),
                'scheduled_maintenances': ListOf(PLANNED), 'status': STATUS},
    'status': {'page': PAGE, 'status': STATUS},
    'components': {'page': PAGE, 'components': ListOf(ANY_COMPONENT)},
    'incidents': {'page': PAGE, 'incidents': ListOf(INCIDENT)},
    'incidents/unresolved': {'page': PAGE, 'incidents': ListOf(INCIDENT)},
    'scheduled-maintenances': {
        'page': PAGE, 'scheduled_maintenances': ListOf(PLANNED)},
    'scheduled-maintenances/upcoming': {
        'page': PAGE, 'scheduled_maintenances': ListOf(PLANNED)},
    'scheduled-maintenances/active': {
        'page': PAGE, 'scheduled_maintenances': ListOf(PLANNED)},
}


def check(path, document):
    return list(faults(PATHS[path], document, ''))


def faults(kind, v, at):
    if kind is ANY_COMPONENT:
        kind = GROUP if isinstance(v, dict) and v.get('group') else COMPONENT
    if isinstance(kind, OrNull):
        if v is not None:
            yield from faults(kind.kind, v, at)
    elif isinstance(kind, ListOf):
        if not isinstance(v, list):
            yield '%s: no list' % at
            return
        for i, x in enumerate(v):
            yield from faults(kind.kind, x, '%s[%d]' % (at, i))
    elif isinstance(kind, dict):
        if not isinstance(v, dict) or list(v) != list(kind):
            if not isinstance(v, dict) or set(v) != set(kind):
                yield '%s: has %s, not %s' % (at, v, sorted(kind))
                return
        for k in kind:
            yield from faults(kind[k], v[k], '%s.%s' % (at, k))
    elif isinstance(kind, set):
        if v not in kind:
            yield '%s: %r is none of %s' % (at, v, sorted(kind))
    elif isinstance(kind, re.Pattern):
        if not isinstance(v, str) or not kind.match(v):
            yield '%s: %r is not like %s' % (at, v, kind.pattern)
    elif type(v) is not kind:
        yield '%s: %r is no %s' % (at, v, kind.__name__)
