/**
 * First of the users that other people's code runs as when the portal is root.
 * Nobody is given numbers up there: neither people, nor containers.
 */
export const FIRST_UID = 1_900_000_000;

/**
 * Gives each running program a user of its own: the kernel counts processes by
 * user. One that was given back is taken again last, when nothing of who had it
 * is left for sure.
 */
export class Uids {
  private readonly taken = new Set<number>();
  private last = 0;

  /** @param count - most programs at a time */
  constructor(private readonly count: number = 1_000) {}

  /** @throws Error when all are taken */
  take(): number {
    for (let step = 0; step < this.count; step++) {
      this.last = (this.last % this.count) + 1;
      const uid = FIRST_UID + this.last;
      if (this.taken.has(uid)) continue;
      this.taken.add(uid);
      return uid;
    }
    throw new Error('Too many programs run at once');
  }

  give(uid: number): void {
    this.taken.delete(uid);
  }
}
