/** How much a finding matters: an error keeps a revision from being published. @public */
export type Severity = 'error' | 'warning';

/** One thing that is wrong with a curriculum, and where. @public */
export interface Finding {
  /** Name of the rule. */
  rule: string;
  /** Whether it is refused. */
  severity: Severity;
  /** File, from the folder of the curriculum on. */
  path: string;
  /** Line in it, from 1 on. */
  line: number;
  /** What is wrong and what to do; never a key. */
  message: string;
}

/** Where something stands. @public */
export interface Place {
  /** File, from the folder of the curriculum on. */
  path: string;
  /** Line in it, from 1 on. */
  line: number;
}

/** Findings in the order of files and lines. @public */
export function inOrder(findings: readonly Finding[]): Finding[] {
  return [...findings].sort(
    (a, b) =>
      compare(a.path, b.path) || a.line - b.line || compare(a.rule, b.rule),
  );
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
