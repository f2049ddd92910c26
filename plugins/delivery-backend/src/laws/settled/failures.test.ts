import { sha } from '../../__testUtils__/harness';
import {
  at,
  broke,
  CART,
  committed,
  deployed,
  describeSettled,
  of,
  SHOP,
  SHOP_REPOSITORY,
} from '../../__testUtils__/settled';
import { markDeployment } from '../../intake/markDeployment';
import { removeSource } from '../../intake/removeSource';
import { NOW } from '../../__testUtils__/harness';

describeSettled('settled: incidents', settled => {
  it.each([
    ['at the finish', '02T10:00', ['i → d1']],
    ['before the next', '03T08:59', ['i → d1']],
    ['at the finish of the next', '03T09:00', ['i → d2']],
    ['W later, inclusive', '04T09:00', ['i → d2']],
    ['more than W later', '04T09:01', []],
    ['before any', '02T09:59', []],
  ])('belongs to the last deployment: opened %s', async (_, opened, links) => {
    await settled().say(
      broke('i', opened),
      deployed('d1', '02T10:00'),
      deployed('d2', '03T09:00'),
      deployed('failed', '03T09:00', { status: 'failure' }),
      deployed('cart', '03T10:00', { service: CART }),
      deployed('staged', '03T10:00', { environment: 'staging' }),
    );
    expect(await settled().linked()).toEqual(links);
  });

  it('moves to a deployment that is told later', async () => {
    await settled().say(deployed('d1', '02T10:00'), broke('i', '02T12:00'));
    expect(await settled().linked()).toEqual(['i → d1']);
    await settled().say(deployed('d2', '02T11:00'));
    expect(await settled().linked()).toEqual(['i → d2']);
    const { d1, d2 } = await settled().rows();
    expect([d1.failed, d2.failed]).toEqual([false, true]);
  });

  it('reaches back to what had not recovered, however long before', async () => {
    await settled().say(deployed('d1', '02T10:00'), broke('i', '02T11:00'));
    for (const day of ['04', '05', '06', '07']) {
      await settled().say(deployed(`d${day}`, `${day}T10:00`));
    }
    expect((await settled().rows()).d1).toMatchObject({
      failed: true,
      recovered_at: null,
    });
    await settled().say(deployed('mend', '08T10:00', { kind: 'hotfix' }));
    const rows = await settled().rows();
    expect(rows.d1).toMatchObject({
      recovered_at: Date.parse(at('08T10:00')),
      recovered_by: 'hotfix',
    });
    expect(rows.d07).toMatchObject({ failed: true, gap_seconds: 86_400 });
    expect(rows.mend).toMatchObject({ failed: false, gap_seconds: 86_400 });

    // And forgets it again when the mending one goes.
    await settled().say(
      deployed('mend', '08T10:00', {
        kind: 'hotfix',
        deleted: true,
        occurredAt: at('09T10:00'),
      }),
    );
    const after = await settled().rows();
    expect(after.d1).toMatchObject({ failed: true, recovered_at: null });
    expect(after.d07).toMatchObject({ failed: false });
  });

  it.each([
    ['id', 'd2'],
    ['sha', sha('c2')],
    ['upper-case sha', sha('c2').toUpperCase()],
    ['contained sha', sha('c1b')],
    ['artifact', 'pkg:oci/shop@2'],
  ])('follows the named cause: %s', async (_, causedBy) => {
    await settled().say(
      broke('i', '09T12:00', { causedBy }),
      committed('c1', '01T09:00'),
      committed('c1b', '02T08:00', ['c1']),
      committed('c2', '02T09:00', ['c1b']),
      deployed('d1', '01T10:00', of('c1')),
      deployed('d3', '03T10:00'),
    );
    expect(await settled().linked()).toEqual([]);
    await settled().say(
      deployed('d2', '02T10:00', { ...of('c2'), artifact: 'pkg:oci/shop@2' }),
    );
    expect(await settled().linked()).toEqual(['i → d2']);
  });

  it('goes by the window while nobody knows the cause, and says so', async () => {
    await settled().say(
      deployed('d1', '02T10:00'),
      broke('i', '02T11:00', { causedBy: 'd2' }),
    );
    expect(await settled().linked()).toEqual(['i → d1']);
    expect((await settled().quality()).unknownCauses).toMatchObject([
      { id: 'i', causedBy: 'd2' },
    ]);
    await settled().say(deployed('d2', '01T10:00'));
    expect(await settled().linked()).toEqual(['i → d2']);
    expect((await settled().quality()).unknownCauses).toEqual([]);
  });

  it('holds whatever the clock says when it means one deployment', async () => {
    await settled().say(
      deployed('d1', '02T10:00'),
      broke('j', '02T09:00', { causedBy: 'd1' }),
    );
    expect(await settled().linked()).toEqual(['j → d1']);
  });

  it('links to nothing, by no rule, what is known and not in production', async () => {
    await settled().say(
      deployed('d1', '02T10:00'),
      deployed('s1', '02T10:30', { environment: 'staging' }),
      committed('c9', '02T10:00'),
      broke('i', '02T11:00', { causedBy: 's1' }),
      broke('j', '02T11:00', { causedBy: sha('c9') }),
    );
    expect(await settled().linked()).toEqual([]);
    expect((await settled().quality()).unknownCauses).toEqual([]);
  });

  it('links to none of several that had not started, and lists it', async () => {
    const artifact = 'pkg:oci/shop@1';
    await settled().say(
      deployed('d1', '02T10:00', { artifact }),
      deployed('d2', '03T10:00', { artifact }),
      broke('i', '01T10:00', { causedBy: artifact }),
    );
    expect(await settled().linked()).toEqual([]);
    const [listed] = (await settled().quality()).unknownCauses;
    expect(listed.reasonSaid.code).toBe('incident_cause.ambiguous');
  });

  it.each([
    ['in code', name => `\`${name}\``],
    ['in quotes with a full stop', name => `"${name}".`],
    [
      'as the address of the commit',
      name => `https://github.com/acme/shop/commit/${name}`,
    ],
    ['shortened', name => name.slice(0, 9)],
    ['in upper case', name => name.toUpperCase()],
  ] as Array<[string, (name: string) => string]>)(
    'is understood %s, whichever is told first',
    async (_, write) => {
      const [a, b] = ['a', 'b'].map(letter => letter.repeat(40));
      const carries = (name: string) => ({
        repository: SHOP_REPOSITORY,
        sha: name,
      });
      await settled().say(broke('i', '09T11:00', { causedBy: write(b) }));
      await settled().say(
        committed('c1', '01T09:00', [], { sha: a }),
        committed('c2', '02T09:00', [], { sha: b, parents: [a] }),
        deployed('d1', '01T10:00', carries(a)),
        deployed('d2', '02T10:00', carries(b)),
        deployed('d3', '09T10:00', carries(b)),
      );
      // Several carry it: the latest that had started.
      expect(await settled().linked()).toEqual(['i → d3']);
      expect((await settled().quality()).unknownCauses).toEqual([]);
    },
  );

  it('means nothing when the beginning of a sha means two commits', async () => {
    const shas = ['1', '2'].map(last => `${'c'.repeat(39)}${last}`);
    await settled().say(
      committed('c1', '01T09:00', [], { sha: shas[0] }),
      deployed('d1', '01T10:00', {
        repository: SHOP_REPOSITORY,
        sha: shas[0],
      }),
      deployed('d2', '05T10:00'),
      broke('i', '05T11:00', { causedBy: 'ccccccc' }),
    );
    expect(await settled().linked()).toEqual(['i → d1']);
    // Told by itself, it is in no deployment and makes the name unclear.
    await settled().say(committed('c2', '01T09:00', [], { sha: shas[1] }));
    expect(await settled().linked()).toEqual(['i → d2']);
    expect((await settled().quality()).unknownCauses).toHaveLength(1);
  });

  it('is found by the address of a deployment, also the portal’s own', async () => {
    await settled().say(
      deployed('d1', '02T10:00'),
      deployed('d2', '03T10:00'),
      deployed('d3', '04T10:00'),
    );
    const { d2 } = await settled().rows();
    await settled().say(
      broke('i', '09T11:00', {
        causedBy: 'https://ci.acme.io/acme/shop/deployments/d1?tab=log',
      }),
      broke('j', '09T11:00', {
        causedBy: `https://portal.acme.io/delivery/deployments/${d2.key}`,
      }),
    );
    expect(await settled().linked()).toEqual(['i → d1', 'j → d2']);
  });

  it('means the latest match that started before it opened', async () => {
    const artifact = 'pkg:oci/shop@1';
    await settled().say(
      deployed('d1', '02T10:00', { artifact }),
      deployed('d2', '03T10:00', { artifact }),
      deployed('d3', '05T10:00', { artifact }),
      broke('i', '04T10:00', { causedBy: artifact, service: undefined }),
    );
    expect(await settled().linked()).toEqual(['i → d2']);
  });

  it('is linked by deriving alone; intake says which are stale', async () => {
    await settled().say(deployed('d1', '02T10:00'));
    const { db, tell, receive, settle } = settled();
    const links = () => db('incident_links').select('rule');
    const stale = () => db('dirty_incidents').pluck('incident_key');
    await tell([
      broke('named', '02T11:00', { causedBy: 'd1', service: undefined }),
      broke('near', '02T11:00'),
    ]);
    await receive();
    expect(await links()).toEqual([]);
    // The other is found by its service.
    expect(await stale()).toHaveLength(1);
    await settle();
    expect(await stale()).toEqual([]);
    expect(await links()).toEqual([{ rule: 'caused-by' }, { rule: 'window' }]);

    await removeSource(db, 'pager', settled().apply);
    expect(await stale()).toHaveLength(1);
    await settle();
    expect(await links()).toEqual([]);
    expect((await settled().rows()).d1).toMatchObject({ failed: false });
  });

  it('leaves its deployment when it is told anew', async () => {
    await settled().say(
      deployed('d1', '02T10:00'),
      deployed('d2', '03T10:00'),
      broke('i', '03T11:00'),
    );
    expect(await settled().linked()).toEqual(['i → d2']);
    await settled().say(
      broke('i', '03T11:00', { causedBy: 'd1', occurredAt: at('03T12:00') }),
    );
    expect(await settled().linked()).toEqual(['i → d1']);
    await settled().say(
      broke('i', '03T11:00', { service: CART, occurredAt: at('03T13:00') }),
    );
    expect(await settled().linked()).toEqual([]);
    const { d1, d2 } = await settled().rows();
    expect([d1.failed, d2.failed]).toEqual([false, false]);
  });
});

describeSettled('settled: failure', settled => {
  it.each(['rollback', 'hotfix'])(
    'is what a %s follows directly, without a limit of time',
    async kind => {
      await settled().say(
        deployed('d1', '02T10:00'),
        deployed('d2', '03T10:00'),
        deployed('broken', '03T11:00', { status: 'failure' }),
        deployed('mend', '28T10:00', { kind }),
      );
      const { d1, d2, mend } = await settled().rows();
      expect([d1.failed, d2.failed, mend.failed]).toEqual([false, true, false]);
      expect(JSON.parse(d2.causes)).toMatchObject([
        { cause: `${kind}-followed`, fact: { id: 'mend' } },
      ]);
    },
  );

  it('is not what a config change or another environment follows', async () => {
    await settled().say(
      deployed('d1', '02T10:00'),
      deployed('d2', '02T11:00', { kind: 'config' }),
      deployed('d3', '02T12:00', { kind: 'rollback', environment: 'prod' }),
    );
    const rows = await settled().rows();
    expect(Object.values(rows).map(row => row.failed)).toEqual([
      false,
      false,
      false,
    ]);
  });

  it('counts a deployment once, whatever number of incidents it had: 23, 4, 6', async () => {
    const time = (n: number, minute = '00') =>
      `${String(n).padStart(2, '0')}T10:${minute}`;
    await settled().say(
      ...Array.from({ length: 23 }, (_, n) =>
        deployed(`d${n + 1}`, time(n + 1)),
      ),
      ...[3, 3, 3, 7, 11, 19].map((n, index) =>
        broke(`i${index}`, time(n, `1${index}`)),
      ),
    );
    const { metrics } = await settled().metrics([SHOP]);
    expect(metrics.changeFailRate).toMatchObject({ failed: 4, finished: 23 });
    expect(metrics.changeFailRate.rate.value).toBeCloseTo(0.174, 3);
  });

  it('is what a person says, against every rule', async () => {
    await settled().say(
      deployed('d1', '02T10:00'),
      broke('i', '02T11:00'),
      deployed('d2', '03T10:00'),
    );
    const mark = async (
      id: string,
      verdict: 'failed' | 'not_failed' | 'none',
    ) => {
      const { key } = (await settled().rows())[id];
      await markDeployment(
        settled().db,
        { key, service: SHOP },
        { verdict, reason: 'I was there' },
        'user:default/ada',
        NOW,
      );
      await settled().settle();
    };
    await mark('d1', 'not_failed');
    await mark('d2', 'failed');
    let rows = await settled().rows();
    expect([rows.d1.failed, rows.d2.failed]).toEqual([false, true]);
    const { metrics } = await settled().metrics([SHOP]);
    expect(metrics.changeFailRate.failed).toBe(1);
    // A mark outlives the deployment being told anew and derived again.
    await settled().say(
      deployed('d1', '02T10:00', { occurredAt: at('05T10:00') }),
    );
    expect((await settled().rows()).d1).toMatchObject({ failed: false });
    await mark('d1', 'none');
    rows = await settled().rows();
    expect([rows.d1.failed, rows.d2.failed]).toEqual([true, true]);
  });
});

describeSettled('settled: recovery', settled => {
  const d1 = deployed('d1', '02T10:00');
  const next = deployed('d2', '02T12:00');
  const hotfix = deployed('mend', '02T12:00', { kind: 'hotfix' });
  const incident = (id: string, resolved?: string) =>
    broke(id, '02T10:30', resolved ? { resolvedAt: at(resolved) } : {});

  it.each([
    [
      'the incident resolved',
      [incident('i', '02T11:00')],
      '02T11:00',
      'incident-resolved',
    ],
    [
      'all incidents resolved',
      [incident('i', '02T11:00'), incident('j', '02T11:30')],
      '02T11:30',
      'incident-resolved',
    ],
    [
      'open while one of them is',
      [incident('i', '02T11:00'), incident('j')],
      null,
      null,
    ],
    [
      'not the next success when incidents tell',
      [incident('i'), next],
      null,
      null,
    ],
    [
      'a hotfix, also while the incident is open',
      [incident('i'), hotfix],
      '02T12:00',
      'hotfix',
    ],
    [
      'the incident when it was resolved before the hotfix',
      [incident('i', '02T11:00'), hotfix],
      '02T11:00',
      'incident-resolved',
    ],
    [
      'a rollback',
      [deployed('back', '02T11:00', { kind: 'rollback' }), next],
      '02T11:00',
      'rollback',
    ],
    [
      'not a rollback that failed itself',
      [
        deployed('back', '02T11:00', { kind: 'rollback', status: 'failure' }),
        incident('i'),
      ],
      null,
      null,
    ],
    [
      'never before the finish',
      [broke('i', '02T10:00', { resolvedAt: at('02T10:00') })],
      '02T10:00',
      'incident-resolved',
    ],
  ])('is %s', async (_, events, recovered, by) => {
    await settled().say(d1, ...events);
    expect((await settled().rows()).d1).toMatchObject({
      failed: true,
      recovered_at: recovered === null ? null : Date.parse(at(recovered)),
      recovered_by: by,
    });
  });

  it('is its own time of telling for what was rolled back', async () => {
    const undone = deployed('d1', '02T10:00', {
      status: 'rolled_back',
      occurredAt: at('02T10:20'),
    });
    await settled().say(undone, next);
    expect((await settled().rows()).d1).toMatchObject({
      recovered_at: Date.parse(at('02T10:20')),
      recovered_by: 'rolled-back',
    });
  });

  it('is the next success for a failure without incidents', async () => {
    const undone = deployed('d1', '02T10:00', {
      status: 'rolled_back',
      occurredAt: at('05T10:00'),
    });
    await settled().say(
      undone,
      deployed('no', '02T11:00', { status: 'failure' }),
      next,
    );
    expect((await settled().rows()).d1).toMatchObject({
      recovered_at: Date.parse(at('02T12:00')),
      recovered_by: 'next-success',
    });
  });

  it('counts after the end of the window, and by switch from the detection', async () => {
    await settled().say(d1, incident('i', '09T10:00'));
    const window = { from: '2026-06-01', to: '2026-06-03' };
    const finished = await settled().metrics([SHOP], window);
    expect(finished.metrics.recoveryTime).toMatchObject({
      count: 1,
      open: 0,
      p50: { value: 7 * 86_400 },
    });
    const detected = await settled().metrics([SHOP], {
      ...window,
      recoveryFrom: 'detected',
    });
    expect(detected.metrics.recoveryTime.p50).toEqual({
      value: 7 * 86_400 - 1_800,
    });
  });

  it('lists open ones and does not average them; MTTR goes by its own', async () => {
    await settled().say(
      d1,
      incident('i'),
      broke('j', '09T10:00', { resolvedAt: at('09T11:00') }),
      broke('k', '09T10:00', { resolvedAt: at('09T13:00') }),
    );
    const { metrics } = await settled().metrics([SHOP]);
    expect(metrics.recoveryTime).toMatchObject({
      count: 0,
      open: 1,
      p50: { value: null },
    });
    expect(metrics.mttr).toMatchObject({
      count: 2,
      open: 1,
      mean: { value: 7_200 },
      median: { value: 7_200 },
    });
  });
});

describeSettled('settled: rework', settled => {
  it.each([
    [{}, null],
    [{ kind: 'deploy' }, null],
    [{ kind: 'config' }, null],
    [{ kind: 'hotfix' }, 'hotfix'],
    [{ kind: 'rollback' }, 'rollback'],
    [{ fixesIncident: 'i' }, 'fixes-incident'],
    [{ unplanned: true }, 'unplanned'],
    [{ unplanned: false }, null],
    [{ kind: 'hotfix', unplanned: false }, null],
    [{ fixesIncident: 'i', unplanned: false }, null],
    [{ kind: 'rollback', unplanned: true }, 'unplanned'],
    [{ kind: 'hotfix', status: 'failure' }, null],
  ])('of %j is %s', async (fields, reason) => {
    await settled().say(deployed('d', '02T10:00', fields));
    expect((await settled().rows()).d).toMatchObject({
      rework: reason !== null,
      rework_reason: reason,
    });
  });
});
