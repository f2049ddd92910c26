import { wordsOf } from '@fawkes/kit-contract';

/**
 * What the backend says of runs, hosts and what to do by hand, beside the words
 * of the rules. A screen has its own texts for the codes.
 */
const TEXTS = {
  'run.rights_gone':
    '{{initiator}} may no longer do this; somebody who may has to retry it',
  'run.rights_unknown':
    'The catalog does not say whether {{initiator}} may still do this; it is asked again',
  'run.no_driver':
    'Nothing here does this on {{host}}; ask who runs the portal',
  'run.crashed': 'The portal stopped while it was done; it is looked up',
  'run.threw': 'It was begun and ended without an answer: {{message}}',
  'run.unreadable': 'It could not be looked up: {{message}}',
  'run.tried_too_often': 'It was begun {{attempts}} times and is not there',
  'run.cancel_late': 'It had not ended a minute after it was cancelled',
  'run.cancelled': 'Somebody cancelled it',
  'run.superseded': 'A newer deployment took over',
  'run.not_begun': 'The run ended before it',

  'name.entity': '{{entity}} is in the catalog and is not ours',
  'catalog.not_yet': 'The catalog has not taken it up yet',
  'catalog.other': 'The catalog has {{entity}} from {{location}}',
  'catalog.nothing': 'The files hold no entity that is ours to tell',

  'host.local.off':
    'Switched off here; whoever runs the portal sets provisioning.local.enabled',
  'host.local.absent': 'This portal cannot run services on its computer',
  'host.none': 'No module for {{host}} is installed',
  paused: 'Nothing new is taken on: {{reason}}',

  'denied.state': 'Not in the state “{{state}}”',
  'denied.busy': 'Not while a run goes on',
  'denied.no_service': 'There is no service',
  'denied.policy': 'The policy of this portal does not allow it',
  'denied.no_offer': 'Nobody offered it',

  'first.accepted': 'Accepted first',
  'dependant.entity': '{{entity}} depends on it',
  'dependant.unknown':
    'The catalog could not be asked who depends on it; ask again',

  'byhand.look': 'Look at {{where}}, then retry or destroy the request',
  'byhand.retry': 'Open the request and retry it',
  'byhand.repository':
    'Look for the repository {{repository}}, and remove it by hand if it is ours',
  'byhand.entity': 'Look for {{entity}} in the catalog, and unregister it',
  'byhand.service':
    'Look for a process of {{name}} on the computer of the portal, and end it',
  'byhand.pipeline':
    'Look for the pipeline of {{repository}}, and switch it off',
  'byhand.local_repository':
    'Remove the folder repositories/{{id}}.git below provisioning.local.directory: it is {{repository}}, and nobody keeps a copy',
  'byhand.local_entity':
    '{{entity}} leaves the catalog by itself when the request is destroyed',
  'byhand.local_build':
    'Remove services/releases/{{id}}, services/logs/{{id}} and checkouts/{{id}} below provisioning.local.directory',
  'byhand.local_service':
    'End the processes of {{name}} on the computer of the portal: they name services/releases/{{id}} in their command line',
  'byhand.destroy':
    'Destroy the request again: what is gone already counts as done',
  'byhand.forget':
    'When nothing is left, or it shall stay, forget the request with a reason',
  'orphan.forgotten': '{{name}} was given up on: {{reason}}',
} as const;

/** What the backend says, for translations to be complete. @public */
export const provisioningCoreWords = wordsOf(TEXTS);
