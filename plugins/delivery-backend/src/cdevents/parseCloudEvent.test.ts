import { CloudEvent, HTTP } from 'cloudevents';
import fc from 'fast-check';
import { SOURCE } from './__testUtils__/events';
import { cdevent, map } from './__testUtils__/fixtures';
import { MAX_EVENTS } from '@fawkes/backstage-plugin-delivery-common';
import { parseCloudEvents } from './parseCloudEvent';

const data = cdevent('service.deployed');

const event = new CloudEvent({
  id: 'envelope-1',
  source: SOURCE,
  type: 'dev.cdevents.service.deployed.0.3.0',
  datacontenttype: 'application/json',
  data,
});

const good = {
  ok: true,
  source: SOURCE,
  id: 'envelope-1',
  data,
};

const structured = { 'content-type': 'application/cloudevents+json' };
const batch = { 'content-type': 'application/cloudevents-batch+json' };
const plain = JSON.parse(event.toString());

describe('parseCloudEvents', () => {
  it.each([
    ['structured', HTTP.structured(event)],
    ['binary', HTTP.binary(event)],
  ])('reads what the package writes in %s mode', (_, { headers, body }) => {
    expect(parseCloudEvents(headers, body)).toEqual([good]);
    expect(parseCloudEvents(headers, JSON.parse(String(body)))).toEqual([good]);
  });

  it('reads what the mapper understands', () => {
    const [reading] = parseCloudEvents(structured, event.toString());
    expect(reading.ok && map(reading.data).outcome).toBe('claims');
  });

  it.each([
    'application/cloudevents+json; charset=utf-8',
    'Application/CloudEvents+JSON',
  ])('reads the content type %s', contentType => {
    expect(
      parseCloudEvents({ 'content-type': contentType }, event.toString()),
    ).toEqual([good]);
  });

  it('reads binary mode with other JSON content types', () => {
    const { headers, body } = HTTP.binary(event);
    expect(
      parseCloudEvents(
        {
          ...headers,
          'content-type': 'application/cdevents+json; charset=utf-8',
        },
        body,
      ),
    ).toEqual([good]);
  });

  it('reads data sent as base64', () => {
    const { data: _, ...rest } = plain;
    const encoded = Buffer.from(JSON.stringify(data)).toString('base64');
    expect(
      parseCloudEvents(structured, { ...rest, data_base64: encoded }),
    ).toEqual([good]);
    expect(
      parseCloudEvents(structured, { ...rest, data_base64: 'AAAA' }),
    ).toEqual([
      { ok: false, fault: { path: 'data_base64', reason: 'is not JSON' } },
    ]);
  });

  it('keeps the good events of a batch', () => {
    expect(
      parseCloudEvents(
        batch,
        JSON.stringify([plain, { ...plain, id: undefined }, 7, plain]),
      ),
    ).toEqual([
      good,
      { ok: false, fault: { path: '[1].id', reason: 'is required' } },
      { ok: false, fault: { path: '[2]', reason: expect.any(String) } },
      good,
    ]);
    expect(parseCloudEvents(batch, '[]')).toEqual([]);
  });

  it.each<[string, object, unknown, string]>([
    ['no JSON', structured, '{', ''],
    ['a batch that is no list', batch, '{}', ''],
    ['a text', structured, '"x"', ''],
    ['no id', structured, { ...plain, id: undefined }, 'id'],
    ['an empty source', structured, { ...plain, source: '' }, 'source'],
    [
      'a source that is no URI',
      structured,
      { ...plain, source: 'a b' },
      'source',
    ],
    [
      'an old version',
      structured,
      { ...plain, specversion: '0.3' },
      'specversion',
    ],
    ['no data', structured, { ...plain, data: undefined }, 'data'],
    ['a list as data', structured, { ...plain, data: [] }, 'data'],
    ['a time that is none', structured, { ...plain, time: 'noon' }, 'time'],
    [
      'another format',
      { 'content-type': 'application/cloudevents+avro' },
      '{}',
      'headers.content-type',
    ],
    [
      'no envelope at all',
      { 'content-type': 'application/json' },
      '{}',
      'headers.ce-specversion',
    ],
    [
      'a binary event without id',
      { 'ce-specversion': '1.0' },
      '{}',
      'headers.ce-id',
    ],
    ['no content', {}, undefined, 'headers.ce-specversion'],
  ])('finds the fault in %s', (_, headers, body, path) => {
    expect(parseCloudEvents(headers as Record<string, string>, body)).toEqual([
      { ok: false, fault: { path, reason: expect.any(String) } },
    ]);
  });

  it('reads no more of a batch than tells that there is more', () => {
    const many = Array.from({ length: 5_000 }, () => plain);
    expect(parseCloudEvents(batch, many)).toHaveLength(MAX_EVENTS + 1);
  });

  it('refuses an envelope with more attributes than anybody needs', () => {
    const extended = (extra: number) =>
      parseCloudEvents(structured, {
        ...plain,
        ...Object.fromEntries(
          Array.from({ length: extra }, (_, n) => [`ext${n}`, 'x']),
        ),
      })[0];
    expect(extended(50)).toEqual(good);
    expect(extended(100)).toEqual({
      ok: false,
      fault: { path: '', reason: 'has more than 64 attributes' },
    });
  });

  it('never throws, and what it takes has a key', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(structured, batch, {}, HTTP.binary(event).headers),
        fc.oneof(
          fc.string(),
          fc.jsonValue(),
          fc.record(
            {
              specversion: fc.constant('1.0'),
              id: fc.string(),
              source: fc.string(),
              type: fc.string(),
              data: fc.jsonValue(),
              time: fc.anything(),
              data_base64: fc.string(),
            },
            { requiredKeys: [] },
          ),
        ),
        (headers, body) => {
          const wrong = parseCloudEvents(headers, body).filter(reading =>
            reading.ok
              ? !/^\S+$/.test(reading.source) || reading.id === ''
              : reading.fault.reason === '',
          );
          expect(wrong).toEqual([]);
        },
      ),
    );
  });
});
