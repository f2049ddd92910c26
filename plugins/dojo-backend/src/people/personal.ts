import type { MineKind } from '@fawkes/backstage-plugin-dojo-common';
import type { Table } from '@fawkes/kit-backend/sql';
import type { Knex } from 'knex';
import { tables } from '../store/tables';
import { erased, type Erasing } from './erased';
import type { Me } from './me';

/** A row of any of the tables. */
export type Row = Readonly<Record<string, unknown>>;

/** A column that an export has in another way, and why. */
export interface Changed {
  why: string;
  as(row: Row, me: Me, around: ExportAround): unknown;
}

/** What columns are exported with that hold more than is shown. */
export interface ExportAround {
  /** The questions of an attempt, as it showed them. */
  questionsOf(row: Row): Promise<unknown>;
}

/** How a table is about people. */
export interface Personal {
  kind: MineKind;
  /** Rows about a person. */
  rows(db: Knex, me: Me): Knex.QueryBuilder;
  /** What the newest are told by. */
  newest: string;
  /** Columns that hold JSON. */
  json?: readonly string[];
  /** Columns that are not exported as they are. */
  changed?: Readonly<Record<string, Changed>>;
  /** Leaves no row about them. */
  erase(tx: Knex.Transaction, me: Me, how: Erasing): Promise<unknown>;
}

/**
 * Every table and how it is about people: `null` says that it is not. A table that
 * is new does not compile until it says so here; a test puts a person into all of
 * them and looks for what the export or the erasure forgot. They are erased in this
 * order, what hangs on others before them.
 */
export const personal: {
  readonly [K in keyof typeof tables]: Personal | null;
} = {
  secrets: null,
  sources: null,
  curricula: null,
  revisions: null,
  revisionKeys: null,
  statusLists: null,
  teamFigures: null,
  teamPeople: {
    ...byLearner(tables.teamPeople, 'team', 'group_ref'),
    erase: erased.counted,
  },
  lessonReads: byLearner(tables.lessonReads, 'lesson', 'opened_at'),
  attempts: {
    ...byLearner(tables.attempts, 'attempt', 'started_at'),
    json: ['answers', 'result'],
    changed: {
      questions: {
        why: 'as the attempt showed them; what grades them is of the curriculum',
        as: (row, _, { questionsOf }) => questionsOf(row),
      },
    },
  },
  labSteps: {
    kind: 'step',
    newest: 'run_id',
    rows: (db, me) =>
      db(tables.labSteps.name).whereIn('run_id', runsOf(db, me)),
    json: ['passed', 'last', 'evidence'],
    erase: (tx, me) =>
      tx(tables.labSteps.name).whereIn('run_id', runsOf(tx, me)).delete(),
  },
  labRuns: {
    ...byLearner(tables.labRuns, 'run', 'started_at'),
    changed: {
      subjects: {
        why: 'as the run showed them; what an answer is compared with is left out',
        as: ({ subjects }) =>
          Object.fromEntries(
            Object.entries<{ kept?: unknown }>(
              JSON.parse(String(subjects)),
            ).map(([step, { kept: _, ...shown }]) => [step, shown]),
          ),
      },
    },
  },
  labClaims: byLearner(tables.labClaims, 'claim', 'key'),
  completions: byLearner(tables.completions, 'completion', 'at'),
  countedFacts: {
    ...byLearner(tables.countedFacts, 'counted', 'at'),
    json: ['fields'],
  },
  outbox: {
    kind: 'message',
    newest: 'number',
    rows: (db, me) => messagesOf(db, me),
    json: ['payload'],
    erase: (tx, me) => messagesOf(tx, me).delete(),
  },
  locks: {
    kind: 'lock',
    newest: 'name',
    rows: (db, me) => locksOf(db, me),
    erase: (tx, me) => locksOf(tx, me).delete(),
  },
  credentials: {
    kind: 'credential',
    newest: 'issued_at',
    rows: (db, me) =>
      db(tables.credentials.name).whereIn('award_id', awardsOf(db, me)),
    json: ['signed'],
    erase: erased.credentials,
  },
  revocations: {
    kind: 'revocation',
    newest: 'proposed_at',
    rows: (db, me) =>
      db(tables.revocations.name).where(about =>
        about
          .whereIn('award_id', awardsOf(db, me))
          .orWhere({ proposed_by: me.userRef })
          .orWhere({ confirmed_by: me.userRef }),
      ),
    changed: {
      proposed_by: onlyMe('proposed_by'),
      confirmed_by: onlyMe('confirmed_by'),
    },
    erase: erased.revocations,
  },
  awards: {
    ...byLearner(tables.awards, 'award', 'awarded_at'),
    json: ['criteria'],
    erase: erased.awards,
  },
  looks: {
    kind: 'look',
    newest: 'at',
    rows: (db, me) =>
      db(tables.looks.name).where(about =>
        about.where({ learner_id: me.learner }).orWhere({ by_ref: me.userRef }),
      ),
    changed: {
      learner_id: {
        why: 'whom you looked at is theirs',
        as: (row, { learner }) =>
          row.learner_id === learner ? learner : 'somebody else',
      },
    },
    erase: erased.looks,
  },
  choices: byLearner(tables.choices, 'choices', 'changed_at'),
  erasures: {
    ...byLearner(tables.erasures, 'erasure', 'asked_at'),
    json: ['keep'],
  },
  learners: {
    kind: 'learner',
    newest: 'created_at',
    rows: (db, me) => db(tables.learners.name).where({ id: me.learner }),
    erase: (tx, me) =>
      tx(tables.learners.name).where({ id: me.learner }).delete(),
  },
};

/** Tables with rows of people, in the order they are erased in. */
export const personalTables = (
  Object.keys(personal) as Array<keyof typeof tables>
).flatMap(key => {
  const how = personal[key];
  return how ? [{ table: tables[key] as Table, how }] : [];
});

/** A table with a column for the learner. */
function byLearner(
  { name }: Table,
  kind: MineKind,
  newest: string,
): Pick<Personal, 'kind' | 'rows' | 'newest' | 'erase'> {
  return {
    kind,
    newest,
    rows: (db, { learner }) => db(name).where({ learner_id: learner }),
    erase: (tx, { learner }) =>
      tx(name).where({ learner_id: learner }).delete(),
  };
}

function onlyMe(column: string): Changed {
  return {
    why: 'who else decides is not told',
    as: (row, { userRef }) => {
      const value = row[column];
      return value === null || value === userRef ? value : 'somebody else';
    },
  };
}

function awardsOf(db: Knex, { learner }: Me): Knex.QueryBuilder {
  return db(tables.awards.name).where({ learner_id: learner }).select('id');
}

function runsOf(db: Knex, { learner }: Me): Knex.QueryBuilder {
  return db(tables.labRuns.name).where({ learner_id: learner }).select('id');
}

function messagesOf(db: Knex, { learner }: Me): Knex.QueryBuilder {
  return db(tables.outbox.name).whereIn('lane', [
    `awarded/${learner}`,
    `certify/${learner}`,
  ]);
}

/** Names of locks begin with what is done, then say whose it is. */
function locksOf(db: Knex, me: Me): Knex.QueryBuilder {
  return db(tables.locks.name).where(about => {
    for (const what of ['attempt', 'award', 'run']) {
      about.orWhereLike('name', `${what} ${me.learner} %`);
    }
    about.orWhereIn(
      'name',
      db(tables.awards.name)
        .where({ learner_id: me.learner })
        .select(db.raw("'revoke ' || id")),
    );
  });
}
