import {
  at,
  broke,
  CART,
  committed,
  deployed,
  describeSettled,
  of,
  pulled,
  SHOP,
  SHOP_REPOSITORY,
} from '../../__testUtils__/settled';
import { component } from '../../__testUtils__/component';
import { NOW, sha } from '../../__testUtils__/harness';
import { mappingOf } from '../../jobs/mappingOf';
import { saveMappings } from '../../jobs/refreshMapping';
import { deriveContextOf } from '../../derive/deriveContext';
import { inTransaction } from '@fawkes/kit-backend/sql';
import type { Settled } from '../../__testUtils__/settled';

/** Reads the catalog anew: the shop, with these annotations besides. */
async function annotate(
  settled: Settled,
  annotations: Record<string, string>,
): Promise<void> {
  const shop = component('shop', {
    'github.com/project-slug': 'acme/shop',
    ...annotations,
  });
  const { dayOf } = deriveContextOf(settled.config);
  await inTransaction(settled.db, tx =>
    saveMappings(tx, new Map([[SHOP, mappingOf(shop)]]), { now: NOW, dayOf }),
  );
  await settled.settle();
}

const bot = (name: string, fields: object = {}) => ({
  bot: true,
  botName: name,
  ...fields,
});

const CHANGES = [
  committed('c0', '01T08:00'),
  deployed('d0', '01T09:00', of('c0')),
  committed('c1', '02T08:00', ['c0'], bot('renovate[bot]')),
  committed('c2', '02T08:10', ['c1'], bot('mender[bot]', { title: 'Mend' })),
  committed('c3', '02T08:20', ['c2'], bot('mender[bot]', { title: 'Bump' })),
  committed('c4', '02T08:30', ['c3']),
  pulled(1, '02T08:40', {
    headSha: sha('c1'),
    mergeSha: sha('c1'),
    commits: [sha('c1')],
    labels: ['Security'],
    ...bot('renovate[bot]'),
  }),
  deployed('d1', '02T09:00', of('c4')),
];

const BOTS = 'fawkes.dev/delivery-bots';
const INCIDENTS = 'fawkes.dev/delivery-incidents';

describeSettled('settled: which bots count', settled => {
  const told = async (rules: string) => {
    await annotate(settled(), rules === '' ? {} : { [BOTS]: rules });
    return (await settled().brought()).d1;
  };

  it('is said by the annotation, and told anew when it changes', async () => {
    await settled().say(...CHANGES);
    const all = ['#1', 'c1', 'c2', 'c3', 'c4'];
    expect(await told('')).toEqual(all);
    expect(await told('none')).toEqual(['c4']);
    expect(await told('none, name=Mender*')).toEqual(['c2', 'c3', 'c4']);
    expect(await told('!title=bump*')).toEqual(['#1', 'c1', 'c2', 'c4']);
    expect(await told('none, label=security')).toEqual(['#1', 'c1', 'c4']);
    expect(await told('!label=security')).toEqual(['c2', 'c3', 'c4']);
    // A rule about bots says nothing about people.
    expect(await told('!title=*')).toEqual(['#1', 'c1', 'c4']);
    expect(await told('')).toEqual(all);
  });

  it('follows the labels of the pull request, whenever they are told', async () => {
    await settled().say(...CHANGES);
    expect(await told('!label=skip')).toContain('c1');
    await settled().say(
      pulled(1, '02T08:40', {
        headSha: sha('c1'),
        mergeSha: sha('c1'),
        commits: [sha('c1')],
        labels: ['skip'],
        ...bot('renovate[bot]'),
        occurredAt: at('03T08:00'),
      }),
    );
    expect((await settled().brought()).d1).toEqual(['c2', 'c3', 'c4']);
  });

  it('is not the pull request of a bot that people merge', async () => {
    await settled().say(
      CHANGES[0],
      CHANGES[1],
      committed('b1', '02T08:00', ['c0'], bot('renovate[bot]')),
      committed('m1', '02T08:30', ['c0', 'b1']),
      pulled(2, '02T08:30', {
        headSha: sha('b1'),
        mergeSha: sha('m1'),
        commits: [sha('b1')],
        ...bot('renovate[bot]'),
      }),
      deployed('d1', '02T09:00', of('m1')),
    );
    expect(await told('')).toEqual(['#2', 'b1']);
    expect(await told('none')).toBeUndefined();
  });
});

describeSettled(
  'settled: which bots count, by configuration',
  settled => {
    it('goes by the switch where no rule says anything', async () => {
      await settled().say(...CHANGES);
      expect((await settled().brought()).d1).toEqual(['c2', 'c4']);
    });

    it('gives way to the annotation where they differ', async () => {
      await settled().say(...CHANGES);
      await annotate(settled(), { [BOTS]: '!title=mend, label=security' });
      expect((await settled().brought()).d1).toEqual(['#1', 'c1', 'c4']);
      await annotate(settled(), { [BOTS]: 'all' });
      expect((await settled().brought()).d1).toEqual([
        '#1',
        'c1',
        'c2',
        'c3',
        'c4',
      ]);
    });
  },
  { countBots: false, bots: ['title=mend', '!label=security'] },
);

describeSettled('settled: which incidents count', settled => {
  const mttr = async () => (await settled().metrics([SHOP])).metrics.mttr.count;
  const told = async (rules: string) => {
    await annotate(settled(), rules === '' ? {} : { [INCIDENTS]: rules });
    return { links: await settled().linked(), mttr: await mttr() };
  };
  const resolved = (id: string, time: string, fields: object = {}) =>
    broke(id, time, { resolvedAt: at('20T00:00'), ...fields });

  it('is said by the annotation too, and told anew when it changes', async () => {
    await settled().say(
      deployed('d1', '01T09:00'),
      deployed('d2', '02T09:00'),
      resolved('low', '01T10:00', { severity: 'SEV3' }),
      resolved('drill', '01T11:00', { severity: 'sev1', title: 'A drill' }),
      resolved('named', '05T10:00', { severity: 'sev3', causedBy: 'd2' }),
      resolved('silent', '02T10:00'),
    );
    const everything = {
      links: ['drill → d1', 'low → d1', 'named → d2', 'silent → d2'],
      mttr: 4,
    };
    expect(await told('')).toEqual(everything);
    expect(await told('!severity=sev3')).toEqual({
      links: ['drill → d1', 'silent → d2'],
      mttr: 2,
    });
    expect(await told('!title=*drill*')).toEqual({
      links: ['low → d1', 'named → d2', 'silent → d2'],
      mttr: 3,
    });
    // What nobody told is not of a severity.
    expect(await told('none, severity=sev1')).toEqual({
      links: ['drill → d1'],
      mttr: 1,
    });
    expect(await told('none')).toEqual({ links: [], mttr: 0 });
    expect(await told('')).toEqual(everything);
  });

  it('is looked at again when an incident is told otherwise', async () => {
    await settled().say(deployed('d1', '01T09:00'));
    await annotate(settled(), { [INCIDENTS]: '!severity=low' });
    await settled().say(resolved('i', '01T10:00', { severity: 'low' }));
    expect(await settled().linked()).toEqual([]);
    expect(await mttr()).toBe(0);
    await settled().say(
      resolved('i', '01T10:00', {
        severity: 'high',
        occurredAt: at('21T00:00'),
      }),
    );
    expect(await settled().linked()).toEqual(['i → d1']);
    expect(await mttr()).toBe(1);
  });

  it('holds for what an incident names of another service too', async () => {
    await settled().say(
      deployed('other', '01T09:00', { service: CART }),
      resolved('i', '01T10:00', { severity: 'low', causedBy: 'other' }),
    );
    expect(await told('!severity=low')).toEqual({ links: [], mttr: 0 });
    expect(await told('')).toEqual({ links: ['i → other'], mttr: 1 });
  });

  it('does not count an incident of staging, whatever is said', async () => {
    await settled().say(
      deployed('d1', '01T09:00'),
      resolved('i', '01T10:00', { severity: 'sev1', environment: 'staging' }),
    );
    expect(await told('all, severity=sev1')).toEqual({ links: [], mttr: 0 });
  });
});

describeSettled(
  'settled: which incidents count, by configuration',
  settled => {
    it('gives way to the annotation of the service where they differ', async () => {
      await settled().say(
        deployed('d1', '01T09:00'),
        broke('low', '01T10:00', { severity: 'low' }),
        broke('high', '01T11:00', { severity: 'high' }),
      );
      expect(await settled().linked()).toEqual(['high → d1']);
      await annotate(settled(), {
        [INCIDENTS]: 'severity=low, !severity=high',
      });
      expect(await settled().linked()).toEqual(['low → d1']);
    });
  },
  { incidents: ['!severity=low'] },
);

it('the shop lives where its facts are', () => {
  const shop = component('shop', { 'github.com/project-slug': 'acme/shop' });
  expect(mappingOf(shop)).toMatchObject({
    service: SHOP,
    repositories: [SHOP_REPOSITORY],
  });
});
