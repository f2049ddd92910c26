import fc from 'fast-check';
import { foldText } from './fold';

it.each([
  ['Straße', 'strasse'],
  ['ΣΑΣ', 'σας'],
  ['ﬁle', 'file'],
  ['zero\u200bwidth', 'zerowidth'],
  ['  many \u00a0 spaces\t', 'many spaces'],
  ['ＦＵＬＬ', 'full'],
  ['ᏸ', 'Ᏸ'],
])('%j is %j', (one, other) => {
  expect(foldText(one)).toBe(foldText(other));
});

it.each([
  ['café', 'cafe'],
  ['re-do', 'redo'],
  ['ı', 'i'],
])('%j is not %j', (one, other) => {
  expect(foldText(one)).not.toBe(foldText(other));
});

it('keeps the case of commands', () => {
  expect(foldText('Git  Push', true)).toBe('Git Push');
});

it('is done once', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 60 }), text => {
      const once = foldText(text);
      expect(foldText(once)).toBe(once);
    }),
  );
});
