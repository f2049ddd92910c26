/** What is waiting for a batch. */
interface Waiting<T, R> {
  item: T;
  resolve(result: R): void;
  reject(error: unknown): void;
}

/**
 * Does together what comes in while the last batch is at work: under the lock of
 * the record, one commit costs as much for one entry as for hundreds.
 */
export class Batches<T, R> {
  #waiting: Array<Waiting<T, R>> = [];
  #working: Promise<void> | undefined;

  /**
   * @param work - answers in the order of the items; all or none of it happens
   * @param most - largest batch
   */
  constructor(
    private readonly work: (items: readonly T[]) => Promise<readonly R[]>,
    private readonly most: number = 256,
  ) {}

  /** Resolves when the batch with the item is durable. */
  add(item: T): Promise<R> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ item, resolve, reject });
      this.#working ??= this.#run();
    });
  }

  async #run(): Promise<void> {
    // Whatever comes in within the same turn goes along.
    await Promise.resolve();
    while (this.#waiting.length > 0) {
      await this.#do(this.#waiting.splice(0, this.most));
    }
    this.#working = undefined;
  }

  /** One bad item takes nobody with it: a batch that fails is done one by one. */
  async #do(batch: ReadonlyArray<Waiting<T, R>>): Promise<void> {
    try {
      const results = await this.work(batch.map(({ item }) => item));
      batch.forEach(({ resolve }, index) => resolve(results[index]));
    } catch (error) {
      if (batch.length === 1) batch[0].reject(error);
      else for (const each of batch) await this.#do([each]);
    }
  }
}
