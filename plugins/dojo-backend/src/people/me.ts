import type { Knex } from 'knex';
import { findLearner, keepsProgress } from '../learn/learners';

/** Stands where an id of a learner would; no row has it. */
const NOBODY = '-';

/** The person a row is about: by their name, and by their id as a learner. */
export interface Me {
  userRef: string;
  learner: string;
}

/** A person as tables know them; who has not begun to learn is in few of them. */
export async function meOf(db: Knex, userRef: string): Promise<Me> {
  return { userRef, learner: (await findLearner(db, userRef)) ?? NOBODY };
}

/** Whether they have begun to learn. */
export function isLearner({ userRef, learner }: Me): boolean {
  return keepsProgress(userRef) && learner !== NOBODY;
}
