import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { countOf } from '@fawkes/kit-contract';
import type { LintFinding } from '../lint';
import { lintFolder, sealFolders } from '../lint/lintFolder';
import { templateFolders } from '../templateFolders';

/**
 * Lints templates, ours where no folder is named. Answers the exit code: 1 where
 * there are errors.
 */
export async function lintCommand(
  args: string[],
  say: (line: string) => void,
): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    options: { json: { type: 'boolean' }, seal: { type: 'boolean' } },
    allowPositionals: true,
  });
  const folders =
    positionals.length > 0
      ? positionals.map(folder => resolve(folder))
      : await templateFolders();
  if (values.seal) await sealFolders(folders);
  const findings: LintFinding[] = [];
  for (const folder of folders) {
    findings.push(
      ...(await lintFolder(folder)).map(finding => ({
        ...finding,
        path: join(basename(folder), finding.path),
      })),
    );
  }
  if (values.json) say(JSON.stringify(findings, undefined, 2));
  else {
    for (const { path, line, severity, rule, message } of findings) {
      say(`${path}:${line}: ${severity} ${rule}: ${message}`);
    }
    const errors = findings.filter(({ severity }) => severity === 'error');
    const warnings = findings.length - errors.length;
    say(
      [
        countOf(folders.length, 'template'),
        countOf(errors.length, 'error'),
        countOf(warnings, 'warning'),
      ].join(', '),
    );
  }
  return findings.some(({ severity }) => severity === 'error') ? 1 : 0;
}
