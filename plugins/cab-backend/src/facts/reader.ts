import type { LoggerService } from '@backstage/backend-plugin-api';
import type {
  FactName,
  FactValue,
  RiskFact,
  RiskInputs,
} from '@fawkes/backstage-plugin-cab-common';

/** Collects facts, and which sources did not answer. */
export class Reader {
  readonly inputs: RiskInputs = {};
  readonly unreadable: string[] = [];

  constructor(
    private readonly deps: { logger: LoggerService },
    private readonly at: string,
  ) {}

  /** What a source says; undefined when it does not. */
  async ask<T>(source: string, work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await work();
    } catch (error) {
      if (!this.unreadable.includes(source)) this.unreadable.push(source);
      this.deps.logger.warn(`Facts of ${source} could not be read`, {
        error: String(error),
      });
      return undefined;
    }
  }

  fact(
    name: FactName,
    value: FactValue | undefined,
    from: Pick<RiskFact, 'source' | 'reference'>,
  ): void {
    if (value === undefined) return;
    this.inputs[name] = { value, ...from, observedAt: this.at };
  }
}
