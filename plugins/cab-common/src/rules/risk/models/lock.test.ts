import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { digestOf } from '../../canonical';
import { CURRENT_MODEL, ENGINE_VERSION, RISK_MODELS } from '.';
import { lockFaults } from './lock';
import lock from './models.lock.json';

const hashes = () =>
  Object.fromEntries(
    [...RISK_MODELS].map(([version, { modelHash }]) => [version, modelHash]),
  );

describe('the lock of the risk models', () => {
  it('holds: what was locked is unchanged and still there', () => {
    expect(lockFaults(hashes(), lock)).toEqual([]);
    expect(Object.keys(lock)).toContain(CURRENT_MODEL);
    expect(ENGINE_VERSION).toMatch(/^\d+\.\d+\.\d+$/);
  });

  it('knows every data file there is', () => {
    const files = readdirSync(__dirname).filter(name =>
      /^cab-risk-/.test(name),
    );
    expect(files).toHaveLength(RISK_MODELS.size);
    for (const file of files) {
      const data = JSON.parse(readFileSync(join(__dirname, file), 'utf8'));
      expect(file).toBe(`cab-risk-${data.version}.json`);
      expect(digestOf(data)).toBe(RISK_MODELS.get(data.version)?.modelHash);
    }
  });

  it('fails for any edit without a new version, however small', () => {
    const { model } = RISK_MODELS.get('1.0.0')!;
    const edited = structuredClone(model);
    edited.factors[0].weight += 1;
    expect(lockFaults({ '1.0.0': digestOf(edited) }, lock)).toEqual([
      '1.0.0 has changed: give it a new version',
    ]);
    expect(lockFaults({ ...lock, '1.0.1': 'x' }, lock)).toEqual([
      '1.0.1 is not locked',
    ]);
    expect(lockFaults({}, lock)).toEqual(['1.0.0 is gone']);
  });

  it('is of a model whose weights are 100 and whose routes end at the top', () => {
    for (const { model } of RISK_MODELS.values()) {
      const weights = model.factors.map(({ weight }) => weight);
      expect(weights.reduce((sum, weight) => sum + weight, 0)).toBe(100);
      expect(model.routes.at(-1)?.upTo).toBe(100_000);
      const cuts = model.routes.map(({ upTo }) => upTo);
      expect(cuts).toEqual([...cuts].sort((a, b) => a - b));
      const ids = new Set(model.factors.map(({ id }) => id));
      const named = model.floors
        .flatMap(({ any }) => any.flat())
        .flatMap(each => ('factor' in each ? [each.factor] : []));
      expect(named.filter(factor => !ids.has(factor))).toEqual([]);
    }
  });
});
