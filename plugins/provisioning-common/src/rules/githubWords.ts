import { wordsOf } from '@fawkes/kit-contract';

/** What is said of repositories on GitHub; a code never changes its meaning. */
const TEXTS = {
  'github.places': 'A repository on GitHub, in {{owners}}',
  'github.no_places':
    'No organisation on GitHub is set: an operator adds one to provisioning.github.allowed',
  'github.not_allowed':
    '{{owner}} at {{server}} is not among the organisations of provisioning.github.allowed',

  'github.limited':
    'GitHub lets this portal ask no more for {{seconds}} s; retry then. It says: {{message}}',
  'github.away': '{{server}} does not answer: {{message}}',
  'github.restless':
    'It was changed by others at {{server}} again and again; retry when they are done',
  'github.credentials':
    'There is no token for {{owner}} at {{server}}: {{message}}. See whether the GitHub App is installed there',
  'github.anonymous':
    'The integration of {{server}} has neither a GitHub App nor a token that is for {{owner}}; an operator adds one to integrations.github',
  'github.forbidden':
    'The portal may not {{what}} {{target}}. See the permissions of its GitHub App, then retry. GitHub says: {{message}}',
  'github.refused': '{{server}} refused to {{what}} {{target}}: {{message}}',

  'github.no_organisation':
    '{{owner}} is no organisation in which the portal’s GitHub App may make repositories. Install it there with the permission Administration, then retry',
  'github.taken':
    '{{repository}} is taken by a repository that is not ours: {{message}}. Choose another name',
  'github.moved':
    '{{repository}} was moved or renamed, and the portal does not follow: {{message}}. Move it back, or finish by hand',
  'github.gone':
    '{{repository}} is not there, or the portal’s GitHub App may not see it',
  'github.not_ours':
    'Under {{repository}} stands a repository that this request did not make; it is left alone',
  'github.left':
    '{{repository}} was not made by this request and is left alone',
  'github.archived':
    '{{repository}} is archived: nothing can be written. Unarchive it, then retry',
  'github.empty': '{{repository}} has no commit that could be updated',
  'github.large':
    '{{repository}} holds more files than GitHub lists at once, or paths of more than 4,096 characters; finish by hand',
  'github.other_bytes':
    '{{server}} made other files of what was sent; nothing points at them',
  'github.proposed':
    '{{repository}} has content of its own: the files are proposed as pull request #{{number}}',
  'github.branch_taken':
    'The branch {{branch}} of {{repository}} was made by somebody else. Rename or remove it, then retry',
  'github.no_proposal':
    'The files are on the branch {{branch}} of {{repository}}, and no pull request could be opened: {{message}}. Open it by hand, then retry',
  'github.nothing_to_propose': '{{branch}} has all that the update would bring',
  'github.proposal_merged': 'Pull request #{{number}} is merged already',
  'github.proposal_closed':
    'Pull request #{{number}} was closed by somebody without being merged',
  'github.conflicts_one':
    'Pull request #{{number}} leaves {{count}} file as people wrote it; its text names it',
  'github.conflicts_other':
    'Pull request #{{number}} leaves {{count}} files as people wrote them; its text names them',

  'github.unprotected':
    '{{branch}} is not protected: provisioning.github.protection is false',
  'github.protected_before':
    '{{branch}} is protected in another way already; that stays',
  'github.protection_stays':
    'The protection of {{branch}} was changed by people and stays',
  'github.cannot_protect':
    '{{repository}} cannot be protected: {{message}}. GitHub offers it for private repositories on paid plans only, and to an App with the permission Administration. Set provisioning.github.protection to false to go without',

  'github.drift_archived': '{{repository}} is archived: nothing can be pushed',
  'github.drift_branch':
    'People made {{found}} the default branch; the portal wrote {{branch}}',
  'github.drift_branch_gone':
    'The branch {{branch}} is gone: the catalog reads the service from it. The default branch is {{found}}',
  'github.drift_unprotected': 'The protection of {{branch}} was taken off',
  'github.drift_protection': 'The protection of {{branch}} was changed',

  'github.ci_unseen':
    'GitHub has not taken notice of the pipeline {{file}} yet; retry in some minutes',
  'github.ci_forbidden':
    'Pipelines are switched off for {{owner}}: {{message}}. An owner of the organisation allows them; then retry',
  'github.ci_stays': 'The pipeline ran before and is left as it is',
  'github.waits_for_merge':
    '{{file}} is not on {{branch}} yet. Merge the pull request, then retry',
  'github.file_missing':
    '{{file}} is not on {{branch}} any more. Put it back, then retry',

  'github.no_purge':
    '{{repository}} is deleted only where a destroy asks for it; otherwise it is archived',
  'github.others':
    '{{repository}} is not deleted, since others left something in it: {{what}} {{who}}. Destroy without deleting archives it',
  'github.cannot_delete':
    '{{repository}} could not be deleted: {{message}}. The organisation may forbid it; an owner deletes it by hand, or destroy archives it',

  'github.entity_elsewhere':
    '{{entity}} is in the catalog from {{location}}. Remove it there, then retry',
  'github.entity_unread':
    '{{target}} is registered, and the catalog has not taken {{entity}} from it for a minute. See the page of the location for errors, then retry',
  'github.entity_stays':
    '{{entity}} is still in the catalog although its location is gone; retry in a minute',
  'github.catalog_away': 'The catalog does not answer: {{message}}',
  'github.catalog_refused': 'The catalog refused: {{message}}',
} as const;

/** What the module for GitHub says, for translations to be complete. @public */
export const provisioningGithubWords = wordsOf(TEXTS);
