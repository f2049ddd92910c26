import type { Children } from '../deployer/children';
import type { ServiceRow, ServiceRows } from '../deployer/serviceState';
import type { ProcessMark } from '../processes/processGroup';

/** Rows in memory; what a portal keeps over a restart. */
export class TestRows implements ServiceRows {
  readonly rows = new Map<string, ServiceRow>();
  /** All states a service was in. */
  readonly states: string[] = [];

  async load(service: string) {
    return this.rows.get(service);
  }

  async save(service: string, row: ServiceRow) {
    this.rows.set(service, row);
    this.states.push(row.reason ? `${row.state}: ${row.reason}` : row.state);
  }

  async ids() {
    return [...this.rows.keys()];
  }
}

/** Processes in memory. */
export class TestChildren implements Children {
  readonly alive: ProcessMark[] = [];
  readonly ever: ProcessMark[] = [];

  async started(mark: ProcessMark) {
    this.alive.push(mark);
    this.ever.push(mark);
  }

  async ended({ pid }: ProcessMark) {
    const index = this.alive.findIndex(mark => mark.pid === pid);
    if (index >= 0) this.alive.splice(index, 1);
  }

  async left() {
    return [...this.alive];
  }
}
