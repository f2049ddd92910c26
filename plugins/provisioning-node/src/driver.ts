import type {
  EffectType,
  Link,
  NormalSpec,
  Origin,
  RunKind,
} from '@fawkes/backstage-plugin-provisioning-common';
import type { RenderedFile } from '@fawkes/backstage-plugin-provisioning-common/rules';
import type { Said } from '@fawkes/kit-contract';

/** JSON that an effect leaves for those after it: commits, digests, addresses. @public */
export type EffectOutput = Readonly<
  Record<string, string | number | boolean | null | readonly string[]>
>;

/** What the ledger holds of a request when one of its effects is made. @public */
export interface EffectRequest {
  /** UUID v7. */
  id: string;
  /** What is asked for. */
  kind: 'service';
  /** Namespace of its entity. */
  namespace: string;
  /** Name of the service. */
  name: string;
  /** Entity ref of the owning group. */
  owner: string;
  /** Entity ref of who asked for it first. */
  requester: string;
  /** Made to learn with. */
  practice: boolean;
  /** The spec of the revision that the run is about, normalised. */
  spec: NormalSpec;
  /** Which accepted spec that is, counted from 1. */
  revision: number;
  /** Digest of the kept files of that revision. */
  bundleDigest: string;
}

/** The run an effect belongs to. @public */
export interface EffectRun {
  /** UUID v7. */
  id: string;
  /** What it is for. */
  kind: RunKind;
  /** Entity ref of the person with whose rights it runs. */
  initiator: string;
  /** Commit that a deploy was asked for; undefined for the newest that is green. */
  commit?: string;
  /** Artifact digest that a rollback was asked for; undefined for the last healthy one. */
  digest?: string;
  /** A destroy that was asked to delete what would be archived. */
  purge?: boolean;
}

/** What an effect is made with. @public */
export interface EffectContext {
  /** The request it belongs to. */
  request: EffectRequest;
  /** The run it belongs to. */
  run: EffectRun;
  /** The effect itself. */
  effect: {
    /** Unique in its run. */
    id: string;
    /** What it does. */
    type: EffectType;
    /** 1 for the first time it is sent. */
    attempt: number;
    /** Tells this effect from all others outside: a trailer, a label; the same in every attempt. */
    marker: string;
  };
  /** The kept files of the request's revision. */
  bundle(): Promise<readonly RenderedFile[]>;
  /** What the newest done effect of a type left, in this run or an earlier one of the request. */
  outputOf(type: EffectType): EffectOutput | undefined;
  /** Writes a line of the effect's log: bounded, kept for the page, secrets taken out. */
  log(text: string, stream?: 'portal' | 'out' | 'err'): void;
  /**
   * To be called right before every request to something outside that knows no
   * fencing token: throws when the lease of the run may have run out, by this
   * process' own monotonic clock.
   */
  beforeCall(): void;
  /** Aborts when the lease is lost, the portal stops, or a newer deploy takes over. */
  signal: AbortSignal;
}

/** How an effect that was sent ended. @public */
export type EffectResult =
  | {
      state: 'done';
      /** Whether it made the thing or found it; undefined where the plan knew. */
      origin?: Origin;
      links?: readonly Link[];
      output?: EffectOutput;
      /** What a reader of the page should know although it is done. */
      note?: Said;
    }
  | {
      state: 'failed';
      reason: Said;
      /** Trying again will not mend it. */
      permanent?: boolean;
      /** Only a person can go on: the request stops at `needs_person`. */
      needsPerson?: boolean;
      links?: readonly Link[];
      output?: EffectOutput;
    }
  /** Sent, and nobody knows what became of it: looked up before anything else. */
  | { state: 'unknown'; reason: Said };

/** What was seen of an effect of which nobody knows what became. @public */
export type Sighting =
  | Exclude<EffectResult, { state: 'unknown' }>
  /** It is not there: it may be sent again. */
  | { state: 'absent' }
  /** It cannot be read: a person has to look. */
  | { state: 'unreadable'; reason: Said };

/**
 * Makes effects of some types, and finds out what became of them. A driver may
 * be told to make what it made before: then nothing is made twice.
 * @public
 */
export interface EffectDriver {
  /** What it makes. */
  readonly types: readonly EffectType[];
  /** Whether a request's effects of these types are its to make. */
  makes(request: EffectRequest): boolean;
  /** `local-host`: only the replica that holds the lease of that name may. */
  readonly place: 'anywhere' | 'local-host';
  /**
   * Makes the effect; it is written down as sent.
   *
   * @throws anything; the runner reads it as `unknown`
   */
  make(context: EffectContext): Promise<EffectResult>;
  /**
   * Looks by the marker, and changes nothing.
   *
   * @throws anything; the runner reads it as `unreadable`
   */
  lookUp(context: EffectContext): Promise<Sighting>;
}
