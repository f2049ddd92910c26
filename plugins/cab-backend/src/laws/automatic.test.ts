import { randomBytes } from 'node:crypto';
import { TestDatabases } from '@backstage/backend-test-utils';
import type { FactName, FactValue } from '@fawkes/backstage-plugin-cab-common';
import type { CodeReview } from '@fawkes/backstage-plugin-cab-common/rules';
import { isPostgres } from '@fawkes/kit-backend/sql';
import type { Knex } from 'knex';
import { wholeRecord } from '../__testUtils__/record';
import {
  askedFor,
  createReplica,
  gateFor,
  type Replica,
} from '../__testUtils__/replica';
import { createChange, submitChange } from '../cases/asking';
import { attachEvidence } from '../evidence/attach';
import { receive } from '../evidence/bytes';
import type { Outcome } from '../evidence/worker/protocol';
import { changeOf } from '../read/change';
import { Signer } from '../record/signer';
import { MIGRATIONS } from '../store/database';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const SAM = 'user:default/sam';
const by = (actor: string) => ({ actor, correlationId: 'law' });
const OWNER = 'group:default/shopping';
const review = (name: string, more: Partial<CodeReview> = {}): CodeReview => ({
  by: { account: { provider: 'github.com', login: `user:default/${name}` } },
  state: 'approved',
  ofHead: true,
  at: 1,
  ...more,
});

describe.each(databases.eachSupportedId())(
  'what the policy approves by itself, %s',
  id => {
    const { signer } = Signer.made('automatic.example/cab');
    let db: Knex;
    let replica: Replica;

    beforeAll(async () => {
      db = await databases.init(id);
      await db.migrate.latest({ directory: MIGRATIONS });
      if (!isPostgres(db)) await db.raw('pragma recursive_triggers = on');
    });

    interface Given {
      facts?: Partial<Record<FactName, FactValue | undefined>>;
      reviews?: CodeReview[];
      authors?: string[];
      unreadable?: string[];
      type?: 'normal' | 'emergency';
    }

    /** Asks for a change of which this is known, and submits it. */
    async function submitted(given: Given = {}) {
      replica = createReplica(db, signer);
      const { deps } = replica;
      const usual = deps.facts;
      deps.directory = {
        membersOf: async () => [SAM, 'user:default/sue', 'user:default/ada'],
        person: async userRef => ({
          userRef,
          emails: [`${userRef.split('/')[1]}@example.com`],
          accounts: [{ provider: 'github.com', login: userRef }],
          groups: [OWNER],
        }),
      };
      deps.facts = async (question, now) => {
        const read = await usual(question, now);
        for (const [name, value] of Object.entries({
          privileged: false,
          ...given.facts,
        })) {
          const fact = read.inputs[name as FactName];
          if (value === undefined) delete read.inputs[name as FactName];
          else read.inputs[name as FactName] = { ...fact!, value };
        }
        return {
          ...read,
          involved: (given.authors ?? ['ada']).map(name => ({
            duty: 'author' as const,
            email: `${name}@example.com`,
          })),
          reviews: given.reviews ?? [review('sue')],
          unreadable: given.unreadable ?? [],
        };
      };
      const sha = randomBytes(20).toString('hex');
      const changeId = await createChange(
        deps,
        { ...askedFor(sha), type: given.type ?? 'normal' },
        by(SAM),
      );
      const begun = performance.now();
      await submitChange(deps, changeId, { revision: 1 }, by(SAM));
      const took = performance.now() - begun;
      const [row] = await db('cab_changes').where('id', changeId);
      const change = await changeOf(deps, row, SAM);
      return { change, sha, took };
    }

    it('is approved at once, by nobody, and the record says why', async () => {
      const { change, sha, took } = await submitted();
      expect(change).toMatchObject({
        state: 'approved',
        route: 'automatic',
        votes: [],
        requirement: null,
        automatic: {
          code: 'automatic.approved',
          params: { reviewers: 'user:default/sue' },
        },
        gate: { verdict: 'allow' },
      });
      expect(took).toBeLessThan(5_000);
      expect(change.timeline.slice(-2)).toEqual([
        expect.objectContaining({
          type: 'routed_automatic',
          state: 'auto_approved',
          actor: expect.stringMatching(/^system:cab-engine@/),
        }),
        expect.objectContaining({
          type: 'quorum_met',
          state: 'approved',
          actor: expect.stringMatching(/^system:cab-engine@/),
        }),
      ]);
      const lines = await wholeRecord(db, 'automatic.example/cab', 50);
      const bodies = lines.flatMap(line =>
        line.kind === 'entry'
          ? [JSON.parse(Buffer.from(line.body, 'base64').toString())]
          : [],
      );
      const decision = bodies.find(
        ({ changeId, type }) => changeId === change.id && type === 'quorum_met',
      );
      expect(decision.data).toMatchObject({
        approvedBy: 'policy',
        reviewers: ['user:default/sue'],
        missing: [],
        voters: [],
        policyHash: expect.any(String),
      });
      const told = await replica.gate.ask(gateFor(sha, 1), 'ci', by('ci'));
      expect(told.verdict).toBe('allow');
    });

    it.each<[string, Given, string | null]>([
      [
        'a fact is unknown',
        { facts: { deprecated: undefined } },
        'automatic.not.unknown',
      ],
      [
        'a source was silent',
        { unreadable: ['catalog'] },
        'automatic.not.unknown',
      ],
      ['nobody reviewed it', { reviews: [] }, 'automatic.not.review'],
      [
        'only its author reviewed it',
        { reviews: [review('ada')] },
        'automatic.not.review',
      ],
      [
        'only who asked for it reviewed it',
        { reviews: [review('sam')] },
        'automatic.not.review',
      ],
      [
        'another commit was reviewed',
        { reviews: [review('sue', { ofHead: false })] },
        'automatic.not.review',
      ],
      ['nobody says who wrote it', { authors: [] }, 'automatic.not.authors'],
      [
        'a stranger wrote a part of it',
        { authors: ['ada', 'stranger'] },
        'automatic.not.authors',
      ],
      ['it is an emergency', { type: 'emergency' }, null],
      ['the risk is higher', { facts: { privileged: true } }, null],
    ])('asks people where %s', async (_what, given, code) => {
      const { change } = await submitted(given);
      expect(change.state).toMatch(/_review$/);
      expect(change.automatic?.code ?? null).toBe(code);
      expect(change.gate.verdict).not.toBe('allow');
      expect(change.timeline.map(({ type }) => type)).not.toContain(
        'routed_automatic',
      );
    });

    it('asks people while a piece of evidence is refused, also where no fact hangs on it', async () => {
      const given: Given = { reviews: [] };
      const { change } = await submitted(given);
      expect(change.state).toMatch(/_review$/);
      given.reviews = [review('sue')];
      const afterPiece = async (outcome: Outcome) => {
        const received = await receive(
          db,
          (async function* bytes() {
            yield randomBytes(20);
          })(),
        );
        await attachEvidence(
          { ...replica.deps, reader: { read: async () => outcome } },
          change.id,
          {
            ...received,
            kind: 'sbom',
            mediaType: 'application/json',
            supersede: true,
            producedAt: undefined,
            producer: 'ci:https://ci.example#shop',
            subject: null,
            binding: {
              fromPipeline: true,
              fromSecurity: false,
              repository: undefined,
            },
          },
          by('ci'),
        );
        const [row] = await db('cab_changes').where('id', change.id);
        return row.state;
      };
      const fault = { code: 'EVIDENCE_SCHEMA' as const, reason: 'x' };
      expect(await afterPiece({ fault })).toMatch(/_review$/);
      const says = {
        kind: 'sbom' as const,
        format: 'SPDX 2.3',
        components: 1,
        root: null,
      };
      expect(await afterPiece({ says })).toBe('approved');
    });
  },
);
