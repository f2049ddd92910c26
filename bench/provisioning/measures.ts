import { setTimeout as pause } from 'node:timers/promises';
import {
  below,
  duration,
  NO_TARGET,
  percentile,
  spread,
  type Figure,
} from '../lib/figures';
import { Random } from '../lib/random';
import { formOf, type Api } from './ask';

/** Targets of provisioning.md, milliseconds. */
const HEALTHY_MS = 60_000;
const ANSWER_MS = 500;

/** How often it is asked whether the service is healthy, ms. */
const LOOK_MS = 100;
/** A service that is not healthy by then never will be, ms. */
const TOO_LONG_MS = 300_000;

async function timed(times: number, ask: () => Promise<unknown>) {
  const taken: number[] = [];
  for (let time = 0; time < times; time++) {
    const from = performance.now();
    await ask();
    taken.push(performance.now() - from);
  }
  return taken;
}

/** How long people wait for an answer, over HTTP, one question at a time. */
export async function measureAnswers(
  api: Api,
  {
    template,
    ids,
    repetitions,
    seed,
  }: { template: string; ids: string[]; repetitions: number; seed: number },
): Promise<Figure[]> {
  const random = new Random(seed, 1);
  const form = await formOf('never-made', template);
  const questions: [string, () => Promise<unknown>][] = [
    ['plan of a new service, rendered anew', () => api.plan(form)],
    [
      'live answer to a name',
      () => api.get(`/names/service/never-made?owner=${form.spec.owner}`),
    ],
    [`list, first page of ${ids.length} requests`, () => api.get('/requests')],
    ['one request', () => api.request(random.pick(ids))],
    ['its steps', () => api.effects(random.pick(ids))],
  ];
  const figures: Figure[] = [];
  for (const [what, ask] of questions) {
    await timed(2, ask);
    const taken = await timed(repetitions, ask);
    figures.push({
      what,
      target: `p95 < ${ANSWER_MS} ms`,
      measured: spread(taken),
      verdict: below(percentile(taken, 0.95), ANSWER_MS),
    });
  }
  return figures;
}

/** One service from the plan to where it answers. */
interface Made {
  ms: number;
  /** Seconds by type of effect, in their order. */
  effects: [type: string, seconds: number][];
}

/** Goes from the form to a service that answers at its address, then takes it down. */
async function make(api: Api, name: string, template: string): Promise<Made> {
  const form = await formOf(name, template);
  const from = performance.now();
  const { planDigest } = await api.plan(form);
  const { id } = await api.create({ ...form, expectedPlanDigest: planDigest });
  let address: string | null = null;
  while (!address) {
    await pause(LOOK_MS);
    const { state, reason, service } = await api.request(id);
    if (service.state === 'healthy') address = service.address;
    if (state === 'failed' || performance.now() - from > TOO_LONG_MS) {
      throw new Error(`${name} is ${state}: ${reason?.text}`);
    }
  }
  const answer = await fetch(`${address}/health`);
  if (!answer.ok) throw new Error(`${name} answers ${answer.status}`);
  const ms = performance.now() - from;
  await ended(api, id, 'ready');
  const { items } = await api.effects(id);
  await api.post(`/requests/${id}/destroy`, { confirm: name });
  await ended(api, id, 'destroyed');
  return {
    ms,
    effects: items.map(({ type, seconds }) => [type, seconds ?? 0]),
  };
}

async function ended(api: Api, id: string, wanted: string): Promise<void> {
  const deadline = performance.now() + TOO_LONG_MS;
  for (;;) {
    const { state, reason } = await api.request(id);
    if (state === wanted) return;
    if (performance.now() > deadline) {
      throw new Error(`${id} is ${state}: ${reason?.text}`);
    }
    await pause(LOOK_MS);
  }
}

/** From the button to a healthy service: with an empty cache of packages, then with a full one. */
export async function measureForm(
  api: Api,
  {
    template,
    services,
    say,
  }: { template: string; services: number; say(text: string): void },
): Promise<Figure[]> {
  const cold = await make(api, 'cold', template);
  say(`cold: ${duration(cold.ms)}`);
  const warm: Made[] = [];
  for (let number = 1; number <= services; number++) {
    warm.push(await make(api, `warm-${number}`, template));
    say(`warm: ${duration(warm.at(-1)!.ms)}`);
  }
  const times = warm.map(({ ms }) => ms);
  return [
    {
      what: 'form to healthy, empty cache of packages',
      target: '',
      measured: duration(cold.ms),
      verdict: NO_TARGET,
    },
    {
      what: 'form to healthy, warm cache',
      target: `< ${HEALTHY_MS / 1_000} s`,
      measured: spread(times),
      verdict: below(Math.max(...times), HEALTHY_MS),
    },
    ...warm[0].effects.map(([type], index) => ({
      what: `… ${type}`,
      target: '',
      measured: `warm ${spread(
        warm.map(({ effects }) => effects[index][1] * 1_000),
      )}; cold ${duration(cold.effects[index][1] * 1_000)}`,
      verdict: NO_TARGET,
    })),
  ];
}
