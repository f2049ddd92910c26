import type {
  DriftResponse,
  EffectType,
  Link,
  NormalSpec,
  RepositoryHost,
  Revision,
} from '@fawkes/backstage-plugin-provisioning-common';
import type {
  RenderedFile,
  RepositoryFact,
} from '@fawkes/backstage-plugin-provisioning-common/rules';
import type { Said } from '@fawkes/kit-contract';
import type { EffectOutput, EffectRequest } from './driver';

/** A repository that would be, or is. @public */
export interface WantedRepository {
  /** Namespace of the entity. */
  namespace: string;
  /** Name of the service. */
  name: string;
  /** What is asked for. */
  spec: NormalSpec;
  /** Digest of the files it would hold. */
  bundleDigest: string;
  /** The files themselves: a host without our mark can be compared with them. */
  files?: readonly RenderedFile[];
}

/** Files of a request, and the version of the template they are of. @public */
export interface RenderedVersion {
  /** Version of the template. */
  version: string;
  /** What it renders to. */
  files: readonly RenderedFile[];
}

/** What is known of what was written, for a host to compare with. @public */
export interface WrittenBefore {
  /** The kept files of a revision by their digest; the newest one's where there is no digest. */
  written(bundleDigest?: string): Promise<RenderedVersion | undefined>;
  /** What would be written now; undefined where the template is gone or takes such a spec no more. */
  newest: RenderedVersion | undefined;
  /** What the newest done effect of a type left. */
  outputOf(type: EffectType): EffectOutput | undefined;
}

/**
 * A host of repositories, as far as the core asks about it without making
 * anything. What is not known there is left out.
 * @public
 */
export interface RepositoryPlaces {
  /** As specs name it. */
  readonly host: RepositoryHost;
  /** What it means to have a repository there, or what is missing. */
  words(): Said;
  /** Servers and organisations in which they may be made, in lower case. */
  places(): readonly { server: string; owner: string }[];
  /** Whether repositories can be made there now. */
  available(): boolean;
  /** Looks at a repository; what cannot be looked at is `unknown`. Changes nothing. */
  observe(wanted: WantedRepository): Promise<RepositoryFact>;
  /**
   * How what exists compares with what was last written; what cannot be looked at
   * is `unknown`. Changes nothing.
   */
  driftOf?(
    request: EffectRequest,
    known: WrittenBefore,
  ): Promise<Omit<DriftResponse, 'asOf'>>;
  /** The review of an update. */
  reviewOf?(
    request: EffectRequest,
    revision: number,
  ): Promise<Revision['review']>;
  /** Where people find what is there. */
  linksOf?(request: EffectRequest): Promise<Link[]>;
}
