import type { FastifyBaseLogger } from 'fastify';
import type { JobMetrics } from './metrics.ts';

export interface Job {
  id: string;
  /** Whoever asked for it says so, and all of its lines are found by it. */
  correlationId: string;
}

/** Where jobs come from. Replace the queue in memory by what this worker is for. */
export interface Queue<T extends Job = Job> {
  /** The next job; undefined when the queue was closed and is empty. */
  next(): Promise<T | undefined>;
}

export class MemoryQueue implements Queue {
  #jobs: Job[] = [];
  #waiting: ((job: Job | undefined) => void)[] = [];
  #closed = false;

  add(job: Job): void {
    if (this.#closed) throw new Error('The queue is closed');
    const waiting = this.#waiting.shift();
    if (waiting) waiting(job);
    else this.#jobs.push(job);
  }

  close(): void {
    this.#closed = true;
    for (const waiting of this.#waiting.splice(0)) waiting(undefined);
  }

  async next(): Promise<Job | undefined> {
    const job = this.#jobs.shift();
    if (job || this.#closed) return job;
    return new Promise(resolve => this.#waiting.push(resolve));
  }
}

/** Works through a queue, a job at a time, until it is closed. A job that fails ends only itself. */
export async function work(
  queue: Queue,
  handle: (job: Job, log: FastifyBaseLogger) => Promise<void>,
  { log, metrics }: { log: FastifyBaseLogger; metrics: JobMetrics },
): Promise<void> {
  for (let job = await queue.next(); job; job = await queue.next()) {
    const jobLog = log.child({
      jobId: job.id,
      correlationId: job.correlationId,
    });
    const begun = performance.now();
    const seconds = () => (performance.now() - begun) / 1000;
    try {
      await handle(job, jobLog);
      metrics.done('success', seconds());
      jobLog.info('job done');
    } catch (error) {
      metrics.done('failure', seconds());
      jobLog.error(error, 'job failed');
    }
  }
}
