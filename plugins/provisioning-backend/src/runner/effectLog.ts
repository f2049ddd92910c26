import { MAX_LOG_LINE } from '@fawkes/backstage-plugin-provisioning-common';
import { insertRows } from '@fawkes/kit-backend/sql';
import { clipText } from '@fawkes/kit-contract';
import type { Ledger } from '../ledger/ledger';
import { tables } from '../store/tables';

/** Most bytes of an effect's log that are kept; the oldest lines go first. */
export const MAX_EFFECT_LOG = 1024 * 1024;
/** How long lines wait for others, ms. */
const GATHER_MS = 250;
/** More lines than this between two writes are not waited for. */
const MOST_WAITING = 2_000;

interface Line {
  at: number;
  stream: 'portal' | 'out' | 'err';
  text: string;
}

/** What an effect log is written with. */
export interface EffectLogOptions {
  ledger: Ledger;
  runId: string;
  effectId: string;
  now(): number;
  /** Takes secrets out of a text. */
  redact(text: string): string;
}

/** The lines of one effect, written down a few times a second, in bounds. */
export class EffectLog {
  #lines: Line[] = [];
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> = Promise.resolve();

  constructor(private readonly options: EffectLogOptions) {}

  /** Adds text; each of its lines is one of the log. */
  add(text: string, stream: Line['stream'] = 'portal'): void {
    const { now, redact } = this.options;
    const at = now();
    for (const line of redact(text).split('\n')) {
      this.#lines.push({ at, stream, text: clipText(line, MAX_LOG_LINE) });
    }
    // Who writes faster than the database takes it loses the oldest.
    this.#lines = this.#lines.slice(-MOST_WAITING);
    if (this.#timer) return;
    this.#timer = setTimeout(() => void this.flush(), GATHER_MS);
    this.#timer.unref();
  }

  /** Writes down what waits. Lines are not worth ending an effect for. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const lines = this.#lines;
    this.#lines = [];
    if (lines.length > 0) {
      this.#writing = this.#writing
        .then(() => this.#write(lines))
        .catch(() => undefined);
    }
    return this.#writing;
  }

  #write(lines: readonly Line[]): Promise<void> {
    const { ledger, runId, effectId } = this.options;
    const where = { run_id: runId, id: effectId };
    return ledger.fenced(async tx => {
      const row = await tx('effects')
        .where(where)
        .first('log_next', 'log_bytes', 'log_cut');
      const rows = lines.map(({ text, at, stream }, index) => ({
        run_id: runId,
        effect_id: effectId,
        number: row.log_next + index,
        at,
        stream,
        text,
        bytes: Buffer.byteLength(text) + 1,
      }));
      await insertRows(tx, tables.effectLogs, rows);
      const added = rows.reduce((sum, { bytes }) => sum + bytes, 0);
      let bytes = row.log_bytes + added;
      let cut = Boolean(row.log_cut);
      if (bytes > MAX_EFFECT_LOG) {
        const of = { run_id: runId, effect_id: effectId };
        const kept: Array<{ number: number; bytes: number }> = await tx(
          'effect_logs',
        )
          .where(of)
          .orderBy('number')
          .select('number', 'bytes');
        let first = 0;
        while (bytes > MAX_EFFECT_LOG) bytes -= kept[first++].bytes;
        await tx('effect_logs')
          .where(of)
          .where(
            'number',
            '<',
            kept[first]?.number ?? row.log_next + rows.length,
          )
          .delete();
        cut = true;
      }
      await tx('effects')
        .where(where)
        .update({
          log_next: row.log_next + rows.length,
          log_bytes: bytes,
          log_cut: cut,
        });
    });
  }
}
