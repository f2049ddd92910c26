import { cpus, release, totalmem, type as systemType } from 'node:os';
import type { Figure } from './figures';

/** Everything a run found out. */
export interface Findings {
  /** What was measured on which data, line by line. */
  about: string[];
  figures: Figure[];
  /** Notes below the table: plans, rates on the way. */
  notes: string[];
}

/** What a run happened on. */
export function describeMachine(database: string): string {
  const cores = cpus();
  return [
    `${cores.length} cores (${cores[0].model.trim()})`,
    `${(totalmem() / 2 ** 30).toFixed(0)} GiB of memory`,
    `${systemType()} ${release()}`,
    `Node ${process.version}`,
    database,
  ].join(' · ');
}

/** The report as Markdown, with the table's columns in line. */
export function toMarkdown({ about, figures, notes }: Findings): string {
  const rows = [
    ['what', 'target', 'measured', 'verdict'],
    ...figures.map(({ what, target, measured, verdict }) => [
      what,
      target,
      measured,
      verdict,
    ]),
  ];
  const widths = rows[0].map((_, column) =>
    Math.max(...rows.map(row => row[column].length)),
  );
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, i) => cell.padEnd(widths[i])).join(' | ')} |`;
  return [
    ...about.map(text => `- ${text}`),
    '',
    line(rows[0]),
    `|${widths.map(width => '-'.repeat(width + 2)).join('|')}|`,
    ...rows.slice(1).map(line),
    ...(notes.length > 0 ? ['', ...notes] : []),
    '',
  ].join('\n');
}
