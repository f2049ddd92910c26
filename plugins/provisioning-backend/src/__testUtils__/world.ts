import { setTimeout as pause } from 'node:timers/promises';
import {
  EFFECT_TYPES,
  type EffectType,
  type Service,
} from '@fawkes/backstage-plugin-provisioning-common';
import type {
  EffectContext,
  EffectDriver,
  EffectResult,
  Sighting,
} from '../effects/driver';
import { say } from '../words';

/** What a call in a test's world does. */
export type Play =
  /** Makes the thing and answers. */
  | 'done'
  /** Makes it, and the answer is lost. */
  | 'lost'
  /** Makes nothing, and nobody knows. */
  | 'nothing'
  /** Refuses for now. */
  | 'failed'
  /** Refuses for good. */
  | 'permanent'
  /** A person has to look. */
  | 'person'
  /** Waits until it is aborted, then throws. */
  | 'hangs';

/** One thing that is there, by its marker. */
interface Made {
  marker: string;
  type: EffectType;
  requestId: string;
}

/**
 * A world outside of the portal that remembers everything that was ever done to
 * it, so that a law can ask what was done twice, blind, or behind the ledger's back.
 */
export class World {
  /** Everything that was made, in its order; twice is twice. */
  readonly made: Made[] = [];
  /** What went against a law as it happened. */
  readonly faults: string[] = [];
  /** Every call, in its order. */
  readonly calls: string[] = [];
  /** What the next calls of a type do; `done` when there is nothing. */
  readonly plays = new Map<EffectType, Play[]>();
  /** Whether a look-up can be answered. */
  readonly unreadable = new Set<EffectType>();
  /** Asked before each call, e.g. whether the ledger has it as sent. */
  before: (context: EffectContext) => Promise<void> = async () => {};
  /** Asked after the world changed, and before the answer goes back. */
  after: (context: EffectContext) => Promise<void> = async () => {};
  readonly services = new Map<string, Service>();

  /** The driver of everything in it. */
  driver(place: EffectDriver['place'] = 'anywhere'): EffectDriver {
    return {
      types: EFFECT_TYPES,
      place,
      makes: () => true,
      make: context => this.make(context),
      lookUp: context => this.lookUp(context),
    };
  }

  /** Says what the next calls of a type do. */
  play(type: EffectType, ...plays: Play[]): void {
    this.plays.set(type, [...(this.plays.get(type) ?? []), ...plays]);
  }

  /** Whether something is there. */
  has(marker: string): boolean {
    return this.made.some(each => each.marker === marker);
  }

  private async make(context: EffectContext): Promise<EffectResult> {
    const { request, effect, signal } = context;
    const { type, marker } = effect;
    this.calls.push(`make ${type}`);
    context.beforeCall();
    await this.before(context);
    const play = this.plays.get(type)?.shift() ?? 'done';
    if (play === 'hangs') {
      await pause(3_600_000, undefined, { signal });
    }
    if (play === 'nothing') throw new Error('The line is dead');
    if (play === 'failed' || play === 'permanent' || play === 'person') {
      return {
        state: 'failed',
        reason: say('run.threw', { message: play }),
        permanent: play === 'permanent',
        needsPerson: play === 'person',
      };
    }
    // Told to make what it made before, a driver makes nothing twice; who tells
    // it blind is a fault all the same.
    if (this.has(marker)) this.faults.push(`${type} was sent blind`);
    this.made.push({ marker, type, requestId: request.id });
    this.changeService(context);
    context.log(`made ${type}`);
    await this.after(context);
    if (play === 'lost') throw new Error('The answer is lost');
    return {
      state: 'done',
      output: { marker, attempt: effect.attempt },
      links:
        type === 'repo:ensure'
          ? [{ kind: 'repository', title: request.name, target: 'https://x.y' }]
          : [],
    };
  }

  private async lookUp(context: EffectContext): Promise<Sighting> {
    const { type, marker } = context.effect;
    this.calls.push(`look ${type}`);
    context.beforeCall();
    if (this.unreadable.has(type)) {
      return {
        state: 'unreadable',
        reason: say('run.unreadable', { message: 'no answer' }),
      };
    }
    return this.has(marker)
      ? { state: 'done', output: { marker } }
      : { state: 'absent' };
  }

  private changeService({ request, effect }: EffectContext): void {
    if (effect.type === 'service:deploy') {
      this.services.set(request.id, {
        state: 'healthy',
        reason: null,
        since: new Date(0).toISOString(),
        address: 'http://127.0.0.1:4000',
        release: 'f'.repeat(64),
        isolation: null,
      });
    }
    if (effect.type === 'service:remove') this.services.delete(request.id);
  }
}
