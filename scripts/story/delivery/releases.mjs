import { HOUR, MINUTE } from '../lib/calendar.mjs';
import { mend } from './failures.mjs';

/**
 * The releases of one service over the year, one after the other: what is
 * merged gathers, visits staging, soaks, and goes to production. A release that
 * hurts users stops the next one until it is mended.
 */
export class Releases {
  #serial = 0;
  #gate;
  #harm;

  constructor(options) {
    Object.assign(this, options);
    /** Attempts of every kind, in the order they were made. */
    this.deployments = [];
    this.incidents = [];
    this.#gate = this.year.begin;
    this.#harm = this.random.next();
    this.deliveredAt = this.year.begin;
    /** What runs in each production environment. */
    this.live = new Map();
  }

  run() {
    const { history, year } = this;
    for (;;) {
      const change = history.nextAfter(this.deliveredAt, m => this.matters(m));
      if (!change) return this;
      const ready = Math.max(change.mergedAt, this.#gate);
      const cutAt = this.#cut(ready);
      if (cutAt >= year.end) return this;
      if (this.isDelivered?.(change, cutAt)) {
        this.deliveredAt = change.mergedAt;
        continue;
      }
      this.deliveredAt = cutAt;
      this.#release(history.tipAt(cutAt), cutAt);
    }
  }

  /** When what is ready at `at` is taken along. */
  #cut(at) {
    const knobs = this.knobsAt(at);
    if (knobs.mode === 'train') {
      const [hour, minute] = knobs.at.split(':').map(Number);
      return this.calendar.departure(at, {
        days: knobs.days,
        hour: hour + minute / 60,
        everyWeeks: knobs.everyWeeks,
        weekOffset: this.weekOffset,
      });
    }
    const gathered =
      at + this.random.logNormal(knobs.gatherMinutes, 0.5) * MINUTE;
    return Math.round(this.#hours(gathered, knobs));
  }

  #hours(at, knobs) {
    if (knobs.nights || this.calendar.isOpen(at)) return at;
    return this.calendar.next(at) + this.random.between(3, 50) * MINUTE;
  }

  #release(tip, cutAt) {
    const { random, environments } = this;
    const knobs = this.knobsAt(cutAt);
    const pipeline = () =>
      random.logNormal(knobs.pipelineMinutes, 0.35) * MINUTE;
    let at = cutAt + random.between(1, 4) * MINUTE + pipeline() * 0.5;
    if (random.chance(knobs.stagingShare)) {
      at = this.#stage(tip, at, pipeline, knobs);
    }
    const bad = this.live.size > 0 && this.#hurts(knobs);
    // With two regions, trouble shows in the first of them, or only in the last.
    const where = bad
      ? Math.floor(random.next() * environments.length)
      : environments.length;
    for (const [index, environment] of environments.entries()) {
      at = this.#attempts(tip, environment, at, pipeline, knobs);
      const startedAt = at;
      const finishedAt = at + pipeline();
      const deployment = this.deploy({
        environment,
        tip,
        startedAt,
        finishedAt,
        kind: 'deploy',
        status: 'success',
      });
      if (index === where) {
        this.#gate = mend(this, { deployment, knobs, reached: index });
        return;
      }
      this.live.set(environment, tip);
      at = finishedAt + random.between(2, 2.8) * HOUR;
    }
    const done = this.deployments.at(-1).finishedAt;
    this.#gate = done + MINUTE;
    if (random.chance(knobs.configRate)) this.#reconfigure(tip, done);
  }

  /**
   * Whether a release hurts users. Harm adds up until it shows, so that a team
   * with thirty releases a quarter has the share it should have and not the
   * luck of the draw.
   */
  #hurts({ failRate }) {
    this.#harm += failRate * this.random.between(0.2, 1.8);
    if (this.#harm < 1) return false;
    this.#harm -= 1;
    return true;
  }

  #stage(tip, from, pipeline, knobs) {
    let at = from;
    for (let tries = 0; tries < 2; tries++) {
      const finishedAt = at + pipeline();
      const failed = tries === 0 && this.random.chance(0.06);
      this.deploy({
        environment: 'staging',
        tip,
        startedAt: at,
        finishedAt,
        kind: 'deploy',
        status: failed ? 'failure' : 'success',
      });
      if (!failed) {
        const soaked = this.calendar.add(
          finishedAt,
          this.random.logNormal(knobs.soakHours, 0.4),
        );
        return knobs.nights
          ? finishedAt + knobs.soakHours * HOUR
          : soaked + this.random.between(1, 9) * MINUTE;
      }
      at = finishedAt + this.random.between(25, 80) * MINUTE;
    }
    return at;
  }

  /** Attempts that never reach production: broken pipelines, changed minds. */
  #attempts(tip, environment, from, pipeline, knobs) {
    const { random } = this;
    const broken = random.chance(knobs.brokenRate);
    if (!broken && !random.chance(knobs.cancelRate)) return from;
    const finishedAt = from + pipeline() * random.between(0.2, 0.9);
    this.deploy({
      environment,
      tip,
      startedAt: from,
      finishedAt,
      kind: 'deploy',
      status: broken ? 'failure' : 'cancelled',
    });
    return finishedAt + random.between(15, 75) * MINUTE;
  }

  #reconfigure(tip, done) {
    const startedAt = this.calendar.add(done, this.random.between(0.5, 6));
    const finishedAt = startedAt + 3 * MINUTE;
    for (const environment of this.environments) {
      this.deploy({
        environment,
        tip,
        startedAt,
        finishedAt,
        kind: 'config',
        status: 'success',
      });
    }
    this.#gate = finishedAt + MINUTE;
  }

  /** Notes a deployment; answers it, so that it can be failed or referred to. */
  deploy(deployment) {
    this.#serial += 1;
    const noted = {
      service: this.service.name,
      serial: this.#serial,
      id: `${this.service.name}-${deployment.environment}-${this.#serial}`,
      ...deployment,
      startedAt: Math.round(deployment.startedAt),
      finishedAt: Math.round(deployment.finishedAt),
      library: this.libraryAt?.(deployment.startedAt),
    };
    this.deployments.push(noted);
    return noted;
  }
}
