import type { Findings } from './findings';
import { boardsOf, nameOf } from './hostGpus';
import {
  alternativesTo,
  judgeLayout,
  type MigBoard,
  type MigInstance,
  type MigLayout,
  type MigRefusal,
} from './mig';
import type { SharedGroup } from './sharing';
import type { GpuHostSpec } from './spec';

/** Facts that are older are read again before anything is cut, ms. */
const FRESH_MS = 15 * 60_000;

/** How the GPUs of a host are cut, by their index. */
export interface Cut {
  placements: Map<number, MigInstance[]>;
  alternatives: Array<{ gpu: number; layouts: MigLayout[] }>;
}

interface Told {
  layout: MigLayout;
  path: string;
}

/** Cuts every GPU that uses MIG as its layout says. */
export function cutGpus(
  spec: GpuHostSpec,
  groups: readonly SharedGroup[],
  now: number,
  findings: Findings,
): Cut {
  const cut: Cut = { placements: new Map(), alternatives: [] };
  const withMig = groups.filter(
    ({ methods, group }) =>
      methods.includes('mig') && group.vendor === 'nvidia',
  );
  const told = readLayouts(
    spec,
    withMig.flatMap(({ gpus }) => gpus),
    findings,
  );
  for (const numbered of withMig) {
    const board = boardOf(spec, numbered, findings);
    checkStrategy(numbered, told, findings);
    for (const gpu of numbered.gpus) {
      const layout = told.get(gpu);
      if (!layout)
        findings.add('parameters', 'error', 'migLayouts', 'MIG_LAYOUT', {
          gpu,
        });
      else if (board) cutGpu(spec, board, gpu, layout, now, cut, findings);
    }
  }
  return cut;
}

/** Which layout each GPU has; none has two. */
function readLayouts(
  { migLayouts = [], facts }: GpuHostSpec,
  gpus: readonly number[],
  findings: Findings,
): Map<number, Told> {
  const told = new Map<number, Told>();
  migLayouts.forEach(({ gpu: name, layout }, i) => {
    const path = `migLayouts[${i}]`;
    const index =
      typeof name === 'string' ? facts?.uuids?.indexOf(name) ?? -1 : name;
    const meant = name === 'all' ? gpus : gpus.filter(gpu => gpu === index);
    if (meant.length === 0)
      findings.add('parameters', 'error', `${path}.gpu`, 'GPU_UNKNOWN', {
        gpu: name,
      });
    for (const gpu of meant) {
      if (told.has(gpu))
        findings.add('parameters', 'error', `${path}.gpu`, 'GPU_TWICE', {
          gpu,
        });
      else told.set(gpu, { layout, path: `${path}.layout` });
    }
  });
  return told;
}

function boardOf(
  { facts }: GpuHostSpec,
  { group, path }: SharedGroup,
  findings: Findings,
): MigBoard | undefined {
  // Said already, with the method.
  if (facts?.jetson) return undefined;
  const boards = boardsOf(group);
  const [board] = boards;
  if (!board)
    findings.add('board', 'error', `${path}.model`, 'MIG_BOARD', {
      board: nameOf(group),
    });
  else if (boards.length > 1)
    findings.add('board', 'error', `${path}.model`, 'BOARD_AMBIGUOUS', {
      model: nameOf(group),
      boards: boards.map(one => one.board).join(', '),
    });
  else if (board.evidence === 'inferred')
    findings.add('board', 'warning', `${path}.model`, 'UNPROVEN_PLACEMENT', {
      board: board.board,
    });
  return boards.length === 1 ? board : undefined;
}

/** One profile everywhere, where the strategy is that there is one. */
function checkStrategy(
  { group, gpus, path }: SharedGroup,
  told: ReadonlyMap<number, Told>,
  findings: Findings,
): void {
  if (group.migStrategy !== 'single') return;
  const kinds = new Set(
    gpus.map(gpu => JSON.stringify(profilesOf(told.get(gpu)?.layout ?? {}))),
  );
  const one = gpus.every(
    gpu => profilesOf(told.get(gpu)?.layout ?? {}).length <= 1,
  );
  if (kinds.size > 1 || !one)
    findings.add(
      'parameters',
      'error',
      `${path}.migStrategy`,
      'MIG_SINGLE_UNEQUAL',
    );
}

function profilesOf(layout: MigLayout): Array<[string, number]> {
  return Object.entries(layout).filter(([, count]) => count > 0);
}

function cutGpu(
  spec: GpuHostSpec,
  board: MigBoard,
  gpu: number,
  { layout, path }: Told,
  now: number,
  cut: Cut,
  findings: Findings,
): void {
  const at = spec.existing?.findIndex(one => one.gpu === gpu) ?? -1;
  const existing = at < 0 ? undefined : spec.existing![at];
  const age = existing ? now - Date.parse(existing.observedAt) : 0;
  if (age > FRESH_MS)
    findings.add(
      'parameters',
      'warning',
      `existing[${at}].observedAt`,
      'STALE_FACTS',
      { gpu, minutes: Math.floor(age / 60_000) },
    );
  if (profilesOf(layout).length === 0)
    findings.add('parameters', 'warning', path, 'MIG_EMPTY', { gpu });

  const verdict = judgeLayout(board, layout, existing?.instances);
  if (verdict.fits) {
    cut.placements.set(gpu, verdict.placements);
    return;
  }
  refuse(verdict.refusal, gpu, path, `existing[${at}]`, findings);
  const layouts = alternativesTo(board, layout, existing?.instances);
  if (layouts.length > 0) cut.alternatives.push({ gpu, layouts });
}

/** Says a refusal with what its words need. */
function refuse(
  refusal: MigRefusal,
  gpu: number,
  path: string,
  existing: string,
  findings: Findings,
): void {
  const say = findings.add.bind(findings, 'parameters', 'error') as (
    at: string,
    code: MigRefusal['code'],
    params?: object,
  ) => void;
  const { code, ...params } = refusal;
  say(code === 'INCONSISTENT_STATE' ? existing : path, code, {
    ...params,
    gpu,
  });
}
