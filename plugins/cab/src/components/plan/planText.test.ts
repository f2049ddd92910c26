import fc from 'fast-check';
import { describe as describePlan, partsOf } from './planText';

const part = fc
  .array(fc.stringMatching(/^[a-z ]{0,12}$/), { maxLength: 4 })
  .map(lines => lines.join('\n').trim());

it('reads back what it wrote', () => {
  fc.assert(
    fc.property(part, part, part, (why, how, back) => {
      expect(partsOf(describePlan({ why, how, back }))).toEqual({
        why,
        how,
        back,
      });
    }),
  );
});

it('leaves out what is empty', () => {
  expect(describePlan({ why: '', how: ' ', back: 'Revert' })).toBe(
    '## Way back\nRevert',
  );
});

it('loses nothing of a text that was written elsewhere', () => {
  const text = 'Plain text\n\n## Something\nwith a head of its own';
  expect(partsOf(text)).toEqual({ why: text, how: '', back: '' });
  expect(partsOf('Before\n## Rollout\nSlowly\n## Rollout\nagain')).toEqual({
    why: 'Before',
    how: 'Slowly\n## Rollout\nagain',
    back: '',
  });
});
