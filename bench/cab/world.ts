import { randomBytes } from 'node:crypto';
import { ConfigReader } from '@backstage/config';
import type { RiskInputs } from '@fawkes/backstage-plugin-cab-common';
import { NO_TRAITS } from '@fawkes/backstage-plugin-cab-common/rules';
import type { Knex } from 'knex';
import {
  createChange,
  submitChange,
} from '../../plugins/cab-backend/src/cases/asking';
import { castVoteOn } from '../../plugins/cab-backend/src/cases/deciding';
import type { CaseDeps } from '../../plugins/cab-backend/src/cases/deps';
import { readCabConfig } from '../../plugins/cab-backend/src/config';
import { Checkpointer } from '../../plugins/cab-backend/src/record/checkpoints';
import {
  memoryOfProcess,
  Signer,
} from '../../plugins/cab-backend/src/record/signer';

const ENTITY = 'component:default/shop';
const BOARD = 'group:default/board';
const SILENT = { debug() {}, info() {}, warn() {}, error() {} };
const logger = { ...SILENT, child: () => logger };

/** The use cases, with a catalog and facts that answer at once. */
export function depsOf(db: Knex): CaseDeps {
  return {
    db,
    logger,
    config: readCabConfig(
      new ConfigReader({
        cab: {
          groups: { board: BOARD, security: 'group:default/security' },
          gate: { classes: ['test'], callers: [{ subject: 'ci' }] },
          participation: { default: 'enforce' },
        },
      }),
    ),
    directory: {
      person: async userRef => ({
        userRef,
        emails: [],
        accounts: [{ provider: 'github.com', login: userRef }],
        groups: [BOARD],
      }),
      membersOf: async () => ['user:default/a', 'user:default/b'],
    },
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
        owner: null,
        ownerGroup: undefined,
        dependents: 0,
        tier1Dependents: 0,
        truncated: false,
        tier1Target: false,
        privileged: true,
        deprecated: 'none',
      },
    }),
    place: async () => ({
      owner: null,
      traits: NO_TRAITS,
      environmentClass: 'test',
    }),
    checkpointer: new Checkpointer(
      db,
      Signer.made('bench.example/cab').signer,
      memoryOfProcess(),
    ),
    events: { publish: async () => {} },
  };
}

function inputsAt(now: number): RiskInputs {
  const observedAt = new Date(now).toISOString();
  const fact = (value: boolean | string | number) => ({
    value,
    source: 'bench',
    reference: null,
    observedAt,
  });
  return {
    environment: fact('test'),
    privileged: fact(true),
    exceptionsUsed: fact(0),
    window: fact('allowed'),
    structural: fact(false),
    dependents: fact(0),
    tier1Dependents: fact(0),
    changedLines: fact(1),
    deployments90d: fact(40),
    failed90d: fact(0),
  };
}

/** Change requests that are approved by two people, by their shas. */
export async function approvedOnes(
  deps: CaseDeps,
  count: number,
): Promise<string[]> {
  const shas: string[] = [];
  for (let index = 0; index < count; index++) {
    const headSha = randomBytes(20).toString('hex');
    const doer = { actor: 'user:default/sam', correlationId: 'bench' };
    const id = await createChange(
      deps,
      {
        entityRef: ENTITY,
        environment: 'test',
        headSha,
        artifactDigest: null,
        type: 'normal',
        sample: false,
        title: 'Mend it',
        description: '',
        window: null,
      },
      doer,
    );
    await submitChange(deps, id, { revision: 1 }, doer);
    const row = await deps.db('cab_changes').where({ id }).first();
    for (const actor of ['user:default/a', 'user:default/b']) {
      await castVoteOn(
        deps,
        id,
        {
          decision: 'approve',
          revision: 1,
          packDigest: row.pack_digest,
          riskResultHash: row.risk_result_hash,
        },
        { actor, correlationId: 'bench' },
      );
    }
    shas.push(headSha);
  }
  return shas;
}

/** Change requests of the past, for the tables to have their size. */
export async function addPast(db: Knex, count: number): Promise<void> {
  const row = await db('cab_changes').first();
  for (let from = 0; from < count; from += 500) {
    const rows = Array.from(
      { length: Math.min(500, count - from) },
      (_, index) => ({
        ...row,
        id: `past-${from + index}`,
        head_sha: randomBytes(20).toString('hex'),
        state: 'closed',
        twin_key: null,
        created_at: row.created_at - from - index,
      }),
    );
    await db('cab_changes').insert(rows);
  }
  if (String(db.client.config.client).startsWith('pg')) {
    await db.raw('analyze');
  }
}

/** A question of a pipeline. */
export const questionOf = (commitSha: string, run: number) => ({
  entityRef: ENTITY,
  environment: 'test',
  commitSha,
  artifactDigest: null,
  stage: 'all',
  runUrl: `https://ci.example/${run}`,
});
