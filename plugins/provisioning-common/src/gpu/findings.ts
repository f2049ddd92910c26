import type { WordArgs } from '@fawkes/kit-contract';
import { saidSchema } from '@fawkes/kit-contract';
import { z } from 'zod';
import { gpuWords, type GpuCode } from './words';

/** How much a finding weighs: an error refuses, the others are to be known. @public */
export const SEVERITIES = ['error', 'warning', 'info'] as const;
/** One of {@link SEVERITIES}. @public */
export type Severity = (typeof SEVERITIES)[number];

/** Something found in a spec: what, where, and how much it weighs. @public */
export const gpuFindingSchema = z.object({
  severity: z.enum(SEVERITIES),
  /** Where in the body, e.g. `gpuGroups[0].sharing`. */
  path: z.string(),
  ...saidSchema.shape,
});
/** See {@link gpuFindingSchema}. @public */
export type GpuFinding = z.infer<typeof gpuFindingSchema>;

/**
 * What is looked at one after the other. Findings come in this order, so that
 * the first error is the one to mend first.
 */
export const STAGES = [
  'support',
  'auto',
  'vendor',
  'board',
  'environment',
  'binding',
  'prerequisites',
  'parameters',
] as const;
export type Stage = (typeof STAGES)[number];

/** Collects findings, and gives them in the order of their stages. */
export class Findings {
  private readonly found = new Map<Stage, GpuFinding[]>();

  /** Notes one; `args` fill its words. */
  add<Code extends GpuCode>(
    stage: Stage,
    severity: Severity,
    path: string,
    code: Code,
    ...args: WordArgs<(typeof gpuWords)['texts'], Code>
  ): void {
    const here = this.found.get(stage) ?? [];
    here.push({ severity, path, ...gpuWords.say(code, ...args) });
    this.found.set(stage, here);
  }

  /** Whether something refuses in these stages. */
  refuses(...stages: Stage[]): boolean {
    return stages.some(stage =>
      this.found.get(stage)?.some(({ severity }) => severity === 'error'),
    );
  }

  all(): GpuFinding[] {
    return STAGES.flatMap(stage => this.found.get(stage) ?? []);
  }
}
