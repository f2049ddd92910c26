import { perRow } from '@fawkes/kit-backend/sql';
import type { Knex } from 'knex';
import type { DeploymentName } from '../../store/metricRows';
import type { DeriveContext } from '../deriveContext';
import { causesTold } from '../judge/causesTold';
import { isProductionOf, type ServiceMapping } from '../serviceMapping';
import { FROM, fromRows, type StaleService } from '../staleService';
import { deriveChains, type Chain, type Derived } from './deriveChains';
import { loadDeployments } from './loadDeployments';
import type { ServiceDeployment } from './serviceDeployment';
import { settleCounted } from './settleCounted';

/** Something of a service that happened on some day. */
export interface Happened {
  service: string;
  at: number;
}

/** A row that was derived before. */
export interface DerivedBefore extends DeploymentName, Happened {
  key: string;
}

/** What containing found: the deployments that count, and what each brought. */
export interface Contained {
  stale: readonly StaleService[];
  /** Those that count for each, from where on it is stale. */
  deployments: readonly ServiceDeployment[];
  /** By key of the deployment; successes in production only. */
  brought: ReadonlyMap<string, Derived>;
  /** What was derived from there on before. */
  before: readonly DerivedBefore[];
  /** By service; all that have, or had, a deployment from there on. */
  environments: ReadonlyMap<string, ReadonlySet<string>>;
  /** Incidents whose named cause was one of those before, or what they carried. */
  caused: ReadonlySet<string>;
  /** Finishes of changes that count elsewhere now, or no longer. */
  turned: readonly Happened[];
}

/**
 * The first phase: finds the deployments that count for services, and replaces
 * the links to what they contain.
 */
export async function contain(
  tx: Knex.Transaction,
  stale: readonly StaleService[],
  context: DeriveContext,
): Promise<Contained> {
  const before = await derivedBefore(tx, stale);
  const told = await loadDeployments(tx, stale, context);
  const deployments = [...told.values()].flat();
  const services = stale.map(({ mapping }) => mapping.service);
  const environments = new Map(
    services.map(service => [service, new Set<string>()]),
  );
  for (const { service, chain } of [...deployments, ...before]) {
    environments.get(service)!.add(chain);
  }
  // As long as the links of before are there to find them by.
  const caused = await causesTold(
    tx,
    before.map(row => row.key),
  );
  const chains = stale.flatMap(({ mapping, from }) =>
    [...environments.get(mapping.service)!]
      .sort()
      .map(environment => toChain(mapping, environment, from, told, context)),
  );
  const brought = await deriveChains(tx, chains, context);
  const turned = await settleCounted(tx, services);
  return { stale, before, deployments, environments, brought, caused, turned };
}

async function derivedBefore(
  tx: Knex.Transaction,
  stale: readonly StaleService[],
): Promise<DerivedBefore[]> {
  return tx
    .select({
      key: 'deployments.key',
      service: 'deployments.service_ref',
      chain: 'deployments.chain',
      at: 'deployments.at',
      source: 'deployments.source',
      ext_id: 'deployments.ext_id',
    })
    .from(
      perRow(
        tx,
        FROM,
        fromRows(stale),
        'deployments',
        'deployments.service_ref = k.service_ref and deployments.at >= k.from_at',
      ),
    );
}

function toChain(
  mapping: ServiceMapping,
  environment: string,
  from: number,
  told: ReadonlyMap<string, readonly ServiceDeployment[]>,
  context: DeriveContext,
): Chain {
  const { service } = mapping;
  const deployments = isProductionOf(mapping, environment, context)
    ? told.get(service)!.filter(row => row.chain === environment)
    : [];
  return { service, environment, mapping, from, deployments };
}
