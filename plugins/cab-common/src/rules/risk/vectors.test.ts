import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { RiskInputs } from '../../contract';
import vectors from './__fixtures__/vectors-1.0.0.json';
import { GOLDEN } from './__testUtils__/facts';
import { bodyOf } from './__testUtils__/inputs';
import { RISK_MODELS } from './models';
import { blocksSubmit, replay, scoreOf } from './score';

const { model } = RISK_MODELS.get('1.0.0')!;

describe('the golden vectors', () => {
  it.each(GOLDEN)('$id', ({ facts, weighted, score, route, floors }) => {
    const result = scoreOf(model, facts);
    expect(result).toMatchObject({ weighted, score, route });
    expect(result.floors.map(({ id }) => id)).toEqual(floors);
  });

  it('say of G7 that nothing is known, and block nothing', () => {
    const nothing = scoreOf(model, {});
    expect(nothing.missing).toEqual([
      'changedLines',
      'dependents',
      'deployments90d',
      'deprecated',
      'environment',
      'exceptionsUsed',
      'failed90d',
      'privileged',
      'rollback',
      'scanAgeHours',
      'security',
      'structural',
      'tests',
      'tier1Dependents',
      'window',
    ]);
    expect(nothing.floors.every(({ unknown }) => unknown)).toBe(true);
    expect(blocksSubmit(model, nothing)).toBe(false);
  });
});

/**
 * Frozen when 1.0.0 was made, by running
 * `NODE_OPTIONS='--require @backstage/cli/config/nodeTransform.cjs' node
 * src/rules/risk/__testUtils__/freezeVectors.ts`. A vector that fails means that
 * results of the past cannot be told again: raise the version of the model, or of
 * the engine, and keep these.
 */
describe('the frozen vectors', () => {
  it('are more than 200, on every route', () => {
    expect(vectors.length).toBeGreaterThanOrEqual(200);
    expect(new Set(vectors.map(({ route }) => route)).size).toBe(4);
  });

  it('come out as they did, to the hash', () => {
    for (const { facts, ...frozen } of vectors) {
      expect(replay(bodyOf(facts as never))).toMatchObject(frozen);
    }
  });

  it('come out byte by byte in other processes, time zones and locales', async () => {
    const here = vectors
      .map(({ facts }) => `${JSON.stringify(replay(bodyOf(facts as never)))}\n`)
      .join('');
    const run = promisify(execFile);
    const script = join(__dirname, '__testUtils__', 'printReplays.ts');
    for (const [TZ, LC_ALL] of [
      ['Pacific/Apia', 'tr_TR.UTF-8'],
      ['America/St_Johns', 'de_DE.UTF-8'],
    ]) {
      const { stdout } = await run(
        process.execPath,
        ['--require', '@backstage/cli/config/nodeTransform.cjs', script],
        {
          env: { PATH: process.env.PATH, TZ, LC_ALL, LANG: LC_ALL },
          maxBuffer: 8 * 1024 * 1024,
        },
      );
      expect(stdout).toBe(here);
    }
  });
});

describe('replay', () => {
  const body = bodyOf(GOLDEN[0].facts);

  it('names inputs with their times, and a result without', () => {
    const first = replay(body);
    const later = structuredClone(body);
    later.inputs.dependents!.observedAt = '2026-03-02T00:00:00.000Z';
    later.asOf = '2026-03-02T00:00:00.000Z';
    const again = replay(later);
    expect(again.inputsHash).not.toBe(first.inputsHash);
    expect(again.riskResultHash).toBe(first.riskResultHash);
    later.inputs.dependents!.value = 1;
    expect(replay(later).riskResultHash).not.toBe(first.riskResultHash);
  });

  it('does not care for the order of keys, nor of sets', () => {
    const turned = {
      ...body,
      inputs: Object.fromEntries(
        Object.entries(body.inputs)
          .reverse()
          .map(([name, fact]) => [
            name,
            Array.isArray(fact!.reference)
              ? {
                  ...fact,
                  reference: [...fact!.reference, ...fact!.reference].reverse(),
                }
              : fact,
          ]),
      ) as RiskInputs,
    };
    expect(JSON.stringify(replay(turned))).toBe(JSON.stringify(replay(body)));
  });

  it('names the freezes of a floor', () => {
    const frozen = structuredClone(body);
    frozen.inputs.window!.value = 'freeze';
    expect(replay(frozen).floors).toEqual([
      {
        id: 'freeze',
        milli: 60_000,
        unknown: false,
        refs: ['freeze:a', 'freeze:b'],
      },
    ]);
  });

  it('refuses a model that never was', () => {
    expect(() => replay({ ...body, modelVersion: '0.9.0' })).toThrow(
      'There is no risk model 0.9.0',
    );
  });
});
