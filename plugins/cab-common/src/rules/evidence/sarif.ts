import { instantSchema, textUpTo } from '@fawkes/kit-contract';
import { z } from 'zod';
import type { EvidenceSays, Finding, Severity } from '../../contract';
import { MOST_LISTED } from '../../contract/evidence/says';
import { clip, EvidenceFault, parsed } from './fault';
import { ofScore, worse, worstOf } from './severity';
import { json } from './text';

const level = z.enum(['none', 'note', 'warning', 'error']);
const id = textUpTo(1_000);

const ruleSchema = z.looseObject({
  id,
  defaultConfiguration: z.looseObject({ level: level.optional() }).optional(),
  properties: z
    .looseObject({
      'security-severity': z.union([textUpTo(20), z.number()]).optional(),
    })
    .optional(),
});
type Rule = z.infer<typeof ruleSchema>;

const componentSchema = z.looseObject({
  name: textUpTo(300).min(1),
  rules: z.array(ruleSchema).max(50_000).optional(),
});

const index = z.int().min(-1).optional();

const resultSchema = z.looseObject({
  ruleId: id.optional(),
  ruleIndex: index,
  rule: z
    .looseObject({
      id: id.optional(),
      index,
      toolComponent: z.looseObject({ index }).optional(),
    })
    .optional(),
  kind: z
    .enum(['fail', 'pass', 'open', 'review', 'notApplicable', 'informational'])
    .optional(),
  level: level.optional(),
  baselineState: z.enum(['new', 'unchanged', 'updated', 'absent']).optional(),
  message: z.looseObject({ text: z.string().optional() }),
  suppressions: z
    .array(z.looseObject({ status: z.string().optional() }))
    .max(100)
    .nullish(),
  locations: z
    .array(
      z.looseObject({
        physicalLocation: z
          .looseObject({
            artifactLocation: z
              .looseObject({ uri: z.string().optional() })
              .optional(),
            region: z
              .looseObject({ startLine: z.number().optional() })
              .optional(),
          })
          .optional(),
      }),
    )
    .optional(),
});
type Result = z.infer<typeof resultSchema>;

const runSchema = z.looseObject({
  tool: z.looseObject({
    driver: componentSchema,
    extensions: z.array(componentSchema).max(1_000).optional(),
  }),
  invocations: z
    .array(
      z.looseObject({
        executionSuccessful: z.boolean(),
        endTimeUtc: instantSchema.optional(),
      }),
    )
    .max(1_000)
    .optional(),
  // Absent or null says that nothing was looked for, which is not "nothing found".
  results: z.array(resultSchema).nullish(),
});
type Run = z.infer<typeof runSchema>;

/** What is read of SARIF 2.1.0; everything else may be there. @public */
export const sarifSchema = z.looseObject({
  version: textUpTo(20),
  runs: z.array(runSchema).max(1_000),
});

type Scan = Extract<EvidenceSays, { kind: 'scan' }>;

class Findings {
  readonly #byId = new Map<string, Finding>();
  #beyond: Severity | null = null;
  #suppressed = 0;

  add(result: Result, run: Run): void {
    const { kind = 'fail', baselineState, suppressions } = result;
    if (kind === 'pass' || kind === 'notApplicable') return;
    if (kind === 'informational' || baselineState === 'absent') return;
    if (
      suppressions?.length &&
      suppressions.every(({ status }) => status === 'accepted')
    ) {
      this.#suppressed++;
      return;
    }
    const rule = ruleOf(result, run);
    const severity = severityOf(result, rule);
    if (severity === 'none') return;
    const name = clip(
      result.ruleId ?? result.rule?.id ?? rule?.id ?? 'unnamed',
    );
    const known = this.#byId.get(name);
    if (known) {
      known.count++;
      known.severity = worse(known.severity, severity);
    } else if (this.#byId.size < MOST_LISTED) {
      this.#byId.set(name, {
        id: name,
        severity,
        count: 1,
        text: clip(result.message.text ?? ''),
        where: whereOf(result),
      });
    } else {
      this.#beyond = worse(this.#beyond ?? 'none', severity);
    }
  }

  result(): Pick<Scan, 'worst' | 'findings' | 'beyond' | 'suppressed'> {
    const findings = [...this.#byId.values()];
    return {
      findings,
      beyond: this.#beyond,
      worst: worstOf([
        ...findings.map(({ severity }) => severity),
        this.#beyond ?? 'none',
      ]),
      suppressed: this.#suppressed,
    };
  }
}

/**
 * Reads a scan. One that did not run to its end, or looked for nothing, is
 * refused: it is no scan without findings.
 * @public
 */
export function readSarif(bytes: Uint8Array): Scan {
  const { version, runs } = parsed(sarifSchema, json(bytes));
  if (version !== '2.1.0') {
    throw new EvidenceFault(
      'EVIDENCE_VERSION',
      `SARIF ${clip(version, 20)}, and 2.1.0 is read`,
    );
  }
  if (runs.length === 0) {
    throw new EvidenceFault('EVIDENCE_EMPTY', 'it has no run');
  }
  const findings = new Findings();
  const ends: Array<string | undefined> = [];
  runs.forEach((run, at) => {
    refuseUnfinished(run, at);
    for (const result of run.results ?? []) findings.add(result, run);
    const times = (run.invocations ?? []).map(each => each.endTimeUtc);
    ends.push(times.every(Boolean) ? times.sort().at(-1) : undefined);
  });
  return {
    kind: 'scan',
    tools: [...new Set(runs.map(({ tool }) => clip(tool.driver.name)))].sort(),
    ...findings.result(),
    invoked: runs.every(({ invocations = [] }) => invocations.length > 0),
    // As old as the oldest of its runs.
    endedAt: ends.every(each => each !== undefined)
      ? (ends.sort()[0] as string)
      : null,
  };
}

function refuseUnfinished(
  { invocations = [], results }: Run,
  at: number,
): void {
  if (invocations.some(each => !each.executionSuccessful)) {
    throw new EvidenceFault(
      'EVIDENCE_NOT_RUN',
      `runs.${at} says executionSuccessful: false`,
    );
  }
  if (!results) {
    throw new EvidenceFault(
      'EVIDENCE_NOT_RUN',
      `runs.${at} has no results, not even an empty list of them`,
    );
  }
}

function severityOf({ level: own }: Result, rule: Rule | undefined): Severity {
  const score = rule?.properties?.['security-severity'];
  if (score !== undefined) return ofScore(scoreOf(score));
  switch (own ?? rule?.defaultConfiguration?.level ?? 'warning') {
    case 'error':
      return 'high';
    case 'warning':
      return 'medium';
    case 'note':
      return 'low';
    default:
      return 'none';
  }
}

function scoreOf(score: string | number): number {
  if (typeof score === 'number') return score;
  return /^\d{1,2}(\.\d{1,15})?$/.test(score.trim()) ? Number(score) : NaN;
}

/** The rule a result is about, in the driver or an extension. */
function ruleOf(result: Result, { tool }: Run): Rule | undefined {
  const extension = result.rule?.toolComponent?.index ?? -1;
  const component = extension >= 0 ? tool.extensions?.[extension] : tool.driver;
  const at = result.ruleIndex ?? result.rule?.index ?? -1;
  const found = at >= 0 ? component?.rules?.[at] : undefined;
  return found ?? rulesById(component?.rules).get(result.ruleId ?? '');
}

const byId = new WeakMap<readonly Rule[], Map<string, Rule>>();

function rulesById(rules: readonly Rule[] = []): Map<string, Rule> {
  const known = byId.get(rules);
  if (known) return known;
  const made = new Map(rules.map(rule => [rule.id, rule]));
  byId.set(rules, made);
  return made;
}

function whereOf({ locations }: Result): string | null {
  const place = locations?.[0]?.physicalLocation;
  const uri = place?.artifactLocation?.uri;
  if (uri === undefined) return null;
  const line = place?.region?.startLine;
  return clip(line === undefined ? uri : `${uri}:${line}`);
}
