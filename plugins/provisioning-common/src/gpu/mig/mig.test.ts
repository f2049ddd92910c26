import fc from 'fast-check';
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { leastCpuTimeOf } from '@internal/hostile-text';
import { alternativesTo } from './alternatives';
import { MIG_BOARDS, type MigBoard, type MigProfile } from './boards';
import { boardOfPciId, boardsOfModel } from './findBoard';
import { judgeLayout, type ReportedInstance } from './judge';
import { describeLayout, layoutOf, type MigLayout } from './layout';
import { unitsOf } from './place';

/** More in the soak; the whole of it takes minutes. */
const MOST_INSTANCES = process.env.FAWKES_RUNS ? 8 : 4;
const STATES = Number(process.env.FAWKES_RUNS ? 20_000 : 400);
jest.setTimeout(600_000);

const H100 = boardOfPciId('10de:2330')!;
const A100_40 = boardOfPciId('0x20B010DE')!;
const RTX = boardOfPciId('2BB510DE')!;

/** Every way to choose at most `most` profiles of a board. */
function* multisets(
  board: MigBoard,
  most: number,
  from = 0,
): Generator<MigProfile[]> {
  yield [];
  if (most === 0) return;
  for (let i = from; i < board.profiles.length; i++)
    for (const rest of multisets(board, most - 1, i))
      yield [board.profiles[i], ...rest];
}

/** Tries every place of every instance, in whatever order they come. */
function isPlaceable(profiles: readonly MigProfile[], taken: number): boolean {
  const [first, ...rest] = profiles;
  if (!first) return true;
  return first.starts.some(start => {
    const units = unitsOf(start, first.memoryUnits);
    return !(taken & units) && isPlaceable(rest, taken | units);
  });
}

/** What the rules say besides places: counts and engines. */
function isAllowed(profiles: readonly MigProfile[]): boolean {
  const names = profiles.map(({ name }) => name);
  const all = names.filter(name => name.endsWith('+me.all'));
  return (
    profiles.every(
      ({ name, max }) => names.filter(one => one === name).length <= max,
    ) &&
    names.filter(name => name.includes('+me')).length <= 1 &&
    (all.length === 0 ||
      names.every(name => name === all[0] || name.endsWith('-me')))
  );
}

describe.each(MIG_BOARDS.map(board => [board.board, board] as const))(
  '%s',
  (_, board) => {
    it('fits what every way to place it says, and no more', () => {
      for (const profiles of multisets(board, MOST_INSTANCES)) {
        const layout = layoutOf(profiles);
        const expected = isAllowed(profiles) && isPlaceable(profiles, 0);
        expect([layout, judgeLayout(board, layout).fits]).toEqual([
          layout,
          expected,
        ]);
      }
    });

    it('is on an empty GPU a sum', () => {
      const sum = (all: MigProfile[], what: 'compute' | 'memoryUnits') =>
        all.reduce((total, one) => total + one[what], 0);
      for (const profiles of multisets(board, MOST_INSTANCES)) {
        const adds =
          sum(profiles, 'compute') <= board.computeSlices &&
          sum(profiles, 'memoryUnits') <= board.memoryUnits;
        const layout = layoutOf(profiles);
        expect([layout, judgeLayout(board, layout).fits]).toEqual([
          layout,
          isAllowed(profiles) && adds,
        ]);
      }
    });
  },
);

/** A board with instances on it that nobody disputes, and what is wanted beside. */
const occupied = fc
  .constantFrom(...MIG_BOARDS)
  .chain(board =>
    fc.record({
      board: fc.constant(board),
      tried: fc.array(
        fc.constantFrom(...board.profiles).chain(profile =>
          fc.record({
            profile: fc.constant(profile),
            start: fc.constantFrom(...profile.starts),
          }),
        ),
        { maxLength: 5 },
      ),
      wanted: fc.array(fc.constantFrom(...board.profiles), { maxLength: 5 }),
    }),
  )
  .map(({ board, tried, wanted }) => {
    const there: MigProfile[] = [];
    const existing: ReportedInstance[] = [];
    let taken = 0;
    for (const { profile, start } of tried) {
      const units = unitsOf(start, profile.memoryUnits);
      if (taken & units || !isAllowed([...there, profile])) continue;
      taken |= units;
      there.push(profile);
      existing.push({ profile: profile.name, start });
    }
    return { board, there, existing, taken, wanted };
  });

describe('beside what is there', () => {
  it('fits what every way to place it says, and the places are free', () => {
    fc.assert(
      fc.property(occupied, ({ board, there, existing, taken, wanted }) => {
        const verdict = judgeLayout(board, layoutOf(wanted), existing);
        const allowed = isAllowed([...there, ...wanted]);
        expect(verdict.fits).toBe(allowed && isPlaceable(wanted, taken));
        if (!verdict.fits) return;
        let used = taken;
        for (const { start, size } of verdict.placements) {
          expect(used & unitsOf(start, size)).toBe(0);
          used |= unitsOf(start, size);
        }
        expect(used).toBeLessThan(2 ** board.memoryUnits);
        expect(verdict.placements.map(({ profile }) => profile).sort()).toEqual(
          wanted.map(({ name }) => name).sort(),
        );
      }),
      { numRuns: STATES },
    );
  });

  it('offers only what fits, at most five, and each once', () => {
    fc.assert(
      fc.property(occupied, ({ board, existing, wanted }) => {
        const offered = alternativesTo(board, layoutOf(wanted), existing);
        expect(offered.length).toBeLessThanOrEqual(5);
        for (const layout of offered)
          expect(judgeLayout(board, layout, existing).fits).toBe(true);
        const names = offered.map(layout => describeLayout(board, layout));
        expect(new Set(names).size).toBe(names.length);
      }),
      { numRuns: STATES / 4 },
    );
  });

  it('is where it was: the rest goes to the lowest start that is left', () => {
    expect(
      judgeLayout(H100, { '3g.40gb': 1, '1g.10gb': 1 }, [
        { profile: '2g.20gb', start: 0 },
      ]),
    ).toEqual({
      fits: true,
      placements: [
        { profile: '3g.40gb', start: 4, size: 4 },
        { profile: '1g.10gb', start: 2, size: 1 },
      ],
    });
  });

  it.each<[string, ReportedInstance[]]>([
    ['unknown', [{ profile: '3g.20gb', start: 0 }]],
    ['start', [{ profile: '3g.40gb', start: 2 }]],
    [
      'overlap',
      [
        { profile: '3g.40gb', start: 0 },
        { profile: '1g.10gb', start: 3 },
      ],
    ],
    [
      'media',
      [
        { profile: '1g.10gb+me', start: 0 },
        { profile: '1g.10gb+me', start: 1 },
      ],
    ],
  ])('is not believed where it cannot be: %s', (why, existing) => {
    expect(judgeLayout(H100, {}, existing)).toMatchObject({
      refusal: { code: 'INCONSISTENT_STATE', why },
    });
  });
});

describe('refusals', () => {
  const codeOf = (
    board: MigBoard,
    layout: MigLayout,
    existing?: ReportedInstance[],
  ) => {
    const verdict = judgeLayout(board, layout, existing);
    return verdict.fits ? 'fits' : verdict.refusal.code;
  };

  it.each<[string, MigBoard, MigLayout, string]>([
    ['3g + 3g + 1g', H100, { '3g.40gb': 2, '1g.10gb': 1 }, 'MIG_DOES_NOT_FIT'],
    ['1g.10gb seven times on 80 GB', H100, { '1g.10gb': 7 }, 'fits'],
    ['1g.10gb eight times on 80 GB', H100, { '1g.10gb': 8 }, 'MIG_MAX'],
    ['1g.10gb four times on 40 GB', A100_40, { '1g.10gb': 4 }, 'fits'],
    ['1g.10gb five times on 40 GB', A100_40, { '1g.10gb': 5 }, 'MIG_MAX'],
    ['two +me', H100, { '1g.10gb+me': 2 }, 'MIG_ME'],
    [
      '+me and +me.all',
      RTX,
      { '1g.24gb+me': 1, '1g.24gb+me.all': 1 },
      'MIG_ME',
    ],
    [
      '+me.all beside a plain one',
      RTX,
      { '1g.24gb+me.all': 1, '1g.24gb': 1 },
      'MIG_ME_ALL',
    ],
    [
      '+me.all beside -me',
      RTX,
      { '1g.24gb+me.all': 1, '1g.24gb-me': 3 },
      'fits',
    ],
    ['another board', H100, { '3g.20gb': 1 }, 'UNKNOWN_PROFILE'],
    ['a compute instance', H100, { '1c.3g.40gb': 1 }, 'COMPUTE_INSTANCE'],
    ['a name of the prototype', H100, { constructor: 1 }, 'UNKNOWN_PROFILE'],
    ['more than anyone can count', H100, { '1g.10gb': 1e9 }, 'MIG_MAX'],
    ['nothing', H100, {}, 'fits'],
  ])('%s', (_, board, layout, code) => {
    expect(codeOf(board, layout)).toBe(code);
  });

  it('tell room that is scattered from room that is not there', () => {
    const scattered = [
      { profile: '1g.10gb', start: 1 },
      { profile: '1g.10gb', start: 5 },
    ];
    expect(codeOf(H100, { '3g.40gb': 1 }, scattered)).toBe('MIG_FRAGMENTED');
    expect(codeOf(H100, { '7g.80gb': 1 }, scattered)).toBe('MIG_DOES_NOT_FIT');
  });
});

describe('alternatives', () => {
  const offered = (board: MigBoard, layout: MigLayout) =>
    alternativesTo(board, layout).map(one => describeLayout(board, one));

  it('are the most that fits, then what is a little smaller', () => {
    expect(offered(H100, { '3g.40gb': 2, '1g.10gb': 1 })).toEqual([
      '2 × 3g.40gb',
      '3g.40gb + 1g.10gb',
      '3g.40gb + 2g.20gb + 2 × 1g.10gb',
      '3g.40gb + 2g.20gb + 1g.10gb',
    ]);
  });

  it('go on without the engine that there is once', () => {
    expect(offered(H100, { '1g.10gb+me': 2 })).toEqual([
      '1g.10gb+me',
      '1g.10gb + 1g.10gb+me',
    ]);
  });

  it('are none of what nobody knows', () => {
    expect(offered(H100, { '3g.20gb': 1 })).toEqual([]);
  });

  it('take no time whatever is asked for', () => {
    const everything = Object.fromEntries(
      RTX.profiles.map(({ name }) => [name, 1e6]),
    );
    const look = () => expect(alternativesTo(RTX, everything)).toHaveLength(5);
    expect(leastCpuTimeOf(look, 2_000)).toBeLessThan(2_000);
  });
});

describe('boards', () => {
  it('are found however their PCI id is written', () => {
    for (const id of ['0x233010DE', '233010DE', '10de:2330', ' 0x233010de '])
      expect(boardOfPciId(id)?.board).toBe('H100-80GB/H800-80GB');
    for (const id of ['2330', '8086:2330', '', 'x'.repeat(1e6)])
      expect(boardOfPciId(id)).toBeUndefined();
  });

  it('are all that a model name may mean', () => {
    const named = (model: string) =>
      boardsOfModel(model).map(({ board }) => board);
    expect(named('NVIDIA A30')).toEqual(['A30-24GB']);
    expect(named('H100 80 GB')).toEqual(['H100-80GB/H800-80GB']);
    expect(named('H100').length).toBeGreaterThan(2);
    expect(named('RTX 4090')).toEqual([]);
    expect(named('NVIDIA')).toEqual([]);
  });

  it('have each PCI id once, and each name once on a board', () => {
    const ids = MIG_BOARDS.flatMap(board => board.pciDeviceIds);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { profiles, memoryUnits } of MIG_BOARDS) {
      expect(new Set(profiles.map(({ name }) => name)).size).toBe(
        profiles.length,
      );
      for (const { starts, memoryUnits: size } of profiles)
        for (const start of starts)
          expect(start + size).toBeLessThanOrEqual(memoryUnits);
    }
  });

  it('know a name of another driver, on their own board only', () => {
    const [gb200] = boardsOfModel('GB200');
    expect(judgeLayout(gb200, { '3g.95gb': 2 })).toMatchObject({
      fits: true,
      placements: [{ profile: '3g.93gb' }, { profile: '3g.93gb' }],
    });
    expect(judgeLayout(H100, { '3g.95gb': 1 }).fits).toBe(false);
  });
});

const shared = resolve(
  __dirname,
  '../../../../../../shared/data/mig-table.json',
);
(existsSync(shared) ? describe : describe.skip)('beside the checkout', () => {
  it('the table holds the facts', () => {
    const facts: Array<{
      board: string;
      pciDeviceIds: string[];
      memoryUnits: number;
      computeSlices: number;
      aliases: Record<string, string>;
      profiles: Array<{
        name: string;
        cls: string;
        compute: number;
        memUnits: number;
        starts: number[];
        max: number;
      }>;
    }> = JSON.parse(readFileSync(shared, 'utf8')).boards;
    for (const fact of facts) {
      const ours = MIG_BOARDS.find(({ board }) => board === fact.board);
      expect(ours).toMatchObject({
        pciDeviceIds: expect.arrayContaining(fact.pciDeviceIds),
        memoryUnits: fact.memoryUnits,
        computeSlices: fact.computeSlices,
        aliases: fact.aliases,
        profiles: fact.profiles.map(({ memUnits, ...rest }) => ({
          ...rest,
          memoryUnits: memUnits,
        })),
      });
    }
  });
});
