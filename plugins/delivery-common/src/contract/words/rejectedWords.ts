/**
 * Common faults of senders, as they are kept with what was rejected. A sender
 * reads the text; a screen finds the code by it.
 */
export const REJECTED_WORDS = {
  'rejected.no_json': 'is not JSON',
  'rejected.deep': 'is nested too deeply',
  'rejected.required': 'is required',
  'rejected.wrong_type':
    'Invalid input: expected {{expected}}, received {{received}}',
  'rejected.wrong_value': 'Invalid input: expected {{expected}}',
  'rejected.invalid': 'Invalid input',
  'rejected.no_option': 'Invalid option: expected one of {{options}}',
  'rejected.long': 'Too big: expected string to have <={{max}} characters',
  'rejected.many': 'Too big: expected array to have <={{max}} items',
  'rejected.big': 'Too big: expected number to be <={{max}}',
  'rejected.short': 'Too small: expected string to have >={{min}} characters',
  'rejected.few': 'Too small: expected array to have >={{min}} items',
  'rejected.small': 'Too small: expected number to be >={{min}}',
  'rejected.unknown_field': 'is not a field of this event type',
  'rejected.unknown_subject_field': 'is not a field for this subject',
  'rejected.future': 'lies more than 10 minutes in the future',
  'rejected.order': 'lies before {{earlier}} ({{at}})',
  'rejected.zero': 'is what a clock says that was never set',
  'rejected.environment': 'is required, unless the event is a tombstone',
  'rejected.terminal': 'is required with the terminal status "{{status}}"',
  'rejected.with_sha': 'is required when sha is sent',
  'rejected.with_commits': 'is required when commits are sent',
  'rejected.parts':
    'replaces repository, sha and commits: send one or the other',
  'rejected.instant':
    'must be an ISO 8601 instant with an offset, e.g. 2026-03-01T09:00:00Z',
  'rejected.no_date': 'is not a date and time that exists (from 1970 on)',
  'rejected.characters': 'must not contain U+0000 or half of a surrogate pair',
  'rejected.url': 'must be an http(s) URL',
  'rejected.entity':
    'must be a catalog entity reference, e.g. component:default/payments-api',
  'rejected.sha': 'must be a full git sha of 40 or 64 hexadecimal digits',
  'rejected.hash': 'must be a hex hash',
  'rejected.ascii': 'must be ASCII when it is longer than 512 characters',
  'rejected.blank': 'must not contain white space or control characters',
  'rejected.repository': 'must name a repository, e.g. acme/shop',
  'rejected.no_source':
    "No source named '{{source}}' is installed; install its module and replay",
  'rejected.clipped':
    'What is kept of it is not JSON (long rejected events are clipped); send it again',
  'rejected.unread': 'The source failed to read it',
  'rejected.database': 'The database refused it; see the log of the backend',
  'rejected.cdevents_version': 'must be a CDEvents version 0.4 or 0.5',
  'rejected.cdevents_type':
    'must be dev.cdevents.<subject>.<predicate>.<version>',
  'rejected.cloudevent': 'is no valid CloudEvent: {{fault}}',
  'rejected.github_event': 'is missing: it names the kind of GitHub event',
  'rejected.github_state': 'is no state GitHub documents: {{state}}',
  'rejected.pulled': 'Git history is pulled; nobody sends it',
} as const;
