import { canonicalJson } from '@fawkes/kit-contract';
import { foldEnvironment } from '../derive/environment';
import type { DeploymentEvent } from '../events';
import type { Claim } from './claim';
import { factKeyOf } from './factKey';

/**
 * A tombstone that holds for every deployment of an id, or for those of a
 * service or an environment, whenever they are told.
 * @public
 */
export interface Grave {
  /** The source whose deployments are meant. */
  source: string;
  /** The sender's id of them. */
  id: string;
  /** Their service; empty: any. */
  service: string;
  /** Their environment, folded; empty: any. */
  chain: string;
  /** The fact whose event says so, which it does not bury; empty: none. */
  carrier: string;
  /** What was told up to then is taken back, ms. */
  at: number;
}

/** The tombstone a claim brings along; undefined when it brings none. @public */
export function graveOf(claim: Claim): Grave | undefined {
  if (claim.claim !== 'whole' || claim.event.type !== 'deployment') {
    return undefined;
  }
  const { source, id, occurredAt, deleted, replaces } = claim.event;
  const names: Pick<DeploymentEvent, 'service' | 'environment'> | undefined =
    deleted ? claim.event : replaces && { environment: '', ...replaces };
  if (!names) return undefined;
  return {
    source,
    id,
    service: names.service ?? '',
    chain: foldEnvironment(names.environment),
    carrier: deleted ? '' : factKeyOf(claim),
    at: Date.parse(occurredAt),
  };
}

/** A deployment fact, as far as a tombstone looks at it. @public */
export interface Buried {
  /** Its identity, see `factKeyOf`. */
  key: string;
  /** The source that told it. */
  source: string;
  /** The sender's id. */
  id: string;
  /** The service as sent; empty when left out. */
  service: string;
  /** The environment as sent. */
  environment: string;
}

/**
 * What a tombstone says about one fact: a claim that takes it back; undefined
 * when it is about others.
 * @public
 */
export function buryingClaim(grave: Grave, fact: Buried): Claim | undefined {
  const isMeant =
    grave.source === fact.source &&
    grave.id === fact.id &&
    (grave.service === '' || grave.service === fact.service) &&
    (grave.chain === '' || grave.chain === foldEnvironment(fact.environment));
  if (!isMeant) return undefined;
  // Of the fact that carries it, only what was told before.
  const at = grave.carrier === fact.key ? grave.at - 1 : grave.at;
  return {
    claim: 'whole',
    event: {
      type: 'deployment',
      source: fact.source,
      id: fact.id,
      ...(fact.service === '' ? {} : { service: fact.service }),
      environment: fact.environment,
      status: 'pending',
      occurredAt: new Date(at).toISOString(),
      deleted: true,
    },
  };
}

/** A tombstone without its time: the newest of the same holds. @public */
export function graveName({ source, id, service, chain, carrier }: Grave) {
  return canonicalJson([source, id, service, chain, carrier]);
}
