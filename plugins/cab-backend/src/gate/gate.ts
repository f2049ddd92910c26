import {
  STATE_SETS,
  type GateAnswer,
  type GateBody,
} from '@fawkes/backstage-plugin-cab-common';
import { escalate, quorumMet } from '@fawkes/backstage-plugin-cab-common/rules';
import {
  insertRows,
  inTransaction,
  select,
  type NewRowOf,
} from '@fawkes/kit-backend/sql';
import { v7 as uuid } from 'uuid';
import { ask } from '../cases/ask';
import { countingVotes } from '../cases/deciding';
import type { CaseDeps, Doer } from '../cases/deps';
import { afterwards, lockChanges, Moving, writeAll } from '../cases/moving';
import { readPerson, StaleVoters } from '../cases/people';
import type { ScoredRevision } from '../cases/scored';
import { voidVotes } from '../cases/voiding';
import { calendarOf } from '../facts/readFacts';
import { Batches } from '../record/batches';
import { databaseNow } from '../store/database';
import { allows, answers, revisions, type ChangeRow } from '../store/tables';
import { freeOf, mayAsk, newestFor, placeOf } from './asked';
import { lookAt, type Look } from './look';
import { recheckFacts, type Recheck } from './recheck';
import {
  byState,
  byArtifact,
  byException,
  byTime,
  ofApproved,
  ofCaller,
  ofFree,
  ofNothing,
  ofUnknownVoters,
  ofUnreadableFacts,
  ofWorse,
  type Answer,
} from './verdict';

const DAY_MS = 86_400_000;

/** What was read again of a change request, because it was needed. */
interface Found {
  /** What it is about: another revision or round is looked at anew. */
  revision: number;
  round: number;
  facts: Recheck;
  votersUnreadable: boolean;
}

/** A question, with what was found out for it. */
interface Question {
  body: GateBody;
  caller: string;
  doer: Doer;
  changeId: string;
  found: Found | undefined;
}

/** Something has to be read again before this can be answered. */
const AGAIN = Symbol('again');

/**
 * Answers pipelines. What is answered about a change request is in the record
 * before it is answered; questions that come in together share one commit.
 */
export class Gate {
  readonly #batches: Batches<Question, GateAnswer | typeof AGAIN>;

  constructor(private readonly deps: CaseDeps) {
    this.#batches = new Batches(questions => this.#answer(questions));
  }

  /**
   * May this run start?
   *
   * @param caller - subject of the token
   */
  async ask(body: GateBody, caller: string, doer: Doer): Promise<GateAnswer> {
    const { db, config } = this.deps;
    const now = await databaseNow(db);
    if (!mayAsk(this.deps, body, caller))
      return this.#counted(ofCaller(body), body, now);
    let found: Found | undefined;
    for (let attempt = 1; attempt <= 5; attempt++) {
      const row = await newestFor(this.deps, body);
      const place = row ? placeOf(row) : await this.deps.place(body);
      const free = freeOf(config, body, place);
      if (free) return this.#counted(ofFree(free, body, now), body, now);
      if (!row) return this.#counted(ofNothing(body), body, now);
      const asked = { body, caller, doer, changeId: row.id, found };
      const told = await this.#batches.add(asked);
      if (told !== AGAIN) return told;
      found = await this.#findOut(row);
    }
    throw new Error('The change request does not come to rest');
  }

  /** Asks others about what is approved, before anything is locked. */
  async #findOut(row: ChangeRow): Promise<Found | undefined> {
    const { deps } = this;
    if (!isOpen(row)) return undefined;
    const now = await databaseNow(deps.db);
    const look = await lookAt(deps.db, [row], now);
    const scored = look.scored(row);
    const { revision, round } = row;
    const found: Found = {
      revision,
      round,
      facts: { kind: 'same' },
      votersUnreadable: false,
    };
    try {
      await countingVotes(row, scored, look.live(row), look.voters);
    } catch (error) {
      if (!(error instanceof StaleVoters)) throw error;
      found.votersUnreadable = !(await this.#readVoters(error.userRefs, now));
    }
    if (!look.hasFreshFacts(row)) {
      found.facts = await recheckFacts(deps, row, scored, now);
    }
    return found;
  }

  async #readVoters(
    userRefs: readonly string[],
    now: number,
  ): Promise<boolean> {
    try {
      for (const userRef of userRefs) await readPerson(this.deps, userRef, now);
      return true;
    } catch (error) {
      this.deps.logger.warn('Those who approved could not be read', {
        error: String(error),
      });
      return false;
    }
  }

  /** Answers questions in one transaction, and writes all of it down. */
  async #answer(
    questions: readonly Question[],
  ): Promise<ReadonlyArray<GateAnswer | typeof AGAIN>> {
    const { db } = this.deps;
    const { told, movings } = await inTransaction(db, async tx => {
      const now = await databaseNow(tx);
      const ids = [...new Set(questions.map(each => each.changeId))];
      const rows = await lockChanges(tx, ids);
      const look = await lookAt(tx, rows.filter(isOpen), now);
      const held = new Map(
        rows.map(row => {
          const { doer } = questions.find(each => each.changeId === row.id)!;
          return [row.id, new Moving(tx, row, now, doer)];
        }),
      );
      const allowed: Array<NewRowOf<typeof allows>> = [];
      const given: Array<{ answer: Answer; at: number } | typeof AGAIN> = [];
      for (const question of questions) {
        const moving = held.get(question.changeId)!;
        const answer = await this.#decide(question, moving, look);
        if (answer === AGAIN) {
          given.push(AGAIN);
          continue;
        }
        if (answer.verdict === 'allow') {
          allowed.push(allowOf(question, moving, answer));
        }
        const { body, caller } = question;
        moving.raise({
          event: 'gate_asked',
          by: 'plane',
          data: {
            verdict: answer.verdict,
            reasonCode: answer.reasonCode,
            stage: body.stage,
            runUrl: body.runUrl,
            artifactDigest: body.artifactDigest,
            expiresAt: answer.expiresAt,
            caller,
            policyHash: this.deps.config.policyHash,
          },
        });
        given.push({ answer, at: moving.drafts.length - 1 });
      }
      await insertRows(tx, allows, allowed);
      const all = [...held.values()];
      const written = await writeAll(tx, all);
      return {
        movings: all,
        told: given.map((each, index) =>
          each === AGAIN
            ? AGAIN
            : {
                ...each.answer,
                seq: written[all.indexOf(held.get(questions[index].changeId)!)][
                  each.at
                ].seq,
              },
        ),
      };
    });
    for (const moving of movings) await afterwards(this.deps, moving);
    return told;
  }

  /** In the order of the design: state, time, exceptions, digest, voters, facts. */
  async #decide(
    { body, found }: Question,
    moving: Moving,
    look: Look,
  ): Promise<Answer | typeof AGAIN> {
    const { row, now } = moving;
    const ended = byState(row);
    if (ended) return ended;
    const scored = look.scored(row);
    const calendar = calendarOf(this.deps.config, row.entity_ref);
    const late = byTime(row, scored, calendar, now);
    if (late) {
      if (late.reasonCode === 'EXPIRED') await expire(moving);
      return late;
    }
    const used = look.exceptions(row);
    const lapsed = byException(row, scored, used, now);
    if (lapsed) return lapsed;
    const other = byArtifact(row, body, look.vouched(row));
    if (other) return other;
    // What was found out about another revision or round says nothing of this one.
    const isOfThis =
      found?.revision === row.revision && found.round === row.round;
    if (isOfThis && found.votersUnreadable) return ofUnknownVoters(row, now);
    const lost = await this.#lostVoters(moving, scored, look);
    if (lost) return lost;
    if (isOfThis && found.facts.kind === 'unreadable') {
      return ofUnreadableFacts(row, now);
    }
    if (isOfThis && found.facts.kind === 'worse') {
      moving.raise({
        event: 'invalidate',
        by: 'engine',
        holds: { hasInvalidReason: true },
        data: { reason: 'RISK_WORSE' },
      });
      await voidVotes(moving, { code: 'void.round' });
      await ask(moving, found.facts.scored, this.deps.config);
      return ofWorse(row);
    }
    if (!look.hasFreshFacts(row)) return AGAIN;
    return ofApproved(row, scored, calendar, used, now);
  }

  /** Takes it back to the board where those who approved are no longer enough. */
  async #lostVoters(
    moving: Moving,
    scored: ScoredRevision,
    look: Look,
  ): Promise<Answer | typeof AGAIN | undefined> {
    const { row, tx } = moving;
    const live = look.live(row);
    let counting;
    try {
      counting = await countingVotes(row, scored, live, look.voters);
    } catch (error) {
      if (error instanceof StaleVoters) return AGAIN;
      throw error;
    }
    const counted = new Set(counting.map(({ userRef }) => userRef));
    const gone = live.filter(
      ({ user_ref, decision }) =>
        decision === 'approve' && !counted.has(user_ref),
    );
    if (gone.length === 0) return undefined;
    look.forget(gone.map(({ id }) => id));
    await voidVotes(
      moving,
      { code: 'void.member' },
      gone.map(({ id }) => id),
    );
    const isMissed = !quorumMet(
      scored.requirement,
      counting,
      scored.ownerGroup ?? undefined,
    );
    moving.raise({
      event: 'member_lost',
      by: 'engine',
      ...(isMissed && { holds: { isQuorumMissed: true } }),
      data: { voters: gone.map(({ user_ref }) => user_ref).sort() },
    });
    if (!isMissed) return undefined;
    const { requirement } = scored;
    const asked =
      requirement.review === 'peer_review'
        ? escalate(requirement, this.deps.config.groups)
        : requirement;
    row.requirement = JSON.stringify(asked);
    row.expires_at = null;
    await tx(revisions.name)
      .where({ change_id: row.id, revision: row.revision })
      .update({ scored: JSON.stringify({ ...scored, requirement: asked }) });
    return byState(row);
  }

  /** What is not about a change request is counted and not recorded. */
  async #counted(
    answer: Answer,
    { entityRef, environment }: GateBody,
    now: number,
  ): Promise<GateAnswer> {
    await insertRows(
      this.deps.db,
      answers,
      [
        {
          entity_ref: entityRef,
          environment,
          code: answer.reasonCode,
          day: Math.floor(now / DAY_MS) * DAY_MS,
          count: 1,
          last_at: now,
        },
      ],
      { update: 'count = cab_answers.count + 1, last_at = excluded.last_at' },
    );
    return { ...answer, seq: null };
  }
}

function allowOf(
  { body, caller }: Question,
  { row, now }: Moving,
  answer: Answer,
): NewRowOf<typeof allows> {
  return {
    id: uuid(),
    change_id: row.id,
    run_url: body.runUrl,
    stage: body.stage,
    caller,
    at: now,
    expires_at: Date.parse(answer.expiresAt!),
    cancelled_at: null,
    spent_at: null,
  };
}

/** Ends an approval whose time is over, unless something may still start by it. */
async function expire(moving: Moving): Promise<void> {
  const { tx, row, now } = moving;
  const [live] = await select(
    tx(allows.name)
      .where('change_id', row.id)
      .whereNull('cancelled_at')
      .where('expires_at', '>', now)
      .limit(1),
    allows,
    'id',
  );
  if (live) return;
  moving.raise({
    event: 'approval_expired',
    by: 'clock',
    holds: { hasNoLiveAllow: true },
    data: { expiresAt: row.expires_at },
  });
}

function isOpen({ state }: ChangeRow): boolean {
  return (STATE_SETS.open as readonly string[]).includes(state);
}
