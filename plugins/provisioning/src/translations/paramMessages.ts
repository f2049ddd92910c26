/**
 * Words for what the backend puts into its sentences as a code, by the name of
 * the blank and the code. `paramMessages.de.ts` has each in German.
 */
export const paramMessages = {
  'param.host.local': 'this computer',
  'param.host.github': 'GitHub',

  'param.step.checkout': 'taking the files out of the repository',
  'param.step.install': 'installing',
  'param.step.test': 'the test',
  'param.step.pack': 'packing',

  'param.why.exited': 'its process ended',
  'param.why.limit': 'it took more than it may',
  'param.why.silent': 'it did not answer',
  'param.why.not-ready': 'it answered that it was not ready',
  'param.why.refused': 'refused',
  'param.why.failed': 'it failed',
  'param.why.too-long': 'it took too long',
  'param.why.too-large': 'it wrote too much',
  'param.why.too-many-processes': 'it started too many processes',
  'param.why.cancelled': 'cancelled',

  'param.where.Kubernetes-and-the-catalog': 'Kubernetes and the catalog',
  'param.where.test-runners': 'test runners',
  'param.where.the-network': 'the network',

  'param.what.look-at': 'look at',
  'param.what.make-the-repository': 'make the repository',
  'param.what.describe': 'describe',
  'param.what.archive': 'archive',
  'param.what.delete': 'delete',
  'param.what.write-to': 'write to',
  'param.what.write-files-to': 'write files to',
  'param.what.write-a-commit-to': 'write a commit to',
  'param.what.read-a-file-of': 'read a file of',
  'param.what.read-the-tree': 'read the tree',
  'param.what.read-the-commit': 'read the commit',
  'param.what.read-the-history-of': 'read the history of',
  'param.what.read-the-branch': 'read the branch',
  'param.what.read-the-branches-of': 'read the branches of',
  'param.what.rename-the-branch': 'rename the branch',
  'param.what.remove-the-branch': 'remove the branch',
  'param.what.protect-the-branch': 'protect the branch',
  'param.what.read-the-protection-of': 'read the protection of',
  'param.what.take-the-protection-off': 'take the protection off',
  'param.what.read-the-pull-requests-of': 'read the pull requests of',
  'param.what.close-the-pull-request': 'close the pull request',
  'param.what.read-whether-pipelines-may-run-in':
    'read whether pipelines may run in',
  'param.what.let-pipelines-run-in': 'let pipelines run in',
  'param.what.look-at-the-pipeline': 'look at the pipeline',
  'param.what.switch-on-the-pipeline': 'switch on the pipeline',
  'param.what.switch-off-the-pipeline': 'switch off the pipeline',
  'param.what.look-what-others-left-in': 'look what others left in',
  'param.what.a-fork-of': 'a fork of',
  'param.what.a-push-by': 'a push by',
  'param.what.a-push-by-somebody-to': 'a push by somebody to',
  'param.what.a-history-without-our-own-push-on':
    'a history without our own push on',
  'param.what.an-issue-by': 'an issue by',
  'param.what.a-pull-request-by': 'a pull request by',
  'param.what.a-star-of': 'a star of',
  'param.what.too-many-pushes-to-look-through-in':
    'too many pushes to look through in',
  'param.what.too-many-issues-to-look-through-in':
    'too many issues to look through in',
  'param.what.too-many-stars-to-look-through-of':
    'too many stars to look through of',

  'param.path.description': 'Description',
  'param.path.title': 'Title',
  'param.path.owner': 'Owner',
  'param.path.system': 'System',
  'param.path.lifecycle': 'Lifecycle',
  'param.path.template.name': 'Template',
  'param.path.template.version': 'Version of the template',
  'param.path.template.treeHash': 'Content of the template',
  'param.path.repository.host': 'Place of the repository',
  'param.path.repository.visibility': 'Visibility of the repository',
} as const;
