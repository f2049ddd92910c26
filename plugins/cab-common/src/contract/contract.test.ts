import { accessible } from './__testUtils__/accessible';
import { createChangeBodySchema, gateBodySchema, plannedWindowSchema } from '.';
import { DUTIES } from '../rules/people';
import { LEVER_IDS } from '../rules/risk';
import { riskInputsSchema, replayBodySchema } from './risk';
import { cabRoutes } from './routes';
import { voteBodySchema } from './votes';
import { cabWords } from './words';

const body = {
  entityRef: 'component:default/shop',
  environment: 'test',
  headSha: 'a'.repeat(40),
  title: 'Mend the basket',
};

describe('the contract', () => {
  it('has no score in a request: the server works it out', () => {
    const asked = createChangeBodySchema.safeParse({ ...body, score: 0 });
    expect(asked.error?.issues[0]).toMatchObject({ code: 'unrecognized_keys' });
    expect(voteBodySchema.safeParse({ decision: 'approve' }).success).toBe(
      false,
    );
    expect(
      gateBodySchema.safeParse({ ...body, verdict: 'allow' }).success,
    ).toBe(false);
  });

  it('completes references in lower case, and bounds texts', () => {
    const asked = createChangeBodySchema.parse({ ...body, entityRef: 'Shop' });
    expect(asked).toMatchObject({
      entityRef: 'component:default/shop',
      description: '',
      window: null,
      type: 'normal',
    });
    for (const wrong of [
      { headSha: 'main' },
      { headSha: 'A'.repeat(40) },
      { artifactDigest: 'latest' },
      { environment: '' },
      { title: 'x'.repeat(1_000) },
      { type: 'policy' },
    ]) {
      expect(
        createChangeBodySchema.safeParse({ ...body, ...wrong }).success,
      ).toBe(false);
    }
  });

  it('has windows that end after they begin, within 30 days', () => {
    const window = (from: string, to: string) =>
      plannedWindowSchema.safeParse({ from, to }).success;
    expect(window('2026-01-01T00:00:00Z', '2026-01-31T00:00:00Z')).toBe(true);
    expect(window('2026-01-01T00:00:00Z', '2026-01-31T00:00:01Z')).toBe(false);
    expect(window('2026-01-01T00:00:00Z', '2026-01-01T01:00:00+01:00')).toBe(
      false,
    );
  });

  it('takes facts that are on no ladder, and no facts that are none', () => {
    const fact = {
      value: 'nonsense',
      source: 'x',
      observedAt: '2026-01-01T00:00:00Z',
    };
    expect(riskInputsSchema.safeParse({ window: fact }).success).toBe(true);
    expect(riskInputsSchema.safeParse({ moon: fact }).success).toBe(false);
    expect(
      riskInputsSchema.safeParse({ window: { ...fact, value: [1] } }).success,
    ).toBe(false);
    const wide = Object.fromEntries(
      [...'abcdefghijklmnopq'].map(key => [key, 1]),
    );
    expect(
      riskInputsSchema.safeParse({ tests: { ...fact, value: wide } }).success,
    ).toBe(false);
    expect(
      replayBodySchema.safeParse({ modelVersion: '1.0.0', asOf: 'now' })
        .success,
    ).toBe(false);
  });

  it('says every duty and every lever in words', () => {
    for (const code of [
      ...DUTIES.map(duty => `vote.excluded.${duty}`),
      ...LEVER_IDS.map(lever => `lever.${lever}`),
    ]) {
      expect(cabWords.codes).toContain(code);
    }
  });

  it('lets services ask the gate, ask for and run what it allowed, and read; they decide nothing', () => {
    expect(accessible(cabRoutes, 'service')).toEqual([
      'askGate',
      'exportChange',
      'exportRecord',
      'finishRun',
      'getCalendar',
      'getChange',
      'getChanges',
      'getDelegations',
      'getEnvironments',
      'getEvidence',
      'getException',
      'getExceptions',
      'getKeys',
      'getRecord',
      'previewRisk',
      'replayRisk',
      'requestByCi',
      'startRun',
    ]);
  });
});
