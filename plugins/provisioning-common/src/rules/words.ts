import {
  sayFrom,
  wordsOf,
  type Said,
  type WordParams,
} from '@fawkes/kit-contract';

/**
 * The English of what the rules say, by code. A screen has its own texts for the
 * codes; a code never changes its meaning.
 */
const TEXTS = {
  'effect.name.reserve': 'Reserve the name {{name}}',
  'effect.name.reserve.undo': 'The name becomes free again',
  'effect.repo.ensure': 'Make the repository {{repository}} with these files',
  'effect.repo.adopt':
    'Take over the repository {{repository}}, which holds these files already',
  'effect.repo.diverged':
    'Propose these files to the repository {{repository}}; its main branch stays as it is',
  'effect.repo.ensure.undo.local':
    'The repository is deleted; all its branches are kept for 30 days',
  'effect.repo.ensure.undo.github':
    'The repository is archived and can be read on',
  'effect.repo.ensure.undo.adopted':
    'Our branch is removed; the repository and what people wrote stay',
  'effect.repo.protect': 'Protect the main branch of {{repository}}',
  'effect.repo.protect.undo': 'The protection is taken off',
  'effect.ci.ensure': 'Let {{repository}} run its pipeline',
  'effect.ci.ensure.undo': 'The pipeline is switched off; its past runs stay',
  'effect.catalog.ensure': 'Put {{entity}} into the catalog',
  'effect.catalog.adopt': 'Keep {{entity}}, which is in the catalog already',
  'effect.catalog.ensure.undo': 'It leaves the catalog',
  'effect.catalog.adopt.undo': 'It stays in the catalog',
  'effect.build': 'Install and test {{name}} in the sandbox of this computer',
  'effect.build.undo': 'The checkout, its logs and built documents are removed',
  'effect.deploy': 'Start {{name}} on this computer and wait until it is ready',
  'effect.deploy.rollback': 'Go back to an earlier release of {{name}}',
  'effect.deploy.undo':
    'The service is stopped; what it did to data is not undone',
  'effect.tell': 'Tell the delivery metrics of {{name}} what was done',
  'effect.tell.undo':
    'What was told stays; they are told that the service is retired',
  'effect.propose': 'Propose the update to {{repository}} for review',
  'effect.propose.undo': 'The proposal is closed; what was merged stays',
  'effect.service.remove': 'Stop {{name}} and give its port back',
  'effect.catalog.remove': 'Take {{entity}} out of the catalog',
  'effect.ci.remove': 'Switch the pipeline of {{repository}} off',
  'effect.repo.unprotect': 'Take the protection off {{repository}}',
  'effect.repo.remove':
    'Delete the repository {{repository}} after keeping all its branches',
  'effect.repo.purge': 'Delete the repository {{repository}} for good',
  'effect.repo.archive': 'Archive the repository {{repository}}',
  'effect.repo.release':
    'Remove our branch from {{repository}} and leave the rest',
  'effect.retire': 'Tell others that {{name}} is retired',
  'effect.tidy':
    'Remove checkouts, documents, logs and git passwords of {{name}}',
  'effect.name.release': 'Free the name {{name}}',
  'effect.undo.none': 'This is itself a taking back, and stays',
  'stays.adopted': 'It was there before and is only let go',
  'stays.keep': 'It cannot be taken back',

  'thing.name': 'The name {{name}}',
  'thing.repository': 'Repository {{repository}}',
  'thing.protection': 'Protection of the main branch of {{repository}}',
  'thing.pipeline': 'Pipeline of {{repository}}',
  'thing.entity': '{{entity}} in the catalog',
  'thing.build': 'Checkout, logs and documents of {{name}}',
  'thing.service': 'Service {{name}} on this computer',
  'thing.told': 'What the delivery metrics were told of {{name}}',

  'plan.deployed_elsewhere':
    'This portal does not deploy it: Argo CD or the pipeline does',
  'plan.no_deployer':
    'Nothing here builds or runs services, so it is neither built nor started',
  'plan.library': 'A library is tested and packed, never started',
  'plan.waits_for_review':
    'The repository has other content: what needs these files waits until somebody merges the proposal',
  'plan.reviewed': 'Nothing changes until somebody merges the proposal',
  'plan.repository_unknown':
    'The repository could not be looked at: whether it is made or taken over is known after apply',
  'plan.entity_unknown':
    'The catalog could not be looked at: whether {{entity}} is there is known after apply',
  'plan.address': 'The address is known after apply',
  'plan.runs_code': 'Builds and runs code on this computer',

  'cost.no_card': 'There is no rate card',
  'cost.no_price': 'The rate card {{version}} has no price for this type',
  'cost.elsewhere': 'It runs elsewhere, where the price is not known here',

  'name.shape':
    'Use 3 to 40 lower-case letters, digits and dashes; begin with a letter and do not end with a dash',
  'name.reserved': '{{name}} means something else in {{where}}',
  'name.taken': '{{name}} is taken; it belongs to {{owner}}',
  'name.taken_elsewhere': '{{repository}} exists already and is not ours',
  'name.in_catalog': '{{entity}} is in the catalog already',
  'owner.unproven':
    'The catalog does not say that {{person}} is in {{owner}} or among those who run the portal, and while it works the portal goes by the catalog',
  'owner.not_yours': 'You are not in {{owner}}; ask somebody who is',
  'quota.owner':
    '{{owner}} holds {{used}} of {{limit}} services; take one down first',
  'quota.running':
    '{{used}} of {{limit}} services run on this portal; stop one first',

  'spec.changed': '{{path}}: {{before}} becomes {{after}}',
  'spec.added': '{{path}} becomes {{after}}',
  'spec.removed': '{{path}} was {{before}} and is left out',

  'drift.in_sync': 'It is as it was last written',
  'drift.changed_by_people': 'People changed it since it was last written',
  'drift.broken': 'The service needs it, and it is gone or no longer fits',
  'drift.behind_template': 'The template has gone on from {{from}} to {{to}}',
  'drift.base_changed':
    'The Dockerfile builds on {{found}}; the template pins {{wanted}}',
  'drift.base_unpinned':
    'The Dockerfile builds on {{found}}, which is held to no digest and may change unseen; the template pins {{wanted}}',
  'drift.base_behind':
    'The Dockerfile builds on {{found}}; the template has gone on to {{wanted}}',
  'drift.base_gone':
    'The Dockerfile no longer builds on what the template pins: {{wanted}}',
  'drift.annotation_changed':
    'The annotation {{annotation}} says {{found}}; it was written as {{written}}',
  'drift.annotation_gone':
    'The annotation {{annotation}} was taken out; it was written as {{written}}',
  'drift.annotation_behind':
    'The annotation {{annotation}} says {{found}}; the template has gone on to {{wanted}}',
  'drift.annotation_new':
    'The template has gone on to the annotation {{annotation}}: {{wanted}}',
  'drift.annotation_dropped':
    'The template has gone on without the annotation {{annotation}}',
  'drift.unknown': 'It could not be looked at',

  'merge.both_changed': 'Template and people changed the same lines',
  'merge.both_added': 'Template and people added it with other content',
  'merge.removed_by_template': 'The template removed it, people changed it',
  'merge.removed_by_people': 'People removed it, the template changed it',
  'merge.binary': 'Template and people changed it, and it is no text',
  'merge.large': 'Template and people changed it, and it is too large to merge',
  'merge.type': 'Template and people made something else of the path',

  'who.owner': 'Members of {{owner}}',
  'who.owner_platform': 'Members of {{owner}} and the platform group',
  'who.owner_requester_platform':
    'Members of {{owner}}, {{requester}} and the platform group',
  'who.requester_platform': '{{requester}} and the platform group',
  'who.requester': '{{requester}}',
  'who.platform': 'The platform group',
  'who.target': 'Members of {{target}}',
  'who.nobody': 'Nobody, for what is made for practice',
  'denied.role': 'This is not yours to do',
} as const;

/** What the rules say, for translations to be complete. @public */
export const provisioningWords = wordsOf(TEXTS);

/** A code of words the rules say. @public */
export type WordCode = (typeof provisioningWords)['codes'][number];

/**
 * Words with their English text, where the code is chosen while it runs.
 *
 * @throws TypeError when a param is missing
 * @public
 */
export function say(code: WordCode, params?: WordParams): Said {
  return sayFrom(TEXTS, code, params);
}
