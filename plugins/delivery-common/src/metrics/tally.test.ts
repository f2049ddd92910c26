import fc from 'fast-check';
import { STAGES } from '../contract';
import { ExactSample } from './sample';
import {
  emptyTally,
  isApproximate,
  mergeTallies,
  subtractTallies,
  TALLY_COUNTS,
  TALLY_SAMPLES,
  toSketchTally,
  type Tally,
} from './tally';
import { tallyFromJson, tallyToJson } from './tallyJson';
import { secondsArbitrary } from './__testUtils__/rows';

const text = (tally: Tally) => JSON.stringify(tallyToJson(tally));

const exactTallies: fc.Arbitrary<Tally> = fc
  .tuple(
    fc.array(fc.nat(50), { minLength: 8, maxLength: 8 }),
    fc.array(fc.nat(1_000_000), { minLength: 5, maxLength: 5 }),
    fc.array(secondsArbitrary, { minLength: 4, maxLength: 4 }),
  )
  .map(([counts, stages, samples]) => {
    const tally: Tally = emptyTally();
    TALLY_COUNTS.forEach((name, index) => {
      tally[name] = counts[index];
    });
    STAGES.forEach((stage, index) => {
      tally.stages[stage] = stages[index];
    });
    TALLY_SAMPLES.forEach((name, index) => {
      tally[name] = ExactSample.of(samples[index]);
    });
    return tally;
  });
const tallies = fc.oneof(exactTallies, exactTallies.map(toSketchTally));

describe('mergeTallies', () => {
  it('is the same to the byte in any order and any grouping', () => {
    fc.assert(
      fc.property(tallies, tallies, tallies, (a, b, c) => {
        const expected = text(mergeTallies([a, b, c]));
        expect(text(mergeTallies([c, a, b]))).toBe(expected);
        expect(text(mergeTallies([mergeTallies([c, b]), a]))).toBe(expected);
        expect(text(mergeTallies([a, b, emptyTally(), c]))).toBe(expected);
      }),
    );
  });

  it('gives the same sketch whether it is made before or after', () => {
    fc.assert(
      fc.property(exactTallies, exactTallies, (a, b) => {
        expect(text(mergeTallies([toSketchTally(a), toSketchTally(b)]))).toBe(
          text(toSketchTally(mergeTallies([a, b]))),
        );
      }),
    );
  });

  it('leaves its parts alone', () => {
    fc.assert(
      fc.property(tallies, tallies, (a, b) => {
        const before = [text(a), text(b)];
        const sum = mergeTallies([a, b]);
        sum.stages.coding += 1;
        subtractTallies(a, b);
        toSketchTally(a).stages.deploy += 1;
        expect([text(a), text(b)]).toEqual(before);
      }),
    );
  });
});

describe('subtractTallies', () => {
  it('takes out what was added', () => {
    fc.assert(
      fc.property(tallies, tallies, (a, b) => {
        expect(text(subtractTallies(mergeTallies([a, b]), b))).toBe(
          text(toSketchTally(a)),
        );
      }),
    );
  });

  it('may go below nothing while sums are under way', () => {
    fc.assert(
      fc.property(tallies, tallies, (a, b) => {
        const owed = subtractTallies(emptyTally(), b);
        const throughRow = tallyFromJson(JSON.parse(text(owed)));
        const paid = toSketchTally(mergeTallies([throughRow, a, b]));
        expect(text(paid)).toBe(text(toSketchTally(a)));
      }),
    );
  });
});

describe('a tally in a row', () => {
  it('comes back as it was', () => {
    fc.assert(
      fc.property(tallies, tally => {
        const back = tallyFromJson(JSON.parse(text(tally)));
        expect(text(back)).toBe(text(tally));
        expect(isApproximate(back)).toBe(isApproximate(tally));
      }),
    );
  });

  it('says nothing of what did not happen', () => {
    expect(tallyToJson(emptyTally())).toEqual({});
    expect(tallyToJson(toSketchTally(emptyTally()))).toEqual({});
  });

  it('is short', () => {
    const tally = emptyTally();
    tally.deployments = 2;
    tally.reached = 3;
    tally.stages.deploy = 70;
    tally.lead.add(60);
    tally.lead.add(10);
    expect(text(tally)).toBe('{"d":2,"r":3,"t":[0,0,0,0,70],"L":[10,60]}');
    expect(text(toSketchTally(tally))).toBe(
      '{"d":2,"r":3,"t":[0,0,0,0,70],"L":{"s":70,"c":{"116":1,"205":1}}}',
    );
  });
});
