const DAY = 86_400_000;

/** How long ago, as people say it. */
export function ageOf(published, now) {
  const days = Math.max(0, Math.floor((now - Date.parse(published)) / DAY));
  if (days < 60) return `${days} d`;
  return days < 730
    ? `${Math.round(days / 30.4)} months`
    : `${(days / 365.25).toFixed(1)} years`;
}

function countBySeverity(advisories) {
  const counts = new Map();
  for (const { severity } of advisories) {
    counts.set(severity, (counts.get(severity) ?? 0) + 1);
  }
  return [...counts].map(([what, count]) => `${count} ${what}`).join(', ');
}

const HEADS = [
  'dependency',
  'version',
  'age',
  'newest',
  'its age',
  'licence',
  'install scripts',
  'advisories',
  'packages',
];

const SILENCE = 'not asked';

function rowOf(dependency, now) {
  const { name, version, usedBy, notAsked } = dependency;
  const told = (column, text) => (notAsked[column] ? SILENCE : text());
  return [
    name,
    version,
    told('age', () => ageOf(dependency.published, now)),
    told('newest', () => dependency.newest),
    told('newest', () => ageOf(dependency.newestPublished, now)),
    told('licence', () => dependency.licence),
    told(
      'installScripts',
      () => dependency.installScripts.join(', ') || 'none',
    ),
    told(
      'advisories',
      () => countBySeverity(dependency.advisories) || 'none known',
    ),
    String(usedBy.length),
  ];
}

function formatTable(rows) {
  const widths = rows[0].map((_, column) =>
    Math.max(...rows.map(row => row[column].length)),
  );
  return rows.map(row =>
    row
      .map((cell, column) => cell.padEnd(widths[column]))
      .join('  ')
      .trimEnd(),
  );
}

const some = names =>
  names.length > 3 ? `${names.length} dependencies` : names.join(', ');

const VERDICTS = [
  'All asked, all in order.',
  'Not in order: see above.',
  'Could not ask everything, so this is not a pass.',
];

/** The report for people. */
export function formatReport(report) {
  const { packages, dependencies, problems, notAsked, exitCode } = report;
  const now = Date.parse(report.at);
  return [
    'Direct run-time dependencies of the published packages',
    ...packages.map(({ name, role }) => `  ${name} (${role})`),
    '',
    ...formatTable([HEADS, ...dependencies.map(one => rowOf(one, now))]),
    '',
    ...problems.map(problem => `✖ ${problem}`),
    ...notAsked.map(
      ({ column, reason, dependencies: names }) =>
        `? could not ask for ${column} of ${some(names)}: ${reason}`,
    ),
    `${dependencies.length} dependencies of ${packages.length} packages. ${VERDICTS[exitCode]}`,
  ].join('\n');
}
