import { createHash, randomBytes } from 'node:crypto';
import { TestDatabases } from '@backstage/backend-test-utils';
import type {
  EvidenceKind,
  EvidenceSays,
} from '@fawkes/backstage-plugin-cab-common';
import { roundsOf } from '@fawkes/kit-backend-test';
import { isPostgres } from '@fawkes/kit-backend/sql';
import { wordsOfError } from '@fawkes/kit-contract';
import type { Knex } from 'knex';
import {
  askedFor,
  BOARD,
  createReplica,
  otherPool,
} from '../__testUtils__/replica';
import { createChange, editChange, submitChange } from '../cases/asking';
import { castVoteOn } from '../cases/deciding';
import { Signer } from '../record/signer';
import { MIGRATIONS } from '../store/database';
import { attachEvidence, type AttachDeps, type Piece } from './attach';
import { receive } from './bytes';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const SUBMITTER = 'user:default/sam';
const by = (actor: string) => ({ actor, correlationId: 'race' });

/** A scan that found something critical, whatever the bytes are. */
const SAYS: EvidenceSays = {
  kind: 'scan',
  tools: ['Trivy'],
  worst: 'critical',
  findings: [
    { id: 'CVE-1', severity: 'critical', count: 1, text: '', where: null },
  ],
  beyond: null,
  suppressed: 0,
  invoked: true,
  endedAt: null,
};

/** A list that makes nothing worse, whatever the bytes are. */
const SBOM: EvidenceSays = {
  kind: 'sbom',
  format: 'SPDX 2.3',
  components: 1,
  root: null,
};

const WORLDS = databases
  .eachSupportedId()
  .flatMap(([id]) =>
    (id === 'SQLITE_3' ? [1] : [1, 2]).map(count => ({ id, count })),
  );

describe.each(WORLDS)(
  'evidence against votes, $id, replicas: $count',
  ({ id, count }) => {
    const { rounds, timeout } = roundsOf(4);
    const { signer } = Signer.made('race.example/cab');
    let db: Knex;
    let pools: Knex[];
    let replicas: AttachDeps[];
    beforeAll(async () => {
      db = await databases.init(id);
      await db.migrate.latest({ directory: MIGRATIONS });
      if (!isPostgres(db)) await db.raw('pragma recursive_triggers = on');
      pools = count === 1 ? [] : [otherPool(db), otherPool(db)];
      replicas = (count === 1 ? [db, db] : pools).map(pool => ({
        ...createReplica(pool, signer).deps,
        reader: {
          read: async kind => ({ says: kind === 'scan' ? SAYS : SBOM }),
        },
      }));
    });
    afterAll(async () => {
      for (const pool of pools) await pool.destroy();
    });

    const asked = async () => {
      const headSha = randomBytes(20).toString('hex');
      const changeId = await createChange(
        replicas[0],
        askedFor(headSha),
        by(SUBMITTER),
      );
      await submitChange(replicas[0], changeId, { revision: 1 }, by(SUBMITTER));
      const row = await db('cab_changes').where('id', changeId).first();
      return {
        changeId,
        binding: {
          revision: row.revision,
          packDigest: row.pack_digest,
          riskResultHash: row.risk_result_hash,
        },
      };
    };
    const attach = async (
      replica: number,
      changeId: string,
      bytes: Buffer,
      kind: EvidenceKind = 'scan',
      deps: AttachDeps = replicas[replica],
    ) => {
      const received = await receive(
        deps.db,
        (async function* one() {
          yield bytes;
        })(),
      );
      const piece: Piece = {
        ...received,
        kind,
        mediaType: 'application/json',
        supersede: false,
        producedAt: undefined,
        producer: 'ci:https://ci.example#shop',
        subject: null,
        binding: {
          fromPipeline: true,
          fromSecurity: false,
          repository: undefined,
        },
      };
      return attachEvidence(deps, changeId, piece, by(piece.producer));
    };

    const approve = (
      at: number,
      changeId: string,
      binding: Awaited<ReturnType<typeof asked>>['binding'],
    ) =>
      castVoteOn(
        replicas[at],
        changeId,
        { decision: 'approve', ...binding },
        by(BOARD[at]),
      );

    it(
      'two votes and worse evidence together: whatever comes first, no vote on what was there before counts',
      async () => {
        for (let round = 0; round < rounds; round++) {
          const { changeId, binding } = await asked();
          const told = await Promise.allSettled([
            attach(1, changeId, randomBytes(20)),
            approve(0, changeId, binding),
            approve(1, changeId, binding),
          ]);
          expect(told[0].status).toBe('fulfilled');
          const refusals = told.flatMap(each =>
            each.status === 'rejected'
              ? [wordsOfError(each.reason)?.code ?? String(each.reason)]
              : [],
          );
          expect(refusals).toEqual(refusals.map(() => 'EVIDENCE_CHANGED'));
          const row = await db('cab_changes').where('id', changeId).first();
          expect(row).toMatchObject({ state: 'board_review', revision: 2 });
          expect(row.pack_digest).not.toBe(binding.packDigest);
          const live = await db('cab_votes').where({
            change_id: changeId,
            state: 'live',
          });
          expect(live).toEqual([]);
        }
      },
      timeout,
    );

    it(
      'the same bytes from two replicas: one piece, one revision',
      async () => {
        for (let round = 0; round < rounds; round++) {
          const { changeId } = await asked();
          const bytes = randomBytes(20);
          const told = await Promise.all([
            attach(0, changeId, bytes),
            attach(1, changeId, bytes),
          ]);
          expect(told.map(({ known }) => known).sort()).toEqual([false, true]);
          expect(
            await db('cab_evidence').where('change_id', changeId),
          ).toHaveLength(1);
          const row = await db('cab_changes').where('id', changeId).first();
          expect(row.revision).toBe(2);
        }
      },
      timeout,
    );

    it('what comes while a revision is made waits for the next: a pack holds what was hashed and scored', async () => {
      const { changeId } = await asked();
      /** The use cases where something is kept for the next revision once the pack was read. */
      const keptMeanwhile = (kept: Buffer): AttachDeps => {
        const [first] = replicas;
        let isKept = false;
        return {
          ...first,
          facts: async (question, now) => {
            if (!isKept) {
              isKept = true;
              await attach(1, changeId, kept, 'sbom');
            }
            return first.facts(question, now);
          },
        };
      };
      const stateOf = async (bytes: Buffer) => {
        const sha256 = createHash('sha256').update(bytes).digest('hex');
        const [piece] = await db('cab_evidence').where({ sha256 });
        const { waiting, from_revision: from } = piece;
        return { waiting, from };
      };
      const [scan, one, two] = [20, 20, 20].map(size => randomBytes(size));
      await attach(0, changeId, scan, 'scan', keptMeanwhile(one));
      expect(await stateOf(scan)).toEqual({ waiting: 0, from: 2 });
      expect(await stateOf(one)).toEqual({ waiting: 1, from: null });
      await editChange(
        keptMeanwhile(two),
        changeId,
        { revision: 2, title: 'Another', description: '', window: null },
        by(SUBMITTER),
      );
      expect(await stateOf(one)).toEqual({ waiting: 0, from: 3 });
      expect(await stateOf(two)).toEqual({ waiting: 1, from: null });
    });
  },
);
