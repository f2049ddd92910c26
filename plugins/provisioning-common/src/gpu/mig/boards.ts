import {
  FOUR_GRAPHICS_SLICES,
  FOUR_SLICES,
  SEVEN_SLICES,
  TWO_SLICES,
  type MigClass,
  type MigShape,
  type MigShapes,
} from './profiles';

/** A profile under the name that a board gives it. @public */
export interface MigProfile extends MigShape {
  /** As the driver writes it, e.g. `3g.40gb`. */
  name: string;
  cls: MigClass;
}

/**
 * How well the places of a board are known: `read` from `nvidia-smi mig -lgipp`
 * on the device, or `inferred` from boards with the same profiles. What is
 * inferred is checked on the host before it is applied.
 * @public
 */
export type MigEvidence = 'read' | 'inferred';

/** What a board can be cut into. @public */
export interface MigBoard {
  board: string;
  /** Device and vendor, as `0x233010DE`. */
  pciDeviceIds: readonly string[];
  computeSlices: number;
  memoryUnits: number;
  evidence: MigEvidence;
  /** Where its row is from, and as of which day (ISO 8601). */
  source: string;
  asOf: string;
  /** Names of other drivers, on this board only. */
  aliases: Readonly<Record<string, string>>;
  profiles: readonly MigProfile[];
}

type NamesOf<Shapes extends MigShapes> = Readonly<Record<keyof Shapes, string>>;

/** Day on which the table was compared with its sources. */
const AS_OF = '2026-08-21';

const GUIDE = 'NVIDIA MIG user guide';
const PARTED = 'mig-parted: profile names and counts';
const SAME_PARTS = 'places as of boards with the same parts';

type Facts = Pick<MigBoard, 'evidence' | 'source'> &
  Partial<Pick<MigBoard, 'aliases'>>;
const READ: Facts = {
  evidence: 'read',
  source: `${GUIDE}; nvidia-smi mig -lgipp`,
};
const inferred = (source: string): Facts => ({ evidence: 'inferred', source });

/** A maker of rows for one kind of GPU. */
function kind<Shapes extends MigShapes>(
  shapes: Shapes,
  computeSlices: number,
  memoryUnits: number,
) {
  return (
    board: string,
    pciDeviceIds: readonly string[],
    names: NamesOf<Shapes>,
    facts: Facts,
  ): MigBoard => ({
    board,
    pciDeviceIds: pciDeviceIds.map(id => `0x${id}10DE`),
    computeSlices,
    memoryUnits,
    aliases: {},
    ...facts,
    asOf: AS_OF,
    profiles: (Object.keys(names) as Array<keyof Shapes & MigClass>).map(
      cls => ({ name: names[cls], cls, ...(shapes[cls] as MigShape) }),
    ),
  });
}

const seven = kind(SEVEN_SLICES, 7, 8);
const four = kind(FOUR_SLICES, 4, 4);
const graphics = kind(FOUR_GRAPHICS_SLICES, 4, 4);
const two = kind(TWO_SLICES, 2, 2);

/** Names on a GPU of seven slices, by the memory of a slice, of two, of half and of all. */
const memory = (
  one: number,
  pair: number,
  half: number,
  all: number,
): NamesOf<typeof SEVEN_SLICES> => ({
  '1g': `1g.${one}gb`,
  '1g+me': `1g.${one}gb+me`,
  '1gx2': `1g.${pair}gb`,
  '2g': `2g.${pair}gb`,
  '3g': `3g.${half}gb`,
  '4g': `4g.${half}gb`,
  '7g': `7g.${all}gb`,
});

/**
 * The boards whose slices are known. A board that is not here is refused until
 * its host says what it can be cut into.
 * @public
 */
export const MIG_BOARDS: readonly MigBoard[] = [
  seven(
    'A100-40GB/A800-40GB',
    ['20B0', '20B1', '20F1', '20F6', '20BD'],
    memory(5, 10, 20, 40),
    READ,
  ),
  seven(
    'A100-80GB/A800-80GB',
    ['20B2', '20B5', '20F3', '20F5', '20B8'],
    memory(10, 20, 40, 80),
    READ,
  ),
  seven(
    'H100-80GB/H800-80GB',
    ['2330', '2331', '2322', '2324'],
    memory(10, 20, 40, 80),
    READ,
  ),
  seven(
    'H100-NVL-94GB/H800-NVL (also H100 SXM5 94GB)',
    ['2321', '233A', '2339'],
    memory(12, 24, 47, 94),
    READ,
  ),
  seven(
    'GH200-96GB/H100-96GB/PG506-96GB/H20-96GB',
    ['2342', '233D', '20B6', '2329', '2338'],
    memory(12, 24, 48, 96),
    inferred(`${GUIDE}: names; ${SAME_PARTS}`),
  ),
  seven(
    'H200-141GB/H200-NVL',
    ['2335', '233B', '232C'],
    memory(18, 35, 71, 141),
    inferred(`${GUIDE}: names; nvidia-smi mig -lgip; ${SAME_PARTS}`),
  ),
  seven(
    'GH200-144GB',
    ['2348'],
    memory(18, 36, 72, 144),
    inferred(`nvidia-smi mig -lgip; ${SAME_PARTS}`),
  ),
  seven(
    'B200-180GB',
    ['2901'],
    memory(23, 45, 90, 180),
    inferred(`${GUIDE}: names; nvidia-smi mig -lgip; ${SAME_PARTS}`),
  ),
  seven('GB200-186GB', ['2941'], memory(23, 47, 93, 186), {
    ...inferred('NVIDIA nvml-mock'),
    aliases: {
      '1g.24gb': '1g.23gb',
      '1g.24gb+me': '1g.23gb+me',
      '3g.95gb': '3g.93gb',
      '4g.95gb': '4g.93gb',
      '7g.189gb': '7g.186gb',
    },
  }),
  seven(
    'B300-269GB',
    ['3182'],
    memory(34, 67, 135, 269),
    inferred(`${PARTED}; ${SAME_PARTS}`),
  ),
  seven(
    'GB300-278GB',
    ['31C2'],
    memory(35, 70, 139, 278),
    inferred(`${PARTED}; ${SAME_PARTS}`),
  ),
  four(
    'A30-24GB',
    ['20B7'],
    {
      '1g': '1g.6gb',
      '1g+me': '1g.6gb+me',
      '2g': '2g.12gb',
      '2g+me': '2g.12gb+me',
      '4g': '4g.24gb',
    },
    READ,
  ),
  graphics(
    'RTX PRO 6000 Blackwell 96GB',
    ['2BB5', '2BB1', '2BB4'],
    {
      '1g': '1g.24gb',
      '1g+me': '1g.24gb+me',
      '1g+gfx': '1g.24gb+gfx',
      '1g+me.all': '1g.24gb+me.all',
      '1g-me': '1g.24gb-me',
      '2g': '2g.48gb',
      '2g+gfx': '2g.48gb+gfx',
      '2g+me.all': '2g.48gb+me.all',
      '2g-me': '2g.48gb-me',
      '4g': '4g.96gb',
      '4g+gfx': '4g.96gb+gfx',
    },
    inferred(`${GUIDE}: names and counts; ${SAME_PARTS}`),
  ),
  two(
    'RTX PRO 5000 Blackwell 48GB',
    ['2BB3'],
    { '1g': '1g.24gb', '2g': '2g.48gb' },
    inferred(`${PARTED}; ${SAME_PARTS}`),
  ),
  two(
    'RTX PRO 4500 Blackwell 32GB',
    ['2C31'],
    { '1g': '1g.16gb', '2g': '2g.32gb' },
    inferred(`${PARTED}; ${SAME_PARTS}`),
  ),
];
