import type { Knex } from 'knex';
import {
  addDays,
  dayKeyOf,
  dayStartOf,
  tallyDays,
  type Tally,
} from '@fawkes/backstage-plugin-delivery-common';
import {
  countedForItself,
  readChangeRows,
  readDeploymentRows,
  readIncidentRows,
  type RowFilter,
} from '../store/metricRows';
import { rolledUpDays } from './rolledUpDays';
import { countSharedOnce } from './countSharedOnce';
import type { TallyContext, TallyQuestion } from './tallyQuestion';

/**
 * From how many deployments a scope has ever seen roll-ups answer. Below, rows
 * are quick enough to read and exact.
 */
const WIDE_SCOPE = 20_000;

/**
 * Tallies of a scope by local day: exact from rows for a few services, from
 * daily roll-ups for wide scopes wherever these answer the very question.
 */
export async function tallyScope(
  db: Knex,
  question: TallyQuestion,
  context: TallyContext,
): Promise<Map<string, Tally>> {
  const rolledUp =
    question.deployments >= WIDE_SCOPE &&
    question.services.length > 1 &&
    question.tz === context.timezone &&
    question.start === 'committed' &&
    question.recoveryFrom === 'finished' &&
    question.environment === undefined;
  return rolledUp
    ? tallyFromRollups(db, question, context)
    : tallyFromRows(db, question, context);
}

/**
 * The exact way: every row is read.
 *
 * @param each - count every row for itself, as roll-ups do, and not once what
 *   was told for several services
 */
export async function tallyFromRows(
  db: Knex,
  question: TallyQuestion,
  context: TallyContext,
  each = false,
): Promise<Map<string, Tally>> {
  if (question.services.length === 0) return new Map();
  const filter: RowFilter = {
    services: question.services,
    fromMs: question.fromMs,
    toMs: Math.min(question.toMs, question.asOfMs + 1),
    withSandbox: question.withSandbox,
    environment: question.environment,
  };
  const [deployments, changes, incidents] = await Promise.all([
    readDeploymentRows(db, filter),
    readChangeRows(db, filter, question.unit, question.start),
    readIncidentRows(db, {
      ...filter,
      sandboxSources: context.sandboxSources,
    }),
  ]);
  return tallyDays(
    {
      deployments: each ? deployments.map(countedForItself) : deployments,
      changes,
      incidents,
    },
    {
      tz: question.tz,
      asOf: question.asOfMs,
      recoveryFrom: question.recoveryFrom,
    },
  );
}

/**
 * The wide way: whole days come from roll-ups, the cut days at the edges from
 * rows. Either the members of the scope are added up or everything else is
 * taken off the whole, whichever is less work; then what a deployment of
 * several services was counted too often is put right.
 */
export async function tallyFromRollups(
  db: Knex,
  question: TallyQuestion,
  context: TallyContext,
): Promise<Map<string, Tally>> {
  const tz = context.timezone;
  const toMs = Math.min(question.toMs, question.asOfMs + 1);
  const firstDay = dayKeyOf(question.fromMs, tz);
  const first =
    dayStartOf(firstDay, tz) === question.fromMs
      ? firstDay
      : addDays(firstDay, 1);
  // Today's roll-up holds what is known of today, so `asOf` cuts nothing off.
  const cut = question.toMs <= question.asOfMs;
  const end = cut
    ? dayKeyOf(question.toMs, tz)
    : addDays(dayKeyOf(toMs, tz), 1);
  if (first >= end) return tallyFromRows(db, question, context);

  const days = await rolledUpDays(db, question, first, end);
  const wholeFrom = dayStartOf(first, tz);
  const wholeTo = dayStartOf(end, tz);
  for (const [fromMs, until] of [
    [question.fromMs, wholeFrom],
    [wholeTo, question.toMs],
  ]) {
    if (fromMs >= until) continue;
    const edge = await tallyFromRows(
      db,
      { ...question, fromMs, toMs: until },
      context,
      true,
    );
    for (const [day, tally] of edge) days.set(day, tally);
  }
  return countSharedOnce(db, question, context, days);
}
