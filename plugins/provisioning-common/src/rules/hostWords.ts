import { wordsOf } from '@fawkes/kit-contract';

/** What the host on the computer of the portal says; a code never changes its meaning. */
const TEXTS = {
  'local.runs_code': 'Runs code on this computer',
  'local.keeps_only':
    'Keeps repositories on this computer; nothing is built or run here',
  'local.git': 'git {{version}} keeps the repositories',
  'local.npm': 'npm was found: services can be built',
  'local.npm_missing': 'npm was not found: nothing can be built here',
  'local.node': 'Node {{version}} runs the services',

  'repo.gone':
    'The repository is not on this computer any more; destroy the request, or put it back',
  'repo.taken': 'The repository {{repository}} belongs to another request',
  'repo.forbidden': 'The portal may not push to {{repository}}',
  'repo.refused': 'The repository refused the push: {{said}}',
  'repo.proposed':
    'The repository has other content: the files wait for a review on branch {{branch}}',
  'repo.unknown': 'The push was cut; whether it arrived is not known',
  'repo.unchanged': 'The repository holds these files already',
  'repo.continued': 'The files were pushed before; people went on from them',

  'propose.nothing': 'Main holds all of it already; there is nothing to review',
  'propose.conflicts_one': '{{count}} file waits for a person to merge by hand',
  'propose.conflicts_other':
    '{{count}} files wait for a person to merge by hand',
  'propose.no_base':
    'What was written last is not known, so there is nothing to compare with',

  'propose.too_much':
    'Main holds more than is compared here: make it smaller, then retry',

  'build.nothing': 'Main of {{repository}} has no commit to build',
  'build.missing': 'There is no commit {{commit}} in {{repository}}',
  'build.red':
    'Commit {{commit}} is not green: {{step}} failed ({{why}}); the log of this step says more',
  'build.off': 'Nothing is built on this computer',

  'deploy.no_release': 'There is no release to go back to',
  'deploy.not_built': 'The release {{release}} was never built here',
  'deploy.went_back':
    'Release {{release}} was not healthy ({{why}}); release {{back}} serves again',
  'deploy.failed':
    'Release {{release}} was not healthy ({{why}}), and there is none before it',
  'deploy.needs_person':
    'Release {{release}} was not healthy ({{why}}), and nothing serves: look at its log, then deploy another commit',
  'deploy.superseded': 'A newer deploy took its place',
  'deploy.running_full':
    '{{used}} of {{limit}} services run on this portal; stop one first: {{holders}}',

  'tell.away':
    'The delivery plugin does not answer; it is told as soon as it does: {{said}}',
  'tell.absent':
    'The delivery plugin is not installed, so there are no delivery metrics; what happened is kept for 30 days, and told when it is',
  'tell.library': 'A library is not deployed: its changes are told, no more',

  'entity.missing': '{{path}} is not in the repository at commit {{commit}}',
  'entity.too_large': '{{path}} is larger than {{most}} KiB',
  'entity.not_a_file': '{{path}} is no regular file',
  'entity.unreadable': '{{path}} is no YAML: {{message}}',
  'entity.no_entity': 'Document {{number}} of {{path}} is no entity',
  'entity.kind':
    'Document {{number}} of {{path}} is a {{kind}}: only the Component and the API of this service enter the catalog',
  'entity.name':
    'Document {{number}} of {{path}} is called {{ref}}: the request holds {{wanted}}',
  'entity.twice': 'Document {{number}} of {{path}} is a second {{kind}}',
  'entity.owner':
    '{{kind}} of {{path}} names the owner {{owner}}: the request belongs to {{wanted}}',
  'entity.annotation':
    '{{kind}} of {{path}} has the annotation {{annotation}}, which the portal alone sets',
  'entity.repository':
    '{{kind}} of {{path}} names another repository in {{annotation}}: it is {{wanted}}',
  'entity.techdocs':
    '{{kind}} of {{path}} has its documents elsewhere: {{annotation}} has to be dir:. or a folder below',
  'entity.placeholder':
    '{{kind}} of {{path}} has the placeholder {{placeholder}}: only $text with a file of this repository is read, in the definition of the API',
  'entity.text':
    '{{kind}} of {{path}}: the file {{file}} of $text cannot be read: {{why}}',
  'entity.field': '{{kind}} of {{path}} has the field {{field}}',
  'entity.invalid': '{{kind}} of {{path}} is refused: {{message}}',

  'attic.too_large':
    'The bundle has {{megabytes}} MB, more than {{most}} MB that are handed out here: whoever runs the portal finds it as attic/{{file}} in provisioning.local.directory',

  'service.none': 'There is no release to start; deploy one first',
  'service.elsewhere':
    'Another replica of this portal keeps repositories and services; ask again in a moment',
  'service.off': 'Nothing runs on this computer',
  'merge.none': 'There is no update {{revision}} to merge',
} as const;

/** What the local host says, for translations to be complete. @public */
export const provisioningHostWords = wordsOf(TEXTS);
