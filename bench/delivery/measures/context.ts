import type { Findings } from '../../lib/report';
import type { DataSet } from '../data';
import type { Options } from '../options';
import type { DeliveryProcess } from '../protocol';

/** What every measure works with. */
export interface MeasureContext {
  options: Options;
  data: DataSet;
  backend: DeliveryProcess;
  findings: Findings;
  say(text: string): void;
}
