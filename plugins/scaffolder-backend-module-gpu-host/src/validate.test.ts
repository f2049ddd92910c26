import { mockServices } from '@backstage/backend-test-utils';
import type { GpuVerdict } from '@fawkes/backstage-plugin-provisioning-common/gpu';
import { parse } from 'yaml';
import { validateExamples } from './examples';
import { createValidateAction } from './validate';

const NOW = Date.parse('2026-12-01T12:00:00Z');
const action = createValidateAction(() => NOW);
const [filled, over] = validateExamples.map(
  ({ example }) => parse(example).steps[0].input,
);

/** What a task would go on with. */
const verdictIn = (outputs: Record<string, unknown>) =>
  outputs as unknown as GpuVerdict;

async function run(input: object, more: object = {}) {
  const outputs: Record<string, unknown> = {};
  const refused: unknown = await action
    .handler({
      input,
      logger: mockServices.logger.mock(),
      output: (name: string, value: unknown) => {
        outputs[name] = value;
      },
      ...more,
    } as never)
    .then(
      () => undefined,
      error => error,
    );
  return { outputs, said: refused && (refused as Error).message };
}

it('says where the instances of each GPU lie', async () => {
  const { outputs, said } = await run(filled);
  expect(said).toBeUndefined();
  expect(outputs).toMatchObject({ ok: true, alternatives: [] });
  expect(verdictIn(outputs).placements).toHaveLength(2);
  expect(
    verdictIn(outputs).placements[1].map(({ profile, start }) => [
      profile,
      start,
    ]),
  ).toEqual([
    ['3g.40gb', 4],
    ['2g.20gb', 0],
    ['1g.10gb', 2],
    ['1g.10gb', 3],
  ]);
});

it('ends the task with what is wrong and what would fit, or goes on with both', async () => {
  const { outputs, said } = await run(over);
  expect(said).toBeUndefined();
  expect(outputs.ok).toBe(false);
  expect(verdictIn(outputs).findings[0]).toMatchObject({
    severity: 'error',
    path: 'migLayouts[0].layout',
  });
  const stopped = await run({ host: over.host });
  expect(stopped.outputs).toEqual(outputs);
  expect(stopped.said).toContain('migLayouts[0].layout: ');
  expect(stopped.said).toMatch(/GPU 0 has room for \d × /);
});

it('says the same in a dry run', async () => {
  const dry = await run(filled, { isDryRun: true });
  expect(dry).toEqual(await run(filled));
});

it.each([
  [{}, 'host: '],
  [{ host: { ...filled.host, fqdn: 'x' } }, 'host.fqdn: '],
  [
    { host: { ...filled.host, colour: 'red' } },
    'host.colour: is no part of a GPU host',
  ],
])('refuses %j by its path', async (input, reason) => {
  const { outputs, said } = await run(input);
  expect(outputs).toEqual({});
  expect(said).toContain(reason);
});
