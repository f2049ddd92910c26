import type { LabRun, RunStep } from '@fawkes/backstage-plugin-dojo-common';
import {
  asksOf,
  CHECK_TYPES,
  judgeLab,
  stateOf,
  type Sighting,
} from '@fawkes/backstage-plugin-dojo-common/rules';
import type { CheckSubject } from '@fawkes/backstage-plugin-dojo-node';
import type { Revision } from '../content/library';
import type { RunRow, StepRow } from '../store/tables';
import { iso } from './iso';
import type { KeptEvidence, KeptLook } from './looks';
import { CHECK_PAUSE_MS } from './pace';

/** What is known of a step. */
export function sightingOf(row: StepRow | undefined): Sighting<KeptLook> {
  return {
    passed: row?.passed ? JSON.parse(row.passed) : null,
    last: row?.last ? JSON.parse(row.last) : null,
  };
}

/** A run for the one who does it: nothing of what its steps look for. */
export function toRun({
  row,
  revision,
  steps,
  asked,
  now,
}: {
  row: RunRow;
  revision: Revision;
  steps: ReadonlyMap<string, StepRow>;
  asked: number | null;
  now: number;
}): LabRun {
  const { lab, module, exam } = revision.lab(row.lab_id);
  const subjects: Record<string, CheckSubject> = JSON.parse(row.subjects);
  const sightings = new Map(
    [...steps].map(([step, each]) => [step, sightingOf(each)]),
  );
  const isOver = row.ended_at !== null || now >= row.ends_at;
  const again = asked === null ? null : asked + CHECK_PAUSE_MS;
  return {
    asOf: iso(now),
    id: row.id,
    lab: { id: lab.id, slug: lab.slug, title: lab.title },
    module: module && { slug: module.slug, title: module.title },
    belt: exam && { slug: exam.belt.slug, title: exam.belt.title },
    state: isOver ? 'ended' : 'open',
    startedAt: iso(row.started_at),
    endsAt: iso(row.ends_at),
    passedAt: row.passed_at === null ? null : iso(row.passed_at),
    nonce: lab.checks.some(looksForNonce) ? row.nonce : null,
    earned: judgeLab(lab, sightings, row.passed_at).earned,
    total: lab.total,
    required: lab.required,
    checkAgainAt: again !== null && again > now ? iso(again) : null,
    steps: lab.checks.map(({ id, title, type, points, required }): RunStep => {
      const { params, fix } = revision.step(lab.id, id);
      const sighting = sightingOf(steps.get(id));
      const state = stateOf(sighting);
      const look = sighting.passed ?? sighting.last;
      const subject = subjects[id];
      const visits = type === 'visited';
      const page = visits ? String(params.path) : subject?.page;
      return {
        id,
        title,
        points,
        required,
        asks: asksOf(type, params) ?? null,
        about: subject?.about ?? null,
        entity: subject?.entity ?? null,
        page: page ?? null,
        visits,
        answer: steps.get(id)?.answer ?? null,
        state,
        passedAt: sighting.passed ? iso(sighting.passed.at) : null,
        lookedAt: look?.observedAt ? iso(look.observedAt) : null,
        why: state === 'passed' ? null : look?.why ?? null,
        fix: state === 'failed' || state === 'unknown' ? fix : null,
        evidence: evidenceOf(steps.get(id)),
      };
    }),
  };
}

/** A type that others bring may; of the suite's own it is known. */
function looksForNonce({ type }: { type: string }): boolean {
  const known = CHECK_TYPES[type];
  return known === undefined || known.nonce === true;
}

function evidenceOf(row: StepRow | undefined): RunStep['evidence'] {
  if (!row?.evidence) return null;
  const kept: KeptEvidence = JSON.parse(row.evidence);
  const { source, observedAt, assurance, excerpt, digest } = kept;
  return { source, observedAt: iso(observedAt), assurance, excerpt, digest };
}
