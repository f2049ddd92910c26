import {
  draftOf,
  draftOfChange,
  EMPTY_DRAFT,
  faultsOf,
  planOf,
  windowOf,
} from './draft';
import { aChange } from '../../../dev/builders';

const full = {
  ...EMPTY_DRAFT,
  title: 'Mend the basket',
  environment: 'test',
  headSha: 'a'.repeat(40),
};

it('says what is wrong, in the order of the form', () => {
  expect(faultsOf(EMPTY_DRAFT, true)).toEqual([
    'title',
    'environment',
    'headSha',
  ]);
  expect(faultsOf(full, true)).toEqual([]);
  expect(faultsOf({ ...full, headSha: 'main' }, true)).toEqual(['headSha']);
  expect(faultsOf({ ...full, headSha: '' }, false)).toEqual([]);
  expect(faultsOf({ ...full, why: 'x'.repeat(8_001) }, true)).toEqual([
    'description',
  ]);
});

it('has a window only when it is one', () => {
  const timed = { ...full, timed: true };
  expect(windowOf(full)).toBeNull();
  expect(windowOf(timed)).toBeUndefined();
  const [from, to] = ['2026-12-01T10:00', '2026-12-01T12:00'];
  expect(windowOf({ ...timed, from, to })).toEqual({
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
  });
  for (const wrong of [
    { from: to, to: from },
    { from, to: '2027-02-01T10:00' },
    { from, to: '' },
  ]) {
    expect(faultsOf({ ...timed, ...wrong }, true)).toEqual(['window']);
  }
});

it('takes a kept draft as far as it is one', () => {
  expect(draftOf(undefined)).toBeUndefined();
  expect(draftOf('x')).toBeUndefined();
  expect(draftOf({ title: 'x', timed: 'yes', other: 1 })).toEqual({
    ...EMPTY_DRAFT,
    title: 'x',
  });
});

it('begins with how a change request is, and leads back to it', () => {
  const change = aChange({
    description: '## Why\nIt breaks',
    window: {
      from: '2026-12-01T10:00:00.000Z',
      to: '2026-12-01T12:00:00.000Z',
    },
  });
  const draft = draftOfChange(change);
  expect(draft.why).toBe('It breaks');
  expect(planOf(draft)).toEqual({
    title: change.title,
    description: change.description,
    window: change.window,
  });
});
