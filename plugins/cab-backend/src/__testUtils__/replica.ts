import { mockServices } from '@backstage/backend-test-utils';
import type {
  FactName,
  FactValue,
  RiskInputs,
} from '@fawkes/backstage-plugin-cab-common';
import { NO_TRAITS } from '@fawkes/backstage-plugin-cab-common/rules';
import knexFactory, { type Knex } from 'knex';
import type { CaseDeps } from '../cases/deps';
import { readCabConfig } from '../config';
import { Gate } from '../gate/gate';
import type { DirectoryPerson } from '../people/directory';
import { Checkpointer } from '../record/checkpoints';
import { memoryOfProcess, type Signer } from '../record/signer';

/** Everything known, and privileged: the board decides. */
const FACTS: Record<FactName, FactValue> = {
  dependents: 0,
  tier1Dependents: 0,
  environment: 'test',
  tier1Target: false,
  changedLines: 10,
  structural: false,
  tests: { cases: 10, failed: 0, skipped: 0 },
  security: 'none',
  scanAgeHours: 1,
  deployments90d: 40,
  failed90d: 0,
  rollback: {
    strategy: 'automated',
    irreversible: false,
    rehearsedHoursAgo: 1,
  },
  window: 'allowed',
  privileged: true,
  deprecated: 'none',
  exceptionsUsed: 0,
};

export const BOARD = ['a', 'b', 'c', 'd'].map(name => `user:default/${name}`);
const BOARD_GROUP = 'group:default/board';
const ENTITY = 'component:default/shop';

/** The use cases as one process has them, with a pool of connections of its own. */
export interface Replica {
  deps: CaseDeps;
  gate: Gate;
  errors: unknown[];
}

export function createReplica(db: Knex, signer: Signer): Replica {
  const logger = mockServices.logger.mock();
  const config = readCabConfig(
    mockServices.rootConfig({
      data: {
        cab: {
          groups: { board: BOARD_GROUP, security: 'group:default/security' },
          gate: { classes: ['test'], callers: [{ subject: 'ci' }] },
          participation: { default: 'enforce' },
        },
      },
    }),
  );
  const person = async (userRef: string): Promise<DirectoryPerson> => ({
    userRef,
    emails: [],
    accounts: [{ provider: 'github.com', login: userRef }],
    groups: BOARD.includes(userRef) ? [BOARD_GROUP] : [],
  });
  const deps: CaseDeps = {
    db,
    config,
    logger,
    directory: { person, membersOf: async () => BOARD },
    facts: async (_question, now) => ({
      inputs: inputsAt(now),
      involved: [],
      reviews: [],
      environmentClass: 'test',
      unreadable: [],
      catalog: {
        entity: {
          apiVersion: 'backstage.io/v1alpha1',
          kind: 'Component',
          metadata: { name: 'shop' },
        },
        owner: 'group:default/shopping',
        ownerGroup: 'group:default/shopping',
        dependents: 0,
        tier1Dependents: 0,
        truncated: false,
        tier1Target: false,
        privileged: true,
        deprecated: 'none',
      },
    }),
    place: async () => ({
      owner: 'group:default/shopping',
      traits: NO_TRAITS,
      environmentClass: 'test',
    }),
    checkpointer: new Checkpointer(db, signer, memoryOfProcess()),
    events: { publish: async () => {} },
  };
  return { deps, gate: new Gate(deps), errors: logger.error.mock.calls };
}

/** Another pool on the same database. */
export function otherPool(db: Knex): Knex {
  return knexFactory({ ...db.client.config, pool: { min: 0, max: 5 } });
}

function inputsAt(now: number): RiskInputs {
  const observedAt = new Date(now).toISOString();
  return Object.fromEntries(
    Object.entries(FACTS).map(([name, value]) => [
      name,
      { value, source: 'test', reference: null, observedAt },
    ]),
  );
}

/** What is asked for in a race. */
export const askedFor = (headSha: string) => ({
  entityRef: ENTITY,
  environment: 'test',
  headSha,
  artifactDigest: null,
  sample: false,
  type: 'normal' as const,
  title: 'Mend it',
  description: '',
  window: null,
});

/** What a pipeline asks in a race. */
export const gateFor = (commitSha: string, run: number) => ({
  entityRef: ENTITY,
  environment: 'test',
  commitSha,
  artifactDigest: null,
  stage: 'all',
  runUrl: `https://ci.example/${run}`,
});
