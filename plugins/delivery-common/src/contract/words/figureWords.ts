/** Why a figure is not known. Periods differ in their last part. */
export const FIGURE_WORDS = {
  'figure.no_facts': 'No deployment has been received for this scope yet',
  'figure.not_production_one':
    '{{count}} deployment to {{environments}} is not production; name it in {{annotation}}',
  'figure.not_production_other':
    '{{count}} deployments to {{environments}} are not production; name it in {{annotation}}',
  'figure.not_begun': 'This period has not begun yet',
  'figure.before_first':
    'The first deployment known of this scope is of {{day}}, after this period',
  'figure.history_begins':
    'The history of this scope begins on {{day}}, inside the period before',

  'frequency.no_week':
    'The window holds no complete week (Monday to Sunday); choose a longer one',
  'frequency.no_gap':
    'No deployment in this window has a successful one before it to measure from',

  'share.none_reached.window':
    'No deployment reached production in this window',
  'share.none_reached.before':
    'No deployment reached production in the period before',
  'share.none_reached.bucket':
    'No deployment reached production in this period',

  'lead.unknown_start.window_one':
    'The start of {{count}} change in this window is unknown; send their commits',
  'lead.unknown_start.window_other':
    'The start of {{count}} changes in this window is unknown; send their commits',
  'lead.unknown_start.before_one':
    'The start of {{count}} change in the period before is unknown; send their commits',
  'lead.unknown_start.before_other':
    'The start of {{count}} changes in the period before is unknown; send their commits',
  'lead.unknown_start.bucket_one':
    'The start of {{count}} change in this period is unknown; send their commits',
  'lead.unknown_start.bucket_other':
    'The start of {{count}} changes in this period is unknown; send their commits',
  'lead.unknown_branch.window_one':
    'The first commit of {{count}} pull request in this window is unknown: it comes from a fork, or pushes to its branch are missing',
  'lead.unknown_branch.window_other':
    'The first commit of {{count}} pull requests in this window is unknown: they come from forks, or pushes to their branches are missing',
  'lead.unknown_branch.before_one':
    'The first commit of {{count}} pull request in the period before is unknown: it comes from a fork, or pushes to its branch are missing',
  'lead.unknown_branch.before_other':
    'The first commit of {{count}} pull requests in the period before is unknown: they come from forks, or pushes to their branches are missing',
  'lead.unknown_branch.bucket_one':
    'The first commit of {{count}} pull request in this period is unknown: it comes from a fork, or pushes to its branch are missing',
  'lead.unknown_branch.bucket_other':
    'The first commit of {{count}} pull requests in this period is unknown: they come from forks, or pushes to their branches are missing',
  'lead.no_success.window': 'No successful deployment in this window',
  'lead.no_success.before': 'No successful deployment in the period before',
  'lead.no_success.bucket': 'No successful deployment in this period',
  'lead.no_change.window':
    'No deployment in this window has a known change; send the commits of its repository',
  'lead.no_change.before':
    'No deployment in the period before has a known change; send the commits of its repository',
  'lead.no_change.bucket':
    'No deployment in this period has a known change; send the commits of its repository',

  'recovery.open.window_one':
    '{{count}} failed deployment in this window, none of them recovered yet',
  'recovery.open.window_other':
    '{{count}} failed deployments in this window, none of them recovered yet',
  'recovery.open.before_one':
    '{{count}} failed deployment in the period before, none of them recovered yet',
  'recovery.open.before_other':
    '{{count}} failed deployments in the period before, none of them recovered yet',
  'recovery.open.bucket_one':
    '{{count}} failed deployment in this period, none of them recovered yet',
  'recovery.open.bucket_other':
    '{{count}} failed deployments in this period, none of them recovered yet',
  'recovery.none.window': 'No failed deployment in this window',
  'recovery.none.before': 'No failed deployment in the period before',
  'recovery.none.bucket': 'No failed deployment in this period',

  'restore.open_one':
    '{{count}} incident in this window, none of them resolved yet',
  'restore.open_other':
    '{{count}} incidents in this window, none of them resolved yet',
  'restore.none': 'No incident in this window',

  'deployment.lead.seed':
    'The first known deployment contains nothing: what it brought was there before',
  'deployment.lead.no_success': 'Only successful deployments bring changes',
  'deployment.lead.no_method': 'Nothing tells which commits it contains',
  'deployment.lead.no_change': 'It brought no new commits',
  'deployment.lead.no_time': 'The time of its commits is unknown',
  'change.lead.no_time':
    'Nobody has told when it was committed; send its commit',
  'incident.open': 'It is still open',

  'quality.no_service': 'There is no service in this scope',
  'quality.no_change': 'No change has been found in a deployment yet',
} as const;
