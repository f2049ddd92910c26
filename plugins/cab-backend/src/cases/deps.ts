import type { LoggerService } from '@backstage/backend-plugin-api';
import type { EventsService } from '@backstage/plugin-events-node';
import type { Knex } from 'knex';
import type { CabConfig } from '../config';
import type { FactsQuestion, ReadFacts, readPlace } from '../facts/readFacts';
import type { Directory } from '../people/directory';
import type { Checkpointer } from '../record/checkpoints';

/** What the use cases are put together from. */
export interface CaseDeps {
  db: Knex;
  config: CabConfig;
  directory: Pick<Directory, 'person' | 'membersOf'>;
  /** Reads what a risk is made of. */
  facts: (question: FactsQuestion, now: number) => Promise<ReadFacts>;
  /** Whose an entity is, and what kind of environment one is to it. */
  place: (
    question: Pick<FactsQuestion, 'entityRef' | 'environment'>,
  ) => ReturnType<typeof readPlace>;
  checkpointer: Checkpointer;
  events: Pick<EventsService, 'publish'>;
  logger: LoggerService;
}

/** Who does something, and by which request. */
export interface Doer {
  /** Entity ref of the person, or what the engine is called. */
  actor: string;
  correlationId: string;
  /** Subject of the service that speaks for the person. */
  via?: string;
}
