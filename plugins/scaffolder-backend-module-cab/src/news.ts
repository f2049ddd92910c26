import type { EventsService } from '@backstage/plugin-events-node';
import {
  CAB_CHANGE_TOPIC,
  cabChangeEventSchema,
} from '@fawkes/backstage-plugin-cab-common';

/**
 * Wakes steps that wait for a change request. News may be lost or go to another
 * replica: whoever waits looks now and then by itself.
 */
export class News {
  readonly #waiting = new Map<string, Set<() => void>>();

  /** Hears of change requests that moved. */
  async listen(events: Pick<EventsService, 'subscribe'>): Promise<void> {
    await events.subscribe({
      id: 'scaffolder-cab',
      topics: [CAB_CHANGE_TOPIC],
      onEvent: async ({ eventPayload }) => {
        const news = cabChangeEventSchema.safeParse(eventPayload);
        if (news.success) this.#wake(news.data.changeId);
      },
    });
  }

  /**
   * Resolves when a change request moved, or after a time.
   *
   * @throws the signal's reason when it aborts
   */
  async of(
    changeId: string,
    { ms, signal }: { ms: number; signal?: AbortSignal },
  ): Promise<void> {
    signal?.throwIfAborted();
    let wake!: () => void;
    let timer: NodeJS.Timeout | undefined;
    try {
      await new Promise<void>(resolve => {
        wake = resolve;
        timer = setTimeout(resolve, ms);
        signal?.addEventListener('abort', wake, { once: true });
        const others = this.#waiting.get(changeId) ?? new Set();
        this.#waiting.set(changeId, others.add(wake));
      });
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', wake);
      const others = this.#waiting.get(changeId);
      others?.delete(wake);
      if (others?.size === 0) this.#waiting.delete(changeId);
    }
    signal?.throwIfAborted();
  }

  /** How many change requests somebody waits for. */
  get size(): number {
    return this.#waiting.size;
  }

  #wake(changeId: string): void {
    this.#waiting.get(changeId)?.forEach(wake => wake());
  }
}
