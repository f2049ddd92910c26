import type { LintTemplate } from './lintTemplate';

/** An error fails the command; a warning is for whoever looks. */
export type Severity = 'error' | 'warning';

/** Something a rule found. @public */
export interface LintFinding {
  rule: string;
  severity: Severity;
  /** In the template's folder. */
  path: string;
  /** From 1. */
  line: number;
  /** What it is about: a value, a parameter, an image. */
  subject: string;
  message: string;
}

/** What a rule tells; the rule itself adds its name. */
export type Found = Omit<LintFinding, 'rule' | 'severity'> & {
  /** Where it differs from the rule's. */
  severity?: Severity;
};

/** A rule. */
export interface LintRule {
  name: string;
  severity: Severity;
  /** Why it is one. */
  reason: string;
  check(template: LintTemplate): Found[];
}
