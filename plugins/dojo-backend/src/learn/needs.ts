import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { sayDojo } from '@fawkes/backstage-plugin-dojo-common';
import type { PublishedLab } from '@fawkes/backstage-plugin-dojo-common/rules';
import type {
  CheckSubject,
  DojoCheck,
} from '@fawkes/backstage-plugin-dojo-node';
import { isAway } from '@fawkes/kit-backend/http';
import type { Said } from '@fawkes/kit-contract';
import type { Revision } from '../content/library';
import { awayError } from './away';
import type { LearnDeps } from './deps';

/** What the portal lacks for a lab, whoever does it. */
export function lackingFor(
  lab: PublishedLab,
  revision: Revision,
  checks: ReadonlyMap<string, DojoCheck>,
): Said[] {
  return lab.checks.flatMap(({ id, type }) => {
    const check = checks.get(type);
    if (!check) return [sayDojo('check.absent', { type })];
    const lacking = check.needs?.(paramsOf(check, revision, lab.id, id));
    return lacking ? [lacking] : [];
  });
}

/** What the steps of a lab are about for one person, or what is missing for it. */
export interface Chosen {
  needs: Said[];
  subjects: Record<string, CheckSubject>;
}

/**
 * Chooses what each step is about.
 *
 * @param run - what orders the candidates by chance
 * @throws AwayError where what is to be asked does not answer
 */
export async function chooseSubjects(
  { lab, revision }: { lab: PublishedLab; revision: Revision },
  who: { userRef: string; credentials: BackstageCredentials; run: string },
  { checks, chance, now }: LearnDeps,
): Promise<Chosen> {
  const chosen: Chosen = {
    needs: lackingFor(lab, revision, checks),
    subjects: {},
  };
  if (chosen.needs.length > 0) return chosen;
  for (const { id, type } of lab.checks) {
    const check = checks.get(type)!;
    if (!check.choose) continue;
    try {
      const choice = await check.choose({
        params: paramsOf(check, revision, lab.id, id),
        learner: who.userRef,
        credentials: who.credentials,
        now: now(),
        rank: chance.rank(who.run, id),
      });
      if ('subject' in choice) chosen.subjects[id] = choice.subject;
      else chosen.needs.push(choice.missing);
    } catch (error) {
      throw isAway(error) ? awayError(error) : error;
    }
  }
  return chosen;
}

/** What content says to a check, as its schema reads it. */
export function paramsOf(
  check: DojoCheck,
  revision: Revision,
  lab: string,
  step: string,
): unknown {
  return check.params.parse(revision.step(lab, step).params);
}
