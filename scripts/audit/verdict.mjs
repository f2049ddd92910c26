import { allowedInstallScripts, allowedLicences, grave } from './allowed.mjs';
import { isAllowed } from './licences.mjs';

function problemsOf({ name, version, licence, installScripts, advisories }) {
  const of = `${name} ${version}`;
  return [
    ...(advisories ?? [])
      .filter(({ severity }) => grave.has(severity))
      .map(({ severity, title, url }) => `${of}: ${severity}: ${title} ${url}`),
    ...(licence !== undefined && !isAllowed(licence, allowedLicences)
      ? [`${of}: the licence is not among the allowed ones: ${licence}`]
      : []),
    ...(installScripts?.length > 0 && !allowedInstallScripts.has(name)
      ? [`${of}: runs when it is installed: ${installScripts.join(', ')}`]
      : []),
  ];
}

/**
 * What is wrong, and what nobody answered: each reason with its columns and dependencies. A problem is worse than
 * silence (1), and silence is not a pass (2).
 */
export function judge(dependencies) {
  const problems = dependencies.flatMap(problemsOf);
  const silences = new Map();
  for (const { name, notAsked } of dependencies) {
    for (const [column, reason] of Object.entries(notAsked)) {
      const key = `${column}: ${reason}`;
      const known = silences.get(key) ?? { column, reason, dependencies: [] };
      known.dependencies.push(name);
      silences.set(key, known);
    }
  }
  const notAsked = [...silences.values()];
  const exitCode = problems.length > 0 ? 1 : notAsked.length > 0 ? 2 : 0;
  return { problems, notAsked, exitCode };
}
