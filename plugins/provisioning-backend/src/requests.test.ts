import { TestDatabases } from '@backstage/backend-test-utils';
import {
  provisioningEvents,
  signalTag,
  type ProvisioningTopic,
} from '@fawkes/backstage-plugin-provisioning-common';
import type { Knex } from 'knex';
import {
  ANNA,
  DOJO,
  entityOf,
  LENA,
  MIRA,
  PAYMENTS,
  SHOP,
  TOM,
} from './__testUtils__/organisation';
import {
  bodyOf,
  createTestBackend,
  specOf,
  type TestBackend,
} from './__testUtils__/testBackend';
import { tables } from './store/tables';
import { say } from './words';

/** A template that this portal does not have. */
const wrong = { name: 'small-api', version: '1.0.0', treeHash: 'f'.repeat(64) };

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

describe.each(databases.eachSupportedId())('requests, %s', id => {
  let backend: TestBackend;
  let count = 0;
  beforeAll(async () => {
    backend = await createTestBackend({
      db: await databases.init(id),
      settings: {
        quota: { perOwner: 1_000, running: 1_000 },
        practice: { owner: DOJO },
      },
    });
  });
  const mira = () => backend.person(MIRA);
  const anna = () => backend.person(ANNA);
  const fresh = () => `svc-${++count}`;
  const create = async (other: Parameters<typeof bodyOf>[1] = {}) => {
    const body = await bodyOf(fresh(), other);
    const { body: made } = await mira().post('/requests', body).expect(202);
    await backend.settle();
    return { ...made, body } as {
      id: string;
      runId: string;
      specDigest: string;
      body: typeof body;
    };
  };
  const read = async (requestId: string) =>
    (await mira().get(`/requests/${requestId}`).expect(200)).body;

  it('go from a plan to something that exists', async () => {
    const body = await bodyOf(fresh());
    const { body: plan } = await mira().post('/plan', body).expect(200);
    expect(plan.effects.map((effect: { id: string }) => effect.id)).toEqual([
      'name:reserve',
      'repo:ensure',
      'catalog:entity:ensure',
      'service:build',
      'service:deploy',
      'events:tell',
    ]);
    expect(plan.obstacles).toEqual([]);
    const { body: made } = await mira()
      .post('/requests', { ...body, expectedPlanDigest: plan.planDigest })
      .expect(202);
    expect(made).toMatchObject({
      state: 'accepted',
      specDigest: plan.specDigest,
    });
    await backend.settle();
    expect(await read(made.id)).toMatchObject({
      name: body.name,
      owner: PAYMENTS,
      requester: MIRA,
      state: 'ready',
      run: { id: made.runId, kind: 'create', state: 'done' },
      service: { state: 'healthy' },
      provenBy: 'real-program',
      cost: { amountMinor: null },
    });
    expect(backend.world.faults).toEqual([]);
  });

  it('are planned without anything being changed', async () => {
    const dump = async (db: Knex) =>
      Promise.all(
        Object.values(tables)
          .filter(({ name }) => name !== 'leases')
          .map(async ({ name, keys }) => db(name).orderBy([...keys])),
      );
    const before = JSON.stringify(await dump(backend.db));
    const made = backend.world.made.length;
    const name = fresh();
    await mira()
      .post('/plan', await bodyOf(name))
      .expect(200);
    await anna()
      .post('/plan', await bodyOf('svc-1'))
      .expect(200);
    await mira().get(`/names/service/${name}?owner=${PAYMENTS}`).expect(200);
    await mira().get('/templates').expect(200);
    await mira()
      .post('/plan', await bodyOf(name, { spec: { template: wrong } }))
      .expect(400);
    expect(JSON.stringify(await dump(backend.db))).toBe(before);
    expect(backend.world.made).toHaveLength(made);
  });

  it('say what would keep the code from the computer, as the form does', async () => {
    const isolated = {
      sandboxed: false,
      words: say('byhand.look', { where: 'bwrap' }),
      why: say('byhand.retry'),
    };
    const told = async () => {
      const { body: templates } = await mira().get('/templates').expect(200);
      const { body: plan } = await mira()
        .post('/plan', await bodyOf(fresh()))
        .expect(200);
      const of = (host: string) =>
        templates.hosts.find((each: { host: string }) => each.host === host)
          .isolation;
      return { plan, local: of('local'), github: of('github') };
    };
    const before = await told();
    expect([before.plan.isolation, before.local]).toEqual([null, null]);
    backend.localHost.isolated = isolated;
    const { plan, local, github } = await told();
    backend.localHost.isolated = null;
    expect([plan.isolation, local, github]).toEqual([isolated, isolated, null]);
  });

  it('are done as they were looked at, or not at all', async () => {
    const body = await bodyOf(fresh());
    const { body: plan } = await mira().post('/plan', body).expect(200);
    backend.localHost.fact = 'diverged';
    const { body: refused } = await mira()
      .post('/requests', { ...body, expectedPlanDigest: plan.planDigest })
      .expect(409);
    backend.localHost.fact = 'absent';
    expect(refused.error).toMatchObject({
      code: 'PLAN_CHANGED',
      details: {
        differences: [
          { path: 'repository', before: 'absent', after: 'diverged' },
        ],
      },
    });
    const { body: names } = await mira().get(`/names/service/${body.name}`);
    expect(names.free).toBe(true);
  });

  it('tell strangers whose a name is, and its people what differs', async () => {
    const { body } = await create();
    const other = { ...body, spec: await specOf({ owner: SHOP }) };
    const { body: taken } = await anna().post('/requests', other).expect(409);
    expect(taken.error).toMatchObject({
      code: 'NAME_TAKEN',
      details: { owner: PAYMENTS },
    });
    const { body: plan } = await anna().post('/plan', other).expect(200);
    expect(plan.obstacles[0]).toMatchObject({ code: 'name.taken' });
    const { body: name } = await anna()
      .get(`/names/service/${body.name}?owner=${SHOP}`)
      .expect(200);
    expect(name).toMatchObject({
      free: false,
      reason: { code: 'name.taken' },
      suggestion: expect.stringContaining('svc'),
      ownerAllowed: true,
      quota: [{ kind: 'owner' }, { kind: 'running' }],
    });
  });

  it('refuse names, owners and templates that cannot be', async () => {
    const refused = async (
      name: string,
      status: number,
      other: Parameters<typeof bodyOf>[1] = {},
    ) => {
      const { body } = await mira()
        .post('/requests', await bodyOf(name, other))
        .expect(status);
      return body.error.message;
    };
    expect(await refused('node', 400)).toContain('node-service would do');
    expect(await refused(fresh(), 403, { spec: { owner: SHOP } })).toContain(
      SHOP,
    );
    expect(
      await refused(fresh(), 400, { spec: { template: wrong } }),
    ).toContain('take version 1.0.0');
    await backend.asPlatform(async () => {
      expect(
        await refused(fresh(), 400, {
          spec: { owner: 'group:default/nobody' },
        }),
      ).toContain('no group');
    });
    const github = { host: 'github', owner: 'acme' } as const;
    expect(
      await refused(fresh(), 409, { spec: { repository: github } }),
    ).toContain('No module for github');
  });

  it('are updated from what was looked at only, and never into another service', async () => {
    const { id: requestId, body, specDigest } = await create();
    const update = async (spec: object, ifDigest: string | undefined) =>
      mira().post('/requests', {
        ...body,
        mode: 'update',
        ifDigest,
        spec: { ...body.spec, ...spec },
      });
    const missing = await update({ description: 'New' }, undefined);
    expect(missing.body.error).toMatchObject({
      code: 'STALE_DIGEST',
      details: { specDigest },
    });
    const fixed = await update({ owner: SHOP }, specDigest);
    expect(fixed.status).toBe(422);
    expect(fixed.body.error).toMatchObject({
      code: 'FIXED_FIELD',
      details: { differences: [{ path: 'owner' }] },
    });
    const updated = await update({ description: 'New' }, specDigest);
    expect(updated.status).toBe(202);
    await backend.settle();
    const stale = await update({ description: 'Newer' }, specDigest);
    expect(stale.body.error.code).toBe('STALE_DIGEST');
    expect(await read(requestId)).toMatchObject({
      state: 'ready',
      revision: 2,
      spec: { description: 'New' },
      run: { kind: 'update' },
    });
    const { body: revisions } = await mira()
      .get(`/requests/${requestId}/revisions`)
      .expect(200);
    expect(
      revisions.items.map((item: { revision: number }) => item.revision),
    ).toEqual([2, 1]);
    expect(revisions.items[0].changes).toEqual([
      expect.objectContaining({ code: 'spec.changed' }),
    ]);
    const { body: bundle } = await mira()
      .get(`/requests/${requestId}/bundle?revision=1`)
      .expect(200);
    const file = bundle.files.find(
      ({ path }: { path: string }) => path === 'README.md',
    );
    expect(Buffer.from(file.bytes, 'base64').toString()).toBe(
      `# ${body.name}\n`,
    );
  });

  it('are not taken on while operators pause, and go on afterwards', async () => {
    const body = await bodyOf(fresh());
    await mira()
      .post('/operator/pause', { paused: true, reason: 'Disk is full' })
      .expect(403);
    await backend.asPlatform(async () => {
      await backend
        .person(LENA)
        .post('/operator/pause', { paused: true, reason: 'Disk is full' })
        .expect(200);
    });
    const { body: refused } = await mira().post('/requests', body).expect(409);
    expect(refused.error).toMatchObject({ code: 'PAUSED' });
    expect(refused.error.message).toContain('Disk is full');
    const { body: templates } = await mira().get('/templates').expect(200);
    expect(templates.paused).toMatchObject({ code: 'paused' });
    await backend.asPlatform(async () => {
      const { body: operator } = await mira().get('/operator').expect(200);
      expect(operator.paused).toMatchObject({
        reason: 'Disk is full',
        by: LENA,
      });
      await mira()
        .post('/operator/pause', { paused: false, reason: 'Disk is new' })
        .expect(200);
    });
    await mira().post('/requests', body).expect(202);
    await backend.settle();
  });

  it('for practice are one alive a person, and end by themselves', async () => {
    const body = await bodyOf(fresh(), {
      practice: true,
      spec: { owner: DOJO },
    });
    const { body: made } = await anna().post('/requests', body).expect(202);
    await backend.settle();
    const second = await bodyOf(fresh(), {
      practice: true,
      spec: { owner: DOJO },
    });
    const { body: refused } = await anna()
      .post('/requests', second)
      .expect(409);
    expect(refused.error).toMatchObject({
      code: 'PRACTICE_ALIVE',
      details: { id: made.id },
    });
    const { body: seen } = await anna().get(`/requests/${made.id}`).expect(200);
    const left = Date.parse(seen.endsAt) - Date.now();
    expect(left / 3_600_000).toBeCloseTo(24, 0);
    const told = () => backend.notified.map(({ payload }) => payload.title);
    await backend
      .db('requests')
      .where('id', made.id)
      .update({ ends_at: Date.now() + 1_800_000 });
    await backend.scheduler.triggerTask('provisioning-practice');
    await until(async () =>
      told().some(title => title.includes('practice ends')),
    );
    expect(told()).toContain(`${body.name} is ready`);
    await backend
      .db('requests')
      .where('id', made.id)
      .update({ ends_at: Date.now() - 1 });
    await backend.scheduler.triggerTask('provisioning-practice');
    await until(
      async () =>
        (
          await backend.db('requests').where('id', made.id).first('state')
        ).state === 'destroyed',
    );
    await backend.settle();
  });

  it('are handed over when both sides agree', async () => {
    const { id: requestId, body } = await create();
    const path = `/requests/${requestId}/transfer`;
    await mira().post(path, { accept: true }).expect(403);
    const { body: offered } = await mira().post(path, { to: SHOP }).expect(200);
    expect(offered).toEqual({ id: requestId, owner: PAYMENTS, pending: SHOP });
    await anna().get(`/requests/${requestId}`).expect(200);
    const { body: taken } = await anna()
      .post(path, { accept: true })
      .expect(200);
    expect(taken).toEqual({ id: requestId, owner: SHOP });
    const { body: seen } = await anna()
      .get(`/requests/${requestId}`)
      .expect(200);
    expect(seen).toMatchObject({ owner: SHOP, spec: { owner: SHOP } });
    // The spec of now is theirs: it is the same request, and no update.
    await anna()
      .post('/requests', { ...body, spec: await specOf({ owner: SHOP }) })
      .expect(200);
    await backend.person(TOM).get(`/requests/${requestId}`).expect(404);
  });

  it('deploy a push at once, and of those that wait the newest only', async () => {
    const { id: requestId } = await create();
    const { asks } = backend.localHost;
    const push = (sha: string) =>
      asks!.pushed({ requestId, commit: sha.repeat(40), by: MIRA });
    backend.world.before = async ({ effect }) => {
      if (effect.type === 'service:build') {
        backend.world.before = async () => {};
        await push('b');
        await push('c');
      }
    };
    await push('a');
    await backend.settle();
    const { body } = await mira()
      .get(`/requests/${requestId}/effects`)
      .expect(200);
    expect(body.runs.map(({ kind }: { kind: string }) => kind)).toEqual([
      'deploy',
      'deploy',
      'create',
    ]);
    const commits = await backend
      .db('runs')
      .where('request_id', requestId)
      .orderBy('number')
      .pluck('wanted_commit');
    expect(commits).toEqual([null, 'a'.repeat(40), 'c'.repeat(40)]);
    // What the portal pushes itself, its runs know.
    await asks!.pushed({ requestId, commit: 'd'.repeat(40), by: undefined });
    expect((await read(requestId)).waitingCommit).toBeNull();
  });

  it('are taken down after their name was typed, and nobody needs them', async () => {
    const { id: requestId, body } = await create();
    const path = `/requests/${requestId}/destroy`;
    const { body: typo } = await mira()
      .post(path, { confirm: 'x' })
      .expect(422);
    expect(typo.error.code).toBe('NOT_CONFIRMED');

    const component = `component:default/${body.name}`;
    backend.organisation.others.push(
      entityOf(component, [
        { type: 'dependencyOf', targetRef: 'component:default/till' },
      ]),
    );
    const { body: needed } = await mira()
      .post(path, { confirm: body.name })
      .expect(409);
    expect(needed.error).toMatchObject({
      code: 'HAS_DEPENDANTS',
      details: {
        dependants: [{ params: { entity: 'component:default/till' } }],
      },
    });
    const { body: preview } = await mira()
      .get(`/requests/${requestId}/destruction`)
      .expect(200);
    expect(preview.dependants).toHaveLength(1);
    expect(
      preview.goes.map(({ effect }: { effect: string }) => effect),
    ).toContain('repo:ensure');
    expect(
      preview.stays.map(
        ({ thing }: { thing: { effect: string } }) => thing.effect,
      ),
    ).toEqual(['events:tell']);
    await mira().post(path, { confirm: body.name, force: true }).expect(403);
    backend.organisation.others.length = 0;

    await mira().post(path, { confirm: body.name }).expect(202);
    await backend.settle();
    await mira().post(path, { confirm: body.name }).expect(200);
    expect(await read(requestId)).toMatchObject({
      state: 'destroyed',
      service: { state: 'none' },
      things: [],
    });
    // The name is free, and the old request can be read on.
    const { body: anew } = await mira().post('/requests', body).expect(202);
    expect(anew.id).not.toBe(requestId);
    await backend.settle();
  });

  it('say why they failed, and are retried by whoever may', async () => {
    backend.world.play('repo:ensure', 'failed');
    const body = await bodyOf(fresh());
    const { body: made } = await mira().post('/requests', body).expect(202);
    await backend.settle();
    const failed = await read(made.id);
    expect(failed).toMatchObject({
      state: 'failed',
      reason: { code: 'run.threw' },
    });
    const allowed = (action: string) =>
      failed.allowances.find(
        (each: { action: string }) => each.action === action,
      ).allowed;
    expect(
      ['retry', 'destroy', 'cancel', 'forget', 'start'].map(allowed),
    ).toEqual([true, true, false, false, false]);
    const { body: again } = await backend
      .person(TOM)
      .post(`/requests/${made.id}/retry`, {})
      .expect(202);
    expect(again.runId).not.toBe(made.runId);
    await backend.settle();
    expect(await read(made.id)).toMatchObject({
      state: 'ready',
      requester: MIRA,
      run: { initiator: TOM },
    });
    const { body: log } = await mira()
      .get(`/requests/${made.id}/logs?effect=repo:ensure`)
      .expect(200);
    expect(log).toMatchObject({
      lines: [{ stream: 'portal', text: 'made repo:ensure' }],
      ended: true,
    });
    const { body: rest } = await mira()
      .get(`/requests/${made.id}/logs?effect=repo:ensure&after=${log.next}`)
      .expect(200);
    expect(rest.lines).toEqual([]);
  });

  it('tell the catalog what the host of their repositories says, and no person', async () => {
    const { id: requestId, body } = await create();
    const entity = {
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Component' as const,
      metadata: { name: body.name },
      spec: { type: 'service', lifecycle: 'production', owner: PAYMENTS },
    };
    const asOf = new Date(0).toISOString();
    const asked: object[] = [];
    const { entities } = backend.localHost;
    backend.localHost.entities = async query => {
      asked.push(query);
      return { asOf, items: [{ requestId, entity }], nextCursor: 'more' };
    };
    const { body: told } = await backend.service
      .get('/entities?limit=7&cursor=there')
      .expect(200);
    expect(told).toEqual({
      asOf,
      items: [{ requestId, entity }],
      nextCursor: 'more',
    });
    expect(asked).toEqual([{ limit: 7, cursor: 'there' }]);
    await mira().get('/entities').expect(403);
    backend.localHost.entities = entities;
  });

  it('tell other plugins after the commit, and screens no more than tags', async () => {
    backend.announced.length = 0;
    backend.signals.length = 0;
    const { id: requestId } = await create();
    const topics = backend.announced
      .filter(
        ({ eventPayload }) => (eventPayload as { id: string }).id === requestId,
      )
      .map(({ topic, eventPayload }) => {
        const schema = provisioningEvents[topic as ProvisioningTopic];
        expect(schema.parse(eventPayload)).toEqual(eventPayload);
        return topic;
      });
    expect(topics).toEqual([
      'provisioning.request.accepted',
      'provisioning.request.ready',
    ]);
    await until(async () =>
      JSON.stringify(backend.signals).includes(signalTag(requestId)),
    );
    expect(JSON.stringify(backend.signals)).not.toContain(requestId);
  });

  it('show operators what is stuck and how to undo it by hand', async () => {
    backend.world.play('repo:ensure', 'person');
    const { id: requestId } = await create();
    await backend.asPlatform(async () => {
      const { body } = await mira().get('/operator').expect(200);
      const stuck = body.stuck.find(
        (each: { id: string }) => each.id === requestId,
      );
      expect(stuck).toMatchObject({ state: 'needs_person', owner: PAYMENTS });
      expect(stuck.byHand.map(({ code }: { code: string }) => code)).toEqual([
        'byhand.local_repository',
        'byhand.retry',
      ]);
      expect(body.leases).toContainEqual(
        expect.objectContaining({ name: 'local-host' }),
      );
      expect(body.templates).toContainEqual(
        expect.objectContaining({ name: 'small-api', version: '1.0.0' }),
      );
    });
  });
});

describe.each(databases.eachSupportedId())('quotas, %s', id => {
  it.each([
    ['of an owner', { perOwner: 3, running: 100 }],
    ['of what runs', { perOwner: 100, running: 3 }],
  ])('%s hold against any number of callers at once', async (_, quota) => {
    const backend = await createTestBackend({
      db: await databases.init(id),
      settings: { quota },
    });
    const bodies = await Promise.all(
      Array.from({ length: 8 }, (__, n) => bodyOf(`svc-${n}`)),
    );
    const answers = await Promise.all(
      bodies.map(async body => backend.person(MIRA).post('/requests', body)),
    );
    const accepted = answers.filter(({ status }) => status === 202);
    const refused = answers.filter(({ status }) => status === 409);
    expect([accepted.length, refused.length]).toEqual([3, 5]);
    for (const { body } of refused) {
      expect(body.error).toMatchObject({
        code: 'QUOTA_EXCEEDED',
        details: {
          quota: { limit: 3, used: 3, holders: [{ who: PAYMENTS, count: 3 }] },
        },
      });
    }
    await backend.settle();
    expect(await backend.db('requests').pluck('state')).toEqual(
      Array(3).fill('ready'),
    );
  });

  it('do not count one name twice: of callers at once, all get the same run', async () => {
    const backend = await createTestBackend({ db: await databases.init(id) });
    const body = await bodyOf('shop');
    const answers = await Promise.all(
      Array.from({ length: 6 }, async () =>
        backend.person(MIRA).post('/requests', body),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([
      200, 200, 200, 200, 200, 202,
    ]);
    expect(new Set(answers.map(answer => answer.body.runId)).size).toBe(1);
    await backend.settle();
    expect(backend.world.made).toHaveLength(6);
  });
});

async function until(holds: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error('It never came to that');
    await new Promise(resolve => setTimeout(resolve, 10));
  }
}
