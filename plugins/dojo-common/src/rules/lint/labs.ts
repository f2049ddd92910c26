import type { LabRead } from '../content/readCurriculum';
import type { LabFile } from '../content/schemas';
import { faultsIn } from '../content/faultsIn';
import type { Step } from '../content/yaml';
import { labsOf, type Found, type LintContext, type LintRule } from './context';

const STALE_MS = 180 * 86_400_000;

function* checksOf({ curriculum }: LintContext): Generator<{
  lab: LabRead;
  check: LabFile['checks'][number];
  at: Step[];
}> {
  for (const lab of labsOf(curriculum)) {
    for (const [index, check] of lab.value.checks.entries()) {
      yield { lab, check, at: ['checks', index] };
    }
  }
}

export const checkUnknown: LintRule = {
  name: 'check-unknown',
  severity: 'error',
  reason: 'A step that nothing can judge is never done.',
  *check(context) {
    for (const { lab, check, at } of checksOf(context)) {
      if (context.checks.has(check.type)) continue;
      yield {
        path: lab.path,
        line: lab.lineOf([...at, 'type']),
        message: 'type: there is no check of this type',
      };
    }
  },
};

export const checkParams: LintRule = {
  name: 'check-params',
  severity: 'error',
  reason: 'A check that is asked wrongly answers something else.',
  *check(context) {
    for (const { lab, check, at } of checksOf(context)) {
      const parsed = context.checks.get(check.type)?.safeParse(check.params);
      if (!parsed?.error) continue;
      for (const { at: steps, message } of faultsIn(parsed.error, 'params')) {
        const line = lab.lineOf([...at, 'params', ...steps]);
        yield { path: lab.path, line, message };
      }
    }
  },
};

/** Checks that do not add up, or share a name: a part of `points-total`. */
export function* labPoints({ curriculum }: LintContext): Generator<Found> {
  for (const lab of labsOf(curriculum)) {
    const { checks, total } = lab.value;
    const sum = checks.reduce((all, { points }) => all + Number(points), 0);
    if (sum !== Number(total)) {
      yield {
        path: lab.path,
        line: lab.lineOf(['total']),
        message: `total: the checks carry ${sum} points`,
      };
    }
    for (const [index, { id }] of checks.entries()) {
      if (checks.findIndex(each => each.id === id) === index) continue;
      yield {
        path: lab.path,
        line: lab.lineOf(['checks', index, 'id']),
        message: 'id: another check of this lab has it',
      };
    }
  }
}

export const labStale: LintRule = {
  name: 'lab-stale',
  severity: 'warning',
  reason:
    'The portal goes on changing; a lab has to be done anew now and then.',
  *check({ curriculum, now }) {
    for (const lab of labsOf(curriculum)) {
      const { verifiedAt } = lab.value;
      if (verifiedAt === undefined) {
        yield {
          path: lab.path,
          line: lab.lineOf([]),
          message: 'verifiedAt: nobody did it yet; do it and say when',
        };
        continue;
      }
      if (now === undefined || now - Date.parse(verifiedAt) <= STALE_MS) {
        continue;
      }
      yield {
        path: lab.path,
        line: lab.lineOf(['verifiedAt']),
        message: 'verifiedAt: nobody did it for 180 days; do it and say when',
      };
    }
  },
};
