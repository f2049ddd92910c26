import { sayFrom } from '@fawkes/kit-contract';
import { parseDeliveryEvent } from '../../events';
import { FULL_EVENTS } from '../../events/__testUtils__/samples';
import { BENCHMARKS, benchmarkCode } from '../../metrics';
import { codeOfBackfillEnd, codeOfRejection, deliveryWords } from './index';

const NOW = Date.parse('2026-03-05T12:00:00Z');

/** A code said with something in each of its blanks. */
function sample(code: string) {
  const texts: Readonly<Record<string, string>> = deliveryWords.texts;
  const template = texts[code] ?? texts[`${code}_other`];
  const names = [...template.matchAll(/\{\{(\w+)\}\}/g)].map(
    ([, name]) => name,
  );
  return sayFrom(
    texts,
    code,
    Object.fromEntries(names.map(name => [name, `a ${name}`])),
  );
}

describe('the words of delivery', () => {
  it.each([...deliveryWords.codes])('say %s without a gap', code => {
    const said = sample(code);
    expect(said.text).not.toMatch(/\{\{|\}\}/);
    expect(deliveryWords.knows(said)).toBe(true);
  });

  it.each(deliveryWords.codes.filter(code => code.startsWith('rejected.')))(
    'find %s by its text',
    code => {
      const { params, text } = sample(code);
      expect(codeOfRejection(text)).toEqual({ code, params });
    },
  );

  it('find no code behind what others wrote', () => {
    expect(codeOfRejection('the dog ate it')).toEqual({});
    expect(codeOfBackfillEnd('fatal: repository not found')).toEqual({});
    expect(
      codeOfBackfillEnd('Git history could not be read of shop; see the log'),
    ).toEqual({ code: 'backfill.git_unreadable', params: { names: 'shop' } });
  });
});

describe('what senders do wrong', () => {
  it.each<[string, object]>([
    ['rejected.wrong_type', { id: 7 }],
    ['rejected.wrong_type', { id: undefined }],
    ['rejected.no_option', { status: 'fine' }],
    ['rejected.short', { id: '' }],
    ['rejected.long', { id: 'x'.repeat(600) }],
    ['rejected.unknown_field', { colour: 'red' }],
    ['rejected.future', { finishedAt: '2026-03-06T12:00:00Z' }],
    ['rejected.order', { startedAt: '2026-03-01T10:00:00Z' }],
    ['rejected.terminal', { finishedAt: undefined }],
    ['rejected.with_sha', { repository: undefined }],
    ['rejected.instant', { finishedAt: 'yesterday' }],
    ['rejected.no_date', { finishedAt: '2026-02-30T00:00:00Z' }],
    ['rejected.characters', { environment: 'a\0b' }],
    ['rejected.url', { url: 'ftp://example.com/1' }],
    ['rejected.entity', { service: 'not a ref' }],
    ['rejected.sha', { sha: 'abc' }],
    ['rejected.repository', { repository: '/' }],
    ['rejected.blank', { repository: 'acme/my shop' }],
  ])('is %s', (code, fault) => {
    const parsed = parseDeliveryEvent({ ...FULL_EVENTS[0], ...fault }, NOW);
    const reason = parsed.ok ? undefined : parsed.fault.reason;
    expect(codeOfRejection(String(reason))).toMatchObject({ code });
  });
});

describe('whom DORA compares with', () => {
  const groups = (['2025', '2024'] as const).flatMap(edition => [
    ...BENCHMARKS[edition].industries.map(
      group => [edition, 'industry', group] as const,
    ),
    ...BENCHMARKS[edition].sizes.map(
      group => [edition, 'size', group] as const,
    ),
  ]);

  it.each(groups)('has a code for %s, %s $2.key', (_, what, group) => {
    const code = benchmarkCode(what, group.key);
    expect(deliveryWords.codes).toContain(code);
  });

  it.each(groups.filter(([edition]) => edition === '2025'))(
    'spells as the edition of %s does: %s, $2.key',
    (_, what, group) => {
      expect(sample(benchmarkCode(what, group.key)).text).toBe(group.name);
    },
  );
});
