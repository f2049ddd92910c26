import { mockServices } from '@backstage/backend-test-utils';
import { DefaultEventsService } from '@backstage/plugin-events-node';
import {
  CAB_CHANGE_TOPIC,
  type Change,
  type CiChangeBody,
} from '@fawkes/backstage-plugin-cab-common';
import { parse } from 'yaml';
import { requestExamples, waitExamples } from './examples';
import { News } from './news';
import { createRequestAction } from './request';
import { createWaitAction } from './wait';

const MIRA = 'user:default/mira';
const CHANGE = '01938000-0000-7000-8000-000000000001';
const auth = mockServices.auth();

/** A step of a task; what it kept outlives another try of it. */
function stepOf(kept: Map<string, unknown>, more: object = {}) {
  const outputs: Record<string, unknown> = {};
  const ctx = {
    input: {},
    task: { id: 'task' },
    step: { id: 'it', name: 'It' },
    user: { ref: MIRA },
    logger: mockServices.logger.mock(),
    output: (name: string, value: unknown) => {
      outputs[name] = value;
    },
    async checkpoint({ key, fn }: { key: string; fn: () => unknown }) {
      if (!kept.has(key)) kept.set(key, await fn());
      return kept.get(key);
    },
    ...more,
  };
  return { ctx: ctx as never, outputs };
}

const inputOf = ({ example }: { example: string }) =>
  parse(example).steps[0].input;

describe('cab:request', () => {
  const asked: CiChangeBody[] = [];
  const action = createRequestAction({
    auth,
    cab: {
      request: async body => {
        asked.push(body);
        return {
          changeId: CHANGE,
          state: 'peer_review',
          url: 'https://portal.example/changes/1',
          created: true,
          missingEvidence: [],
        };
      },
    },
  });
  beforeEach(() => {
    asked.length = 0;
  });

  it.each(requestExamples)('$description', async example => {
    const { ctx, outputs } = stepOf(new Map(), { input: inputOf(example) });
    await action.handler(ctx);
    expect(asked).toEqual([
      {
        entityRef: 'component:default/shop',
        environment: 'prod-eu',
        headSha: '5f3c'.repeat(10),
        artifactDigest: null,
        title: 'Refund in two steps',
        description: '',
        onBehalfOf: MIRA,
      },
    ]);
    expect(outputs).toEqual({
      changeId: CHANGE,
      state: 'peer_review',
      url: 'https://portal.example/changes/1',
    });
  });

  it('asks once for a step, its part and its input', async () => {
    const kept = new Map();
    const input = inputOf(requestExamples[0]);
    const steps = [
      { input },
      { input },
      { input: { ...input } },
      { input, each: { key: 0, value: 'a' } },
      { input: { ...input, environment: 'prod-us' } },
    ];
    for (const more of steps) await action.handler(stepOf(kept, more).ctx);
    expect(asked.map(({ environment }) => environment)).toEqual([
      'prod-eu',
      'prod-eu',
      'prod-us',
    ]);
  });

  it('asks for nobody and nothing by halves', async () => {
    const input = inputOf(requestExamples[0]);
    for (const more of [
      { input, user: undefined },
      { input: { ...input, commit: 'HEAD' } },
      { input: { ...input, title: '' } },
    ]) {
      await expect(
        action.handler(stepOf(new Map(), more).ctx),
      ).rejects.toThrow();
    }
    await action.handler(stepOf(new Map(), { input, isDryRun: true }).ctx);
    expect(asked).toEqual([]);
    const absent = createRequestAction({
      auth,
      cab: { request: async () => undefined },
    });
    await expect(
      absent.handler(stepOf(new Map(), { input }).ctx),
    ).rejects.toThrow('is not installed');
  });
});

describe('cab:wait', () => {
  const [example] = waitExamples;
  const input = inputOf(example);

  /** A change request that goes through these states, one a look. */
  function waiting(states: Array<Change['state'] | Error>, every = 5) {
    const events = DefaultEventsService.create({
      logger: mockServices.logger.mock(),
    });
    const news = new News();
    let looks = 0;
    const action = createWaitAction({
      auth,
      news,
      every,
      cab: {
        change: async () => {
          const state = states[Math.min(looks++, states.length - 1)];
          if (state instanceof Error) throw state;
          return {
            state,
            next: { text: 'Somebody decides' },
            expiresAt: '2026-12-01T00:00:00.000Z',
          } as Change;
        },
      },
    });
    return { action, events, news, looks: () => looks };
  }

  it(`${example.description}: ends when it is approved`, async () => {
    const away = Object.assign(new Error('away'), { statusCode: 503 });
    const { action } = waiting(['board_review', away, 'approved']);
    const { ctx, outputs } = stepOf(new Map(), { input });
    await action.handler(ctx);
    expect(outputs).toEqual({
      state: 'approved',
      expiresAt: '2026-12-01T00:00:00.000Z',
    });
  });

  it.each(['rejected', 'withdrawn', 'expired', 'failed'] as const)(
    'fails where it is %s',
    async state => {
      const { action } = waiting(['peer_review', state]);
      await expect(
        action.handler(stepOf(new Map(), { input }).ctx),
      ).rejects.toThrow(`is ${state}`);
    },
  );

  it('takes no end of time for an approval', async () => {
    const { action } = waiting(['board_review']);
    const { ctx, outputs } = stepOf(new Map(), {
      input: { ...input, timeoutMinutes: 0.001 },
    });
    await expect(action.handler(ctx)).rejects.toThrow('was not approved');
    expect(outputs).toEqual({});
    for (const timeoutMinutes of [-1, 5_000, Number.NaN]) {
      await expect(
        action.handler(
          stepOf(new Map(), { input: { ...input, timeoutMinutes } }).ctx,
        ),
      ).rejects.toThrow('timeoutMinutes');
    }
  });

  it('says what it was refused, and waits no longer', async () => {
    const refused = Object.assign(new Error('no'), { statusCode: 404 });
    const { action, looks } = waiting([refused]);
    await expect(
      action.handler(stepOf(new Map(), { input }).ctx),
    ).rejects.toThrow('no');
    expect(looks()).toBe(1);
  });

  it('is woken by news, and ends with the task', async () => {
    const { action, events, news, looks } = waiting(
      ['board_review', 'approved'],
      3_600_000,
    );
    await news.listen(events);
    const done = action.handler(stepOf(new Map(), { input }).ctx);
    while (news.size === 0) await new Promise(resolve => setImmediate(resolve));
    await events.publish({
      topic: CAB_CHANGE_TOPIC,
      eventPayload: {
        changeId: CHANGE,
        entityRef: 'component:default/shop',
        environment: 'prod-eu',
        state: 'approved',
        sha: 'a'.repeat(40),
        at: '2026-11-30T12:00:00.000Z',
      },
    });
    await done;
    expect(looks()).toBe(2);

    const controller = new AbortController();
    const other = waiting(['board_review'], 3_600_000);
    const ended = other.action.handler(
      stepOf(new Map(), { input, signal: controller.signal }).ctx,
    );
    while (other.news.size === 0) {
      await new Promise(resolve => setImmediate(resolve));
    }
    controller.abort();
    await expect(ended).rejects.toThrow();
    expect(other.news.size).toBe(0);
  });
});
