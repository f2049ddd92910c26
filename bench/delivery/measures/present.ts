import type { DeliveryEvent } from '@fawkes/backstage-plugin-delivery-common';
import { Random } from '../../lib/random';
import type { DataSet } from '../data';
import { eventsOf, Story } from '../story';
import { NOW } from '../world';

/** What goes on right now: an endless stream of releases of busy and quiet services. */
export class Present {
  readonly #random: Random;
  readonly #stories = new Map<number, Story>();
  readonly #total: number;
  #clock: number;
  #waiting: DeliveryEvent[] = [];

  constructor(private readonly data: DataSet, seed: number) {
    this.#clock = Math.max(NOW, ...data.filled.tails.map(tail => tail.lastAt));
    this.#random = new Random(data.world.seed, 5, seed);
    this.#total = data.world.stories.reduce(
      (sum, { deployments }) => sum + deployments,
      0,
    );
  }

  /** The next `n` events in the order they happen. */
  take(n: number): DeliveryEvent[] {
    while (this.#waiting.length < n) {
      const story = this.#story(this.#pick());
      this.#clock += 1;
      this.#waiting.push(...eventsOf(story.release(this.#clock)));
    }
    return this.#waiting.splice(0, n);
  }

  /** A story, more likely a busy one. */
  #pick(): number {
    let left = this.#random.below(this.#total);
    return this.data.world.stories.findIndex(({ deployments }) => {
      left -= deployments;
      return left < 0;
    });
  }

  #story(index: number): Story {
    const known = this.#stories.get(index);
    if (known) return known;
    const { world, filled } = this.data;
    const story = new Story(world.stories[index], filled.tails[index]);
    this.#stories.set(index, story);
    return story;
  }

  /** Writes down where the stories stand, so that the next stream goes on from there. */
  end(): void {
    for (const [index, story] of this.#stories) {
      this.data.filled.tails[index] = story.tail;
    }
  }
}
