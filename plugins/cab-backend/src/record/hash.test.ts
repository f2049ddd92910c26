import * as rules from '@fawkes/backstage-plugin-cab-common/rules';
import fc from 'fast-check';
import { chainHashOf, leafHashOf } from './hash';

it('is the hash of the rules', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 2_000 }),
      fc.uint8Array({ minLength: 32, maxLength: 32 }),
      fc.maxSafeNat(),
      (body, prev, seq) => {
        const leaf = leafHashOf(body);
        expect([...leaf]).toEqual([...rules.leafHashOf(body)]);
        expect([...chainHashOf(Buffer.from(prev), seq, leaf)]).toEqual([
          ...rules.chainHashOf(prev, seq, leaf),
        ]);
      },
    ),
  );
});
