/** What a person may be refused with. */
export const ERROR_WORDS = {
  'window.empty':
    "The window is empty: 'from' ({{from}}) must lie before 'to' ({{to}}), which is not part of it",
  'window.long':
    'A window holds {{years}} years at most; this one has {{days}} days',
  'window.instant':
    "'{{name}}' must be a date (2026-03-01) or an instant with an offset (2026-03-01T09:00:00Z), not '{{text}}'",
  'window.zone':
    "'{{zone}}' is not an IANA time zone; write e.g. Europe/Berlin or UTC",
  'bands.no_custom':
    'bands=custom needs a threshold table in the configuration; use bands=2023 or bands=2021',
  'benchmark.no_industry':
    "DORA {{edition}} has no industry '{{key}}'; choose one of {{keys}}",
  'benchmark.no_size':
    "DORA {{edition}} has no size '{{key}}'; choose one of {{keys}}",
  'deployment.not_found':
    "There is no deployment '{{key}}', or you may not see it",
  'deployment.no_mark':
    "Marking deployments of {{service}} needs the permission '{{permission}}'; its owners usually have it",
  'change.not_found': 'There is no such change, or you may not see it',
  'source.not_found': "No source named '{{source}}' is installed",
  'source.only_listens':
    "Source '{{source}}' cannot load history; it only listens",
  'source.running': "The backfill of '{{source}}' is running already",
} as const;
