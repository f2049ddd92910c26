/** Every text of the kit in English. `messages.de.ts` has each of them in German. */
export const messages = {
  'state.loading': 'Loading',
  'state.asOf': 'Facts up to {{time}}, {{ago}}.',
  'state.updating': 'Loading the new view…',
  'state.updateFailed': 'The last update failed; these are older numbers.',
  'state.error.title': 'This could not be loaded',
  'state.error.retry': 'Try again',
  'state.error.forbidden':
    'You may not see this. Ask its owner, or choose something else.',
  'state.error.missing':
    'It does not exist, or you may not see it. Check the address, or choose something else.',
  'state.error.unreachable':
    'The backend does not answer. It may be restarting: try again in a moment.',
  'state.sample.badge': 'Sample data',
  'state.sample.text':
    'Some of these numbers come from the invented sample organisation, so that there is something to look at before your own facts arrive.',
  'state.sample.remove': 'How to remove it',

  'chart.viewAsTable': 'View as table',
  'chart.downloadCsv': 'Download CSV',

  'scope.title': 'Scope',
  'scope.button': 'Scope: {{scope}}',
  'scope.everything': 'Everything',
  'scope.several': '{{first}} and {{number}} more',
  'scope.search': 'Find a service, system, domain or group',
  'scope.reset': 'Everything I may see',
  'scope.none': 'No such entity in the catalog.',
  'scope.failed': 'The catalog does not answer; try again in a moment.',
  'scope.more': '{{number}} more: type to narrow the search.',

  'window.title': 'Period',
  'window.days': '{{number}} days',
  'window.months': '{{number}} months',
  'window.more': 'Other periods',
  'window.choose': 'Choose dates',
  'window.custom': '{{from}} – {{to}}',
  'window.first': 'First day',
  'window.last': 'Last day',
  'window.apply': 'Show this period',
  'window.invalid': 'The first day has to come before the last.',

  'zone.title': 'Time zone',
  'zone.search': 'Find a time zone',

  'format.perDay': '/day',
  'format.perWeek': '/week',
  'format.perMonth': '/month',

  'value.unknown': 'N/A',
  'value.opensNewTab': 'Opens in a new tab',

  'copy.button': 'Copy',
  'copy.label': 'Copy: {{what}}',
  'copy.done': 'Copied.',
  'copy.failed': 'Could not copy; select the text instead.',

  'decide.reason': 'Reason',
  'decide.required': 'needed',
  'decide.reasonHint': 'What the others should know, in a sentence.',
  'decide.reasonMissing': 'Give a reason of at least {{minimum}} letters.',
  'decide.cancel': 'Cancel',

  'way.label': 'Where you are',

  'step.done': 'done',
  'step.current': 'under way',
  'step.failed': 'failed',
  'step.waiting': 'still to come',
} as const;
