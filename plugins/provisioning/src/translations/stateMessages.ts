/** Words for states, refusals and what is shared by the pages. `stateMessages.de.ts` has each in German. */
export const stateMessages = {
  'request.accepted': 'Accepted',
  'request.running': 'Being made',
  'request.updating': 'Being updated',
  'request.ready': 'Ready',
  'request.failed': 'Failed',
  'request.needs_person': 'Needs a person',
  'request.cancelled': 'Cancelled',
  'request.destroying': 'Being taken down',
  'request.destroy_incomplete': 'Not wholly taken down',
  'request.destroyed': 'Taken down',
  'request.forgotten': 'Given up',

  'service.none': 'No service',
  'service.starting': 'Starting',
  'service.healthy': 'Healthy',
  'service.unhealthy': 'Unhealthy',
  'service.stopped': 'Stopped',
  'stop.asked': 'Somebody stopped it.',
  'stop.idle': 'Nobody called it for hours.',
  'stop.portal_restarted': 'The portal was restarted.',
  'stop.other_machine':
    'It lives on another machine than the one that serves local services now.',
  'stop.exited': 'Its process ended by itself; its log says why.',
  'stop.limit': 'It took more than it may: memory, processes or disk.',
  'stop.never_healthy':
    'Its first deployment never became healthy; its log says why.',
  'stop.switched_off': 'Running services on this computer was switched off.',

  'effect.planned': 'Still to come',
  'effect.sent': 'Under way',
  'effect.done': 'Done',
  'effect.failed': 'Failed',
  'effect.unknown': 'Nobody knows',
  'effect.skipped': 'Left out',
  'effect.undone': 'Taken back',
  'undo.exact': 'Can be undone',
  'undo.compensating': 'Can be undone; a trace stays',
  'undo.keep': 'Stays',
  'origin.created': 'Made here',
  'origin.adopted': 'Was there before',

  'run.create': 'Making it',
  'run.update': 'Update',
  'run.deploy': 'Deployment',
  'run.rollback': 'Going back',
  'run.destroy': 'Taking it down',
  'run.state.running': 'under way',
  'run.state.done': 'done',
  'run.state.failed': 'failed',
  'run.state.needs_person': 'needs a person',
  'run.state.cancelled': 'cancelled',
  'run.state.superseded': 'ended by a newer one',

  'release.deploying': 'Being deployed',
  'release.healthy': 'Became healthy',
  'release.failed': 'Failed',
  'release.superseded': 'Overtaken',
  'release.retired': 'Retired',

  'drift.in_sync': 'In sync',
  'drift.changed_by_people': 'Changed by people',
  'drift.broken': 'Broken',
  'drift.behind_template': 'Behind the template',
  'drift.unknown': 'Not known',

  'review.preparing': 'Being prepared',
  'review.open': 'Waits for you',
  'review.merged': 'Merged',
  'review.closed': 'Closed',

  'proven.real-program': 'Proven with the real programs',
  'proven.source-derived-stand-in':
    'Proven with a stand-in made from the published API',
  'proven.static-check': 'Only checked, never run',
  'proven.not-proven': 'Not proven',

  'type.api': 'API',
  'type.web': 'Web service',
  'type.worker': 'Worker',
  'type.library': 'Library',
  'host.local': 'On this portal',
  'host.github': 'GitHub',

  'state.loading': 'Loading',
  'state.unknown': 'unknown',
  'state.failed': 'This could not be loaded',
  'state.notInstalled': 'Provisioning is not installed',
  'state.notInstalledText':
    'The backend of this portal does not know it. Somebody who looks after the portal adds @fawkes/backstage-plugin-provisioning-backend to it; then services are made here.',
  'state.more': 'Show more',

  'refused.title': 'That was not possible',
  'refused.state': 'The request is now: {{state}}.',
  'refused.WRONG_STATE': 'It is not in a state in which this can be done.',
  'refused.RUN_IN_PROGRESS':
    'Something goes on already. Wait until it has ended, or cancel it.',
  'refused.SPEC_DIFFERS':
    'It exists already, made otherwise. Change it with an update, or choose another name.',
  'refused.PLAN_CHANGED':
    'What would happen has changed since you looked at it. Nothing was done.',
  'refused.STALE_DIGEST':
    'Somebody changed it while you filled in the form. Open the form anew to begin with how it is now.',
  'refused.STALE_HEAD':
    'The main branch has moved on since you looked at it. Look at the new difference first.',
  'refused.NAME_TAKEN': 'Somebody else has this name.',
  'refused.QUOTA_EXCEEDED':
    'The quota is full. Take something down, or ask those who hold it.',
  'refused.PAUSED': 'Nothing new is taken on at the moment.',
  'refused.HAS_DEPENDANTS':
    'Others depend on it. Only the platform group can take it down all the same.',
  'refused.NO_SERVICE': 'There is no service to start, stop or deploy.',
  'refused.NO_GREEN_BUILD':
    'The commit has no green build. Its build log says why.',
  'refused.NO_RELEASE': 'There is no earlier healthy release to go back to.',
  'refused.PRACTICE_ALIVE':
    'You have one practice service already. Take that down first.',
  'refused.NOT_AVAILABLE': 'What it needs is not here.',
  'refused.FIXED_FIELD':
    'No update changes this. Take it down and make it anew, or hand it over.',
  'refused.NOT_CONFIRMED': 'The name you typed is not its name.',
  'refused.holder': '{{who}} holds {{number}}',
  'refused.owner': 'It belongs to {{owner}}.',
  'refused.commit': 'Commit {{commit}}',
  'refused.look': 'Look at it',

  'allow.why': '{{action}}: why not?',
  'allow.who': 'Who may:',
  'allow.not': 'This cannot be done now.',
} as const;
