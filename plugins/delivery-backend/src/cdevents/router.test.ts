import { mockErrorHandler } from '@backstage/backend-test-utils';
import { NotAllowedError } from '@backstage/errors';
import express from 'express';
import request from 'supertest';
import { cdevent } from './__testUtils__/fixtures';
import type { CloudEventReading } from './parseCloudEvent';
import { createCdeventsRouter } from './router';

const event = {
  specversion: '1.0',
  id: '1',
  source: '/ci',
  type: 'dev.cdevents.service.deployed.0.3.0',
  data: cdevent('service.deployed'),
};

/** The route, and what it hands on. */
function setup(authorize: () => Promise<void> = async () => {}) {
  const recorded: CloudEventReading[] = [];
  const app = express()
    .use(
      createCdeventsRouter({
        authorize,
        record: async readings => {
          recorded.push(...readings);
          const rejected = readings.filter(({ ok }) => !ok).length;
          return {
            accepted: readings.length - rejected,
            duplicate: 0,
            rejected,
            results: readings.map(reading =>
              reading.ok
                ? { status: 'accepted' }
                : { status: 'rejected', ...reading.fault },
            ),
          };
        },
      }),
    )
    .use(mockErrorHandler());
  const post = (body: unknown, type = 'application/cloudevents-batch+json') =>
    request(app)
      .post('/cdevents')
      .set('content-type', type)
      .send(typeof body === 'string' ? body : JSON.stringify(body));
  return { recorded, post };
}

describe('POST /cdevents', () => {
  it('answers 202 as soon as one event of a batch is taken', async () => {
    const { recorded, post } = setup();
    const { status, body } = await post([event, { ...event, id: undefined }]);
    expect(status).toBe(202);
    expect(body).toMatchObject({ accepted: 1, rejected: 1 });
    expect(recorded).toMatchObject([
      { ok: true, source: '/ci', id: '1' },
      { ok: false, fault: { path: '[1].id' } },
    ]);
  });

  it('takes structured and binary mode', async () => {
    const { recorded, post } = setup();
    const structured = await post(event, 'application/cloudevents+json');
    expect(structured.status).toBe(202);
    const { data, ...attributes } = { ...event, id: '2' };
    const binary = post(data, 'application/json');
    for (const [name, value] of Object.entries(attributes)) {
      binary.set(`ce-${name}`, value);
    }
    expect((await binary).status).toBe(202);
    expect(recorded).toMatchObject([{ id: '1' }, { id: '2', data }]);
  });

  it('answers 400 when nothing could be taken', async () => {
    const { status, body } = await setup().post(
      '{',
      'application/cloudevents+json',
    );
    expect(status).toBe(400);
    expect(body.results).toEqual([
      { status: 'rejected', path: '', reason: 'is not JSON' },
    ]);
  });

  it('takes an empty batch for what it is', async () => {
    const { status, body } = await setup().post([]);
    expect(status).toBe(202);
    expect(body.results).toEqual([]);
  });

  it('answers 413 beyond 1,000 events and beyond 5 MiB', async () => {
    const { recorded, post } = setup();
    const many = await post(Array.from({ length: 1_001 }, () => ({})));
    expect(many.status).toBe(413);
    expect(many.body.error.message).toContain('at most 1000 events');
    const large = await post(`"${'x'.repeat(5 * 1024 * 1024)}"`);
    expect(large.status).toBe(413);
    expect(recorded).toEqual([]);
  });

  it('asks first who is sending', async () => {
    const { recorded, post } = setup(async () => {
      throw new NotAllowedError('no');
    });
    expect((await post([event])).status).toBe(403);
    expect(recorded).toEqual([]);
  });
});
