/** What is missing or odd about the facts, and what to do about it. */
export const QUALITY_WORDS = {
  'advice.deployments':
    'Send a deployment event at the end of the pipeline, or point the GitHub webhook at this portal',
  'advice.not_production_one':
    '{{count}} deployment to {{environments}} is not production; name it in {{annotation}}',
  'advice.not_production_other':
    '{{count}} deployments to {{environments}} are not production; name it in {{annotation}}',
  'advice.commits':
    'Send commits (GitHub push webhook or the git source), so that lead times can be measured',
  'advice.pull_requests':
    'Subscribe the webhook to pull requests and reviews, to see where changes wait',
  'advice.incidents':
    'Send incidents with this service, so that failed deployments are found',
  'advice.stale':
    'Nothing came for more than {{days}} days; check whether {{service}} is still delivered by the same pipeline',

  'incident_cause.unknown':
    'No deployment, commit or artifact of this name is known; the incident is put down to the deployment it began with',
  'incident_cause.ambiguous':
    'Several deployments of this name are known, and none had started when the incident opened',

  'unmapped.incidents_in': 'Incidents in {{repository}}',
  'unmapped.incidents_from': 'Incidents from {{source}}',
  'unmapped.annotate':
    'Add to the component that lives there: {{annotation}}: {{slug}}',
  'unmapped.unknown_service':
    'The sender names a service the catalog does not have: register it, or correct the sender',
  'unmapped.several':
    'Several services live there: name the one it is about, with `service` in the event or a line `Service:` in the issue',
  'unmapped.unplaced': 'Send `service`, `repository` or `causedBy` with them',

  'annotation.long': 'is longer than {{max}} characters',
  'annotation.long.advice':
    'Shorten it; until then it is as if it were not there',
  'annotation.beyond': 'comes after the first {{max}}, and more are not read',
  'annotation.beyond.advice': 'List fewer',
  'annotation.slug': 'names no repository',
  'annotation.slug.advice': 'Write owner/name',
  'annotation.former': 'is not two names with a space between them',
  'annotation.former.advice':
    'Write what the repository was called, a space, and what it is called now; one a line',
  'annotation.not_own':
    'ends with a repository that the other annotations of this entity do not name',
  'annotation.not_own.advice':
    'Name the repository as it is called now in {{annotation}} too',
  'annotation.environment':
    'is longer than {{max}} characters, which no environment is',
  'annotation.environment.advice':
    'Write the name that deployments are told with',
  'count_rule.long': 'is longer than {{max}} characters',
  'count_rule.long.advice': 'Shorten it with *',
  'count_rule.form': 'is none of all, none, field=pattern and !field=pattern',
  'count_rule.form.advice':
    'Write one of the fields {{fields}}, then = and what it has to be, with * for anything',
  'pattern.long': 'is longer than {{max}} characters',
  'pattern.long.advice': 'Shorten it with * or **',
  'pattern.meta': 'holds {{meta}}, and only *, ** and ? have a meaning here',
  'pattern.meta.advice':
    'Write alternatives one by one, with commas between them; in a name that holds {{meta}}, write ? in its place',
  'pattern.no_path': 'fits no path: one of its parts is empty, . or ..',
  'pattern.no_path.advice':
    'Begin at the root of the repository, and end with /** for everything below a folder: services/checkout/**',

  'backfill.stopped': 'It stopped with the backend; go on',
  'backfill.git_unreadable':
    'Git history could not be read of {{names}}; see the log',
} as const;
