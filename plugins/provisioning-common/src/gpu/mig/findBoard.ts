import { MIG_BOARDS, type MigBoard } from './boards';

/** Longest PCI id or model name that is looked at. */
const MOST = 120;

/** Words that tell no board from another. */
const COMPANY = new Set(['NVIDIA', 'TESLA', 'PCIE', 'SXM', 'SXM4', 'SXM5']);

/** `0x233010DE`, `233010DE` and `10de:2330` as the table writes it. @public */
export function normalPciId(text: string): string | undefined {
  if (text.length > MOST) return undefined;
  const told = text.trim().toUpperCase();
  const pair = /^10DE:([0-9A-F]{4})$/.exec(told);
  if (pair) return `0x${pair[1]}10DE`;
  const whole = /^(?:0X)?([0-9A-F]{4})10DE$/.exec(told);
  return whole ? `0x${whole[1]}10DE` : undefined;
}

/** The board of a PCI id, however it is written. @public */
export function boardOfPciId(
  id: string,
  boards: readonly MigBoard[] = MIG_BOARDS,
): MigBoard | undefined {
  const normal = normalPciId(id);
  return normal
    ? boards.find(board => board.pciDeviceIds.includes(normal))
    : undefined;
}

/**
 * Boards that a model name may mean: every word of it is in the name of the
 * board or of one of the models that share it. H100 is several boards.
 * @public
 */
export function boardsOfModel(
  model: string,
  boards: readonly MigBoard[] = MIG_BOARDS,
): MigBoard[] {
  if (model.length > MOST) return [];
  const asked = wordsIn(model).filter(word => !COMPANY.has(word));
  if (asked.length === 0) return [];
  return boards.filter(({ board }) =>
    board.split('/').some(name => {
      const known = new Set(wordsIn(name));
      return asked.every(word => known.has(word));
    }),
  );
}

function wordsIn(name: string): string[] {
  return name
    .toUpperCase()
    .replace(/(\d) GB\b/g, '$1GB')
    .split(/[^A-Z0-9]+/)
    .filter(Boolean);
}
