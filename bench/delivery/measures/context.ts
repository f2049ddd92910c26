import type { BackendProcess } from '../backendProcess';
import type { DataSet } from '../data';
import type { Findings } from '../report';
import type { Options } from '../options';

/** What every measure works with. */
export interface MeasureContext {
  options: Options;
  data: DataSet;
  backend: BackendProcess;
  findings: Findings;
  say(text: string): void;
}
