import type { Knex } from 'knex';
import type { Library } from '../content/library';
import type { Chance } from './chance';

/** What use cases are made of. */
export interface LearnDeps {
  db: Knex;
  library: Library;
  chance: Chance;
  now(): number;
}
