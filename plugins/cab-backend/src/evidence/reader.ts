import { Worker } from 'node:worker_threads';
import { AwayError } from '@fawkes/kit-backend/http';
import { say, type EvidenceKind } from '@fawkes/backstage-plugin-cab-common';
import {
  READY,
  type Outcome,
  type ToWorker,
  type WorkerSetup,
} from './worker/protocol';
import { WORKER_FILE } from './worker/work';

/** What reading one document may take. */
export interface ReadingLimits {
  /** From its last byte to its outcome, ms. */
  timeMs: number;
  /** Until a new thread has loaded what it needs, ms; no fault of a document. */
  startMs: number;
  /** Heap of the worker, MiB. */
  heapMb: number;
  /** Documents that wait for their turn. */
  waiting: number;
}

/** 10 s, 512 MiB, 32 documents. */
export const READING: ReadingLimits = {
  timeMs: 10_000,
  startMs: 60_000,
  heapMb: 512,
  waiting: 32,
};

/** A thread, and when it has loaded what it needs. */
interface Thread {
  worker: Worker;
  ready: Promise<void>;
}

/**
 * Reads documents in a thread of its own, one at a time, with limits. Whatever ends
 * the thread is the fault of what was read, and never a pass; the next document
 * gets a new one.
 */
export class EvidenceReader {
  #thread: Thread | undefined;
  #turn: Promise<unknown> = Promise.resolve();
  #waiting = 0;

  constructor(
    private readonly setup: WorkerSetup,
    private readonly limits: ReadingLimits = READING,
    private readonly file: string = WORKER_FILE,
  ) {}

  /**
   * Reads a document.
   *
   * @throws AwayError when too many wait, or no thread can be started
   */
  async read(
    kind: EvidenceKind,
    size: number,
    pieces: AsyncIterable<Uint8Array>,
  ): Promise<Outcome> {
    if (this.#waiting >= this.limits.waiting) {
      throw new AwayError(say('EVIDENCE_BUSY').text);
    }
    this.#waiting++;
    const turn = this.#turn.then(() => this.#readNow(kind, size, pieces));
    this.#turn = turn.catch(() => undefined);
    try {
      return await turn;
    } finally {
      this.#waiting--;
    }
  }

  /** Ends the thread. */
  async close(): Promise<void> {
    await this.#turn;
    await this.#thread?.worker.terminate();
    this.#thread = undefined;
  }

  async #readNow(
    kind: EvidenceKind,
    size: number,
    pieces: AsyncIterable<Uint8Array>,
  ): Promise<Outcome> {
    const { worker, ready } = (this.#thread ??= this.#start());
    const ended = endOf(worker);
    const tell = (message: ToWorker) => worker.postMessage(message);
    const timers: NodeJS.Timeout[] = [];
    const after = <T>(ms: number, value: T) =>
      new Promise<T>(resolve => {
        timers.push(setTimeout(() => resolve(value), ms));
      });
    const { timeMs, startMs } = this.limits;
    try {
      const started = await Promise.race([
        ready,
        ended.outcome,
        after(startMs, 'late'),
      ]);
      // What breaks before it has seen a document is no fault of the document.
      if (started !== undefined) throw new AwayError(say('EVIDENCE_BUSY').text);
      tell({ type: 'begin', kind, size });
      for await (const bytes of pieces) tell({ type: 'bytes', bytes });
      tell({ type: 'end' });
      return await Promise.race([
        ended.outcome,
        after(
          timeMs,
          faultOf('EVIDENCE_TOO_COMPLEX', `more than ${timeMs} ms`),
        ),
      ]);
    } finally {
      timers.forEach(clearTimeout);
      ended.stop();
      if (!ended.answered()) {
        // Whatever it is busy with, the next document gets another one.
        this.#thread = undefined;
        await worker.terminate();
      }
    }
  }

  #start(): Thread {
    const isSource = this.file.endsWith('.ts');
    const worker = new Worker(this.file, {
      workerData: this.setup,
      resourceLimits: { maxOldGenerationSizeMb: this.limits.heapMb },
      // Sources need what the backend itself was started with.
      ...(isSource && {
        execArgv: ['--require', '@backstage/cli/config/nodeTransform.cjs'],
      }),
    });
    worker.unref();
    const ready = new Promise<void>(resolve => {
      worker.once('message', () => resolve());
    });
    // Whoever waits is told below; one that ends between two documents is replaced.
    worker
      .on('error', () => undefined)
      .on('exit', () => {
        if (this.#thread?.worker === worker) this.#thread = undefined;
      });
    return { worker, ready };
  }
}

function faultOf(
  code: 'EVIDENCE_TOO_COMPLEX' | 'EVIDENCE_UNREADABLE',
  reason: string,
): Outcome {
  return { fault: { code, reason } };
}

/** How a worker comes to an end with a document: it answers, or it breaks down. */
function endOf(worker: Worker) {
  let hasAnswered = false;
  let stop = () => {};
  const outcome = new Promise<Outcome>(resolve => {
    const answer = (said: Outcome | typeof READY) => {
      if (said === READY) return;
      hasAnswered = true;
      resolve(said);
    };
    const broken = (error: Error & { code?: string }) =>
      resolve(
        error.code === 'ERR_WORKER_OUT_OF_MEMORY'
          ? faultOf('EVIDENCE_TOO_COMPLEX', 'more memory than is allowed')
          : faultOf('EVIDENCE_UNREADABLE', 'reading it broke down'),
      );
    const gone = () =>
      resolve(faultOf('EVIDENCE_UNREADABLE', 'reading it broke down'));
    worker.on('message', answer).on('error', broken).on('exit', gone);
    stop = () =>
      worker.off('message', answer).off('error', broken).off('exit', gone);
  });
  return { outcome, answered: () => hasAnswered, stop: () => stop() };
}
