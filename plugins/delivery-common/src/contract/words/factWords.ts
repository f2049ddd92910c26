/** What explains a deployment: its changes, its failure, its recovery. */
export const FACT_WORDS = {
  'method.seed':
    'It is the first known deployment of this environment: everything reachable from it was deployed already, so it contains nothing',
  'method.explicit_list': 'Found by: the sender listed the commits',
  'method.reachability':
    'Found by: the commits reachable from its sha and from no earlier deployment',
  'method.merge_sha': 'Found by: its sha is the merge commit of a pull request',
  'method.head_sha': 'Found by: its sha is the head of a pull request',
  'method.squash_map':
    'Found by: its commit names the pull request it was squashed from',
  'method.artifact_map':
    'Found by: its artifact is known to be built from a sha another deployment told',
  'method.none': 'Found by: nothing tells which commits it contains',
  'confidence.certain': 'certain',
  'confidence.high': 'very likely',
  'confidence.medium': 'likely',
  'confidence.low': 'not known',

  'cause.incident': '{{incident}} is linked to it',
  'cause.incident_hidden': 'An incident that you may not see is linked to it',
  'cause.rolled_back': 'It was rolled back',
  'cause.failed_later': 'It failed after it had succeeded',
  'cause.rollback_followed': 'The next deployment was a rollback',
  'cause.hotfix_followed': 'The next deployment was a hotfix',
  'cause.mark': 'Marked as failed by {{by}}',

  'recovery.by.incident_resolved': 'All its incidents were resolved',
  'recovery.by.incident_hidden':
    'All its incidents were resolved; the last is one that you may not see',
  'recovery.by.rollback': 'A rollback followed',
  'recovery.by.hotfix': 'A hotfix followed',
  'recovery.by.rolled_back': 'It was rolled back itself',
  'recovery.by.next_success': 'The next deployment succeeded',

  'rework.unplanned': 'The sender says it was unplanned',
  'rework.hotfix': 'It is a hotfix',
  'rework.rollback': 'It is a rollback',
  'rework.fixes_incident': 'It was made because of an incident',
} as const;
