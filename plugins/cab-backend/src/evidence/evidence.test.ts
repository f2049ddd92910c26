import { TestDatabases } from '@backstage/backend-test-utils';
import type { Change } from '@fawkes/backstage-plugin-cab-common';
import { organisation } from '../__testUtils__/organisation';
import { verified } from '../__testUtils__/record';
import {
  createTestBackend,
  type TestBackend,
} from '../__testUtils__/testBackend';
import { startIssuer, type Issuer } from './__testUtils__/issuer';
import { cyclonedx, junit, rollbackPlan, sarif } from './__testUtils__/samples';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
// Each piece is read in a thread that begins from sources.
jest.setTimeout(180_000);

const XML = 'application/xml';
const SARIF = 'application/sarif+json';
const JSON_TYPE = 'application/json';

/** The organisation, with the repository of shop. */
function withRepository() {
  return organisation().map(entity =>
    entity.metadata.name === 'shop'
      ? {
          ...entity,
          metadata: {
            ...entity.metadata,
            annotations: { 'github.com/project-slug': 'org/shop' },
          },
        }
      : entity,
  );
}

describe.each(databases.eachSupportedId())('evidence, %s', id => {
  let issuer: Issuer;
  let backend: TestBackend;
  beforeAll(async () => {
    issuer = await startIssuer();
    backend = await createTestBackend(
      await databases.init(id),
      {
        evidence: {
          issuers: [{ issuer: issuer.issuer, audience: 'fawkes' }],
          scanners: ['Trivy'],
          // A busy machine is no fault of a document.
          readSeconds: 120,
        },
      },
      { entities: withRepository() },
    );
  });
  afterAll(async () => {
    await backend.stop();
    await issuer.stop();
  });

  const attach = (
    by: string,
    change: Pick<Change, 'id'>,
    kind: string,
    body: string,
    { type = JSON_TYPE, query = '' } = {},
  ) =>
    backend
      .as(by)
      .post(`/changes/${change.id}/evidence?kind=${kind}${query}`)
      .set('Content-Type', type)
      .send(body);
  const pipeline = async (
    change: Change,
    kind: string,
    body: string,
    { type = JSON_TYPE, query = '', claims = {}, options = {} } = {},
  ) =>
    backend.nobody
      .post(`/ci/evidence?changeId=${change.id}&kind=${kind}${query}`)
      .set(
        'X-CI-Token',
        await issuer.token({ sha: change.headSha, ...claims }, options),
      )
      .set('Content-Type', type)
      .send(body);
  const listed = async (change: Pick<Change, 'id'>, by = 'sam') =>
    (await backend.as(by).get(`/changes/${change.id}/evidence`).expect(200))
      .body;

  it('is what staging asks for: nothing is submitted without, and a pipeline brings it', async () => {
    const draft = await backend.create('sam', { environment: 'staging' });
    expect(draft.missingEvidence).toEqual(['tests', 'scan']);
    const refused = await backend
      .as('sam')
      .post(`/changes/${draft.id}/submit`, { revision: 1 })
      .expect(400);
    expect(refused.body.error.code).toBe('EVIDENCE_INCOMPLETE');

    const tests = await pipeline(draft, 'tests', junit(), { type: XML });
    expect(tests.status).toBe(201);
    expect(tests.body).toMatchObject({
      changeId: draft.id,
      state: 'evidence_pending',
      revision: 2,
      item: {
        kind: 'tests',
        state: 'verified',
        why: null,
        inPack: true,
        says: { cases: 3, failed: 0 },
        producer: `ci:${issuer.issuer}#repo:org/shop:ref:refs/heads/main`,
      },
    });
    expect(tests.body.item.size).toBe(junit().length);
    await pipeline(draft, 'scan', sarif(), { type: SARIF });
    expect(await listed(draft)).toMatchObject({ missing: [], attach: null });

    const asked = await backend.submit('sam', await backend.get(draft.id));
    expect(asked.missingEvidence).toEqual([]);
    const facts = new Map(
      asked.risk!.facts.map(({ name, value }) => [name, value]),
    );
    expect(facts.get('tests')).toEqual({ cases: 3, failed: 0, skipped: 0 });
    expect(facts.get('security')).toBe('none');
    expect(facts.get('scanAgeHours')).toBe(1);
    expect(asked.risk!.result.missing).not.toContain('tests');
    expect(asked.risk!.result.missing).not.toContain('security');
  });

  it('from a person is read, and nobody vouches for it', async () => {
    const draft = await backend.create('sam', { environment: 'staging' });
    const { body } = await attach('sam', draft, 'tests', junit(), {
      type: XML,
    }).expect(201);
    expect(body.item).toMatchObject({
      state: 'parsed',
      why: { code: 'EVIDENCE_UNBOUND' },
      producer: 'user:default/sam',
    });
    expect((await listed(draft)).missing).toEqual(['tests', 'scan']);
  });

  it('with a worse outcome voids votes; what is no worse waits for the next revision', async () => {
    const draft = await backend.create('sam', { environment: 'staging' });
    await pipeline(draft, 'tests', junit(), { type: XML });
    await pipeline(draft, 'scan', sarif(), { type: SARIF });
    const asked = await backend.submit('sam', await backend.get(draft.id));
    expect(asked.state).toBe('peer_review');
    const approved = (await backend.vote('sue', asked).expect(200))
      .body as Change;
    expect(approved.state).toBe('approved');
    expect((await backend.gate(asked)).body.verdict).toBe('allow');

    // As good as what was decided: kept, and nothing moves.
    const same = await pipeline(draft, 'tests', junit(4), { type: XML });
    expect(same.body).toMatchObject({
      state: 'approved',
      item: { state: 'verified', inPack: false },
    });
    expect((await backend.gate(asked)).body.verdict).toBe('allow');

    const worse = await pipeline(draft, 'scan', sarif('9.8', {}), {
      type: SARIF,
    });
    expect(worse.status).toBe(201);
    expect(worse.body.state).toBe('board_review');
    const now = await backend.get(draft.id);
    expect(now.votes).toMatchObject([
      {
        userRef: 'user:default/sue',
        state: 'void',
        why: { code: 'void.revision' },
      },
    ]);
    expect(now.risk!.result.floors.map(({ id: floor }) => floor)).toContain(
      'critical',
    );
    expect(now.binding!.packDigest).not.toBe(asked.binding!.packDigest);
    expect((await backend.gate(asked)).body).toMatchObject({
      verdict: 'pending',
      reasonCode: 'BOARD_REVIEW',
    });
    // What waited has joined: both reports count.
    const facts = new Map(
      now.risk!.facts.map(({ name, value }) => [name, value]),
    );
    expect(facts.get('tests')).toEqual({ cases: 7, failed: 0, skipped: 0 });
    // A vote that names what was there before is told so.
    const late = await backend.vote('bea', asked);
    expect(late.status).toBe(409);
    expect(late.body.error.code).toBe('EVIDENCE_CHANGED');
    expect(now.timeline.map(({ type }) => type)).toEqual([
      'create',
      'attach_evidence',
      'attach_evidence',
      'submit',
      'scored',
      'routed_peer',
      'vote_approve',
      'quorum_met',
      'gate_asked',
      'evidence_kept',
      'gate_asked',
      'attach_evidence',
      'scored',
      'routed_board',
    ]);
    const { body: keys } = await backend.me.get('/keys').expect(200);
    const own = await backend.me.get(`/changes/${draft.id}/export`).expect(200);
    expect(await verified(own.body.lines, keys.record[0])).toMatch(/^OK /);
  });

  it('takes an approval back too when a scan does not run to its end', async () => {
    const draft = await backend.create('sam', { environment: 'staging' });
    await pipeline(draft, 'tests', junit(), { type: XML });
    await pipeline(draft, 'scan', sarif(), { type: SARIF });
    const asked = await backend.submit('sam', await backend.get(draft.id));
    await backend.vote('sue', asked).expect(200);
    const { body } = await pipeline(
      draft,
      'scan',
      sarif(undefined, { invocations: [{ executionSuccessful: false }] }),
      { type: SARIF },
    );
    expect(body.item).toMatchObject({
      state: 'failed',
      why: { code: 'EVIDENCE_NOT_RUN' },
      says: null,
    });
    expect(body.state).not.toBe('approved');
    const now = await backend.get(draft.id);
    expect(now.votes[0].state).toBe('void');
    expect(now.risk!.result.missing).toContain('security');
  });

  it('of a person takes an approval back, whatever it says; the same again changes nothing', async () => {
    const asked = await backend.submit('sam', await backend.create('sam'));
    await backend.vote('sue', asked).expect(200);
    const first = await attach('sam', asked, 'rollback_plan', rollbackPlan());
    expect(first.body).toMatchObject({ revision: 2, state: 'peer_review' });
    const again = await attach('sam', asked, 'rollback_plan', rollbackPlan());
    expect(again.status).toBe(200);
    expect(again.body).toEqual(first.body);
    expect((await backend.get(asked.id)).votes[0].state).toBe('void');
    // Whoever attached it, and whoever answers for the plan, decides nothing of it.
    const now = await backend.get(asked.id);
    const mine = await backend.as('ada').get(`/changes/${asked.id}`);
    expect(mine.body.mine.vote.code).toBe('vote.excluded.plan_owner');
    expect((await backend.vote('ada', now)).status).toBe(403);
    expect((await backend.vote('sue', now)).status).toBe(200);
  });

  it('that was refused stands in the way until another takes its place', async () => {
    const draft = await backend.create('sam');
    const broken = await attach(
      'sam',
      draft,
      'scan',
      '{"version":"2.1.0","runs":[],"runs":[]}',
      { type: SARIF },
    );
    expect(broken.status).toBe(201);
    expect(broken.body.item).toMatchObject({
      state: 'failed',
      why: { code: 'EVIDENCE_MALFORMED' },
    });
    const now = await backend.get(draft.id);
    expect(now.mine.submit).not.toBeNull();
    const refused = await backend
      .as('sam')
      .post(`/changes/${draft.id}/submit`, { revision: now.revision })
      .expect(400);
    expect(refused.body.error.code).toBe('EVIDENCE_FAILED');
    await attach('sam', draft, 'scan', sarif(), {
      type: SARIF,
      query: '&supersede=true',
    }).expect(201);
    expect((await listed(draft)).items).toMatchObject([
      { state: 'parsed', inPack: true, superseded: false },
      { state: 'failed', inPack: false, superseded: true },
    ]);
    await backend.submit('sam', await backend.get(draft.id));
  });

  it.each<[string, string, string, string, number, string | undefined]>([
    ['a kind nobody knows', 'hope', 'x', XML, 400, undefined],
    ['an SBOM in XML', 'sbom', '<bom/>', XML, 415, 'evidence.media_type'],
    ['tests as JSON', 'tests', '{}', JSON_TYPE, 415, 'evidence.media_type'],
    [
      'a plan without an owner',
      'rollback_plan',
      rollbackPlan({ owner: undefined }),
      JSON_TYPE,
      400,
      'EVIDENCE_SCHEMA',
    ],
    [
      'a plan of a group',
      'rollback_plan',
      rollbackPlan({ owner: 'group:default/board' }),
      JSON_TYPE,
      400,
      'EVIDENCE_SCHEMA',
    ],
    [
      'a plan that is long',
      'rollback_plan',
      ' '.repeat(70_000),
      JSON_TYPE,
      413,
      undefined,
    ],
    ['nothing', 'tests', '', XML, 400, undefined],
  ])(
    'refuses %s, and nothing is kept of it',
    async (_, kind, body, type, status, code) => {
      const draft = await backend.create('sam');
      const answer = await attach('sam', draft, kind, body, { type });
      expect(answer.status).toBe(status);
      expect(answer.body.error.code).toBe(code);
      expect((await listed(draft)).items).toEqual([]);
      const [half] = await backend
        .db('cab_evidence_uploads')
        .whereNull('sha256')
        .select('id');
      expect(half).toBeUndefined();
    },
  );

  it('refuses what was packed on the way, and what is from the future', async () => {
    const draft = await backend.create('sam');
    const packed = await backend
      .as('sam')
      .post(`/changes/${draft.id}/evidence?kind=tests`)
      .set('Content-Type', XML)
      .set('Content-Encoding', 'gzip')
      .send('x');
    expect(packed.status).toBe(415);
    const tomorrow = new Date(Date.now() + 86_400_000).toISOString();
    const { body } = await attach('sam', draft, 'tests', junit(), {
      type: XML,
      query: `&producedAt=${tomorrow}`,
    }).expect(400);
    expect(body.error.code).toBe('EVIDENCE_TIME');
  });

  it('of another tool, and with too many components, is refused and says why', async () => {
    const draft = await backend.create('sam');
    const other = sarif().replaceAll('Trivy', 'Scan-o-mat');
    const { body } = await pipeline(draft, 'scan', other, { type: SARIF });
    expect(body.item).toMatchObject({
      state: 'failed',
      why: { code: 'EVIDENCE_TOOL', params: { reason: 'Scan-o-mat' } },
    });
    const wrong = cyclonedx(1, { components: [{ type: 'library' }] });
    const sbom = await pipeline(draft, 'sbom', wrong);
    expect(sbom.body.item.why).toMatchObject({
      code: 'EVIDENCE_SCHEMA',
      params: { reason: expect.stringContaining('components.0') },
    });
  });

  it('may be attached by whoever asked and by the owners, and be had by those who decide', async () => {
    const draft = await backend.create('sam');
    expect(
      (await attach('sue', draft, 'tests', junit(), { type: XML })).status,
    ).toBe(201);
    const { body } = await attach('pia', draft, 'tests', junit(9), {
      type: XML,
    }).expect(403);
    expect(body.error.code).toBe('change.not_owner');
    expect((await listed(draft, 'pia')).attach.code).toBe('change.not_owner');
    const [{ id: piece }] = (await listed(draft)).items;
    const raw = `/changes/${draft.id}/evidence/${piece}/raw`;
    for (const name of ['sam', 'sue', 'bea', 'sec']) {
      const answer = await backend
        .as(name)
        .get(raw)
        .buffer(true)
        .parse(asText)
        .expect(200);
      expect(answer.body).toBe(junit());
      expect(answer.headers).toMatchObject({
        'content-type': 'application/octet-stream',
        'x-content-type-options': 'nosniff',
        'content-length': String(junit().length),
      });
      expect(answer.headers['content-disposition']).toMatch(
        /^attachment; filename="tests-[0-9a-f]{12}\.xml"$/,
      );
    }
    // The policy says yes to admin for everything, and this is a law.
    const admin = await backend.as('admin').get(raw).expect(403);
    expect(admin.body.error.code).toBe('evidence.bytes_whose');
    await backend
      .as('sam')
      .get(`/changes/${draft.id}/evidence/nothing/raw`)
      .expect(404);
    await backend.service.get(raw).expect(403);
  });

  describe('of a pipeline', () => {
    let draft: Change;
    beforeAll(async () => {
      draft = await backend.create('sam');
    });
    it.each<[string, object, object, number, string]>([
      ['signed by somebody else', {}, { forged: true }, 403, 'ci.refused'],
      ['that has expired', {}, { seconds: -120 }, 403, 'ci.refused'],
      ['for somebody else', { aud: 'other' }, {}, 403, 'ci.refused'],
      ['without a commit', { sha: undefined }, {}, 403, 'ci.refused'],
      ['on another commit', { sha: 'f'.repeat(40) }, {}, 403, 'ci.commit'],
      [
        'of another repository',
        { repository: 'org/pay' },
        {},
        404,
        'ci.no_change',
      ],
    ])('a token %s is refused', async (_, claims, options, status, code) => {
      const answer = await pipeline(draft, 'tests', junit(), {
        type: XML,
        claims,
        options,
      });
      expect(answer.status).toBe(status);
      expect(answer.body.error.code).toBe(code);
      expect((await listed(draft)).items).toEqual([]);
      expect(backend.audits.at(-1)).toMatchObject({
        eventId: 'evidence-mutate',
        outcome: 'failed',
      });
    });

    it('no token, no issuer and no change request', async () => {
      const send = (query: string, token?: string) => {
        const request = backend.nobody
          .post(`/ci/evidence?kind=tests${query}`)
          .set('Content-Type', XML);
        return (token ? request.set('X-CI-Token', token) : request).send(
          junit(),
        );
      };
      const own = `&changeId=${draft.id}`;
      expect((await send(own)).body.error.code).toBe('ci.token');
      expect((await send(own, 'a.b.c')).body.error.code).toBe('ci.refused');
      const token = await issuer.token({ sha: draft.headSha });
      expect((await send('', token)).body.error.code).toBe('ci.which');
      const missing = '&changeId=01890000-0000-7000-8000-000000000000';
      expect((await send(missing, token)).body.error.code).toBe('ci.no_change');
      const triple = `&entityRef=shop&environment=test&headSha=${draft.headSha}`;
      expect((await send(triple, token)).status).toBe(201);
    });
  });
});

function asText(
  response: unknown,
  done: (error: Error | null, body: string) => void,
) {
  let text = '';
  // A response of Node, whatever the type of superagent says.
  const stream = response as NodeJS.ReadableStream;
  stream.on('data', chunk => (text += chunk));
  stream.on('end', () => done(null, text));
}
