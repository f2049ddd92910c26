import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { sayDojo } from '@fawkes/backstage-plugin-dojo-common';
import {
  excerptOf,
  type Assurance,
  type Look,
  type PublishedCheck,
  type PublishedLab,
} from '@fawkes/backstage-plugin-dojo-common/rules';
import type {
  CheckAnswer,
  CountedFact,
  CheckSubject,
} from '@fawkes/backstage-plugin-dojo-node';
import { isAway } from '@fawkes/kit-backend/http';
import { sha256 } from '@fawkes/kit-backend/sql';
import { canonicalJson, type Said } from '@fawkes/kit-contract';
import type { Revision } from '../content/library';
import type { LearnDeps } from './deps';
import { paramsOf } from './needs';

/** What is kept of a pass. */
export interface KeptEvidence {
  source: string;
  observedAt: number;
  assurance: Assurance;
  excerpt: string;
  /** Of the excerpt. */
  digest: string;
  /** Of the fact with everything that was taken out. */
  sourceDigest: string;
}

/** A look at a step, as it is kept. */
export interface KeptLook extends Look {
  /** When the fact was read; nobody knows of an error. */
  observedAt: number | null;
  why: Said | null;
}

/** What looking at a step brought. */
export interface Looked {
  step: string;
  look: KeptLook;
  evidence: KeptEvidence | null;
  /** What may serve one learner only. */
  claim: string | null;
  /** What belts count. */
  counts: readonly CountedFact[];
}

/** In whose name, and for which run, facts are looked at. */
export interface Looking {
  lab: PublishedLab;
  revision: Revision;
  learner: string;
  credentials: BackstageCredentials;
  enrolledAt: number;
  startedAt: number;
  nonce: string;
  subjects: Readonly<Record<string, CheckSubject>>;
  answers: ReadonlyMap<string, string>;
  /** Of the round. */
  at: number;
}

/**
 * Looks at one step.
 *
 * @returns the error, where what it asks is away: the step stays as it was
 */
export async function lookAt(
  { id, type }: PublishedCheck,
  looking: Looking,
  { checks, logger }: LearnDeps,
): Promise<Looked | { away: unknown }> {
  const check = checks.get(type);
  if (!check) return unknown(id, looking, sayDojo('check.absent', { type }));
  try {
    const answer = await check.evaluate({
      params: paramsOf(check, looking.revision, looking.lab.id, id),
      learner: looking.learner,
      since: new Date(
        check.since === 'enrolment' ? looking.enrolledAt : looking.startedAt,
      ),
      runStartedAt: new Date(looking.startedAt),
      nonce: looking.nonce,
      subject: looking.subjects[id],
      answer: looking.answers.get(id),
      credentials: looking.credentials,
    });
    return toLooked(id, answer, check.assurance, looking);
  } catch (error) {
    if (isAway(error)) return { away: error };
    // What was asked and found is the learner's: the log says where it broke, and no more.
    logger.error(
      `A check of the type '${type}' broke in the lab '${
        looking.lab.slug
      }': ${placeOf(error)}`,
    );
    return unknown(id, looking, sayDojo('check.broken'));
  }
}

function unknown(step: string, { at }: Looking, why: Said): Looked {
  const look: KeptLook = { verdict: 'error', at, observedAt: null, why };
  return { step, look, evidence: null, claim: null, counts: [] };
}

/** Kind and place of an error, without what it says. */
function placeOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const place = /\n\s+at [^\n]{1,300}/.exec(error.stack ?? '')?.[0].trim();
  return `${error.name} ${place ?? ''}`.trim();
}

function toLooked(
  step: string,
  answer: CheckAnswer,
  best: Assurance,
  looking: Looking,
): Looked {
  if (answer.verdict === 'error') return unknown(step, looking, answer.why);
  const { at, learner, lab } = looking;
  const observedAt = answer.observedAt.getTime();
  if (answer.verdict === 'fail') {
    const { verdict, why } = answer;
    const look: KeptLook = { verdict, at, observedAt, why };
    return { step, look, evidence: null, claim: null, counts: [] };
  }
  const {
    source,
    fact,
    claim,
    counts = [],
    assurance = best,
  } = answer.evidence;
  const { text } = excerptOf(fact, learner);
  return {
    step,
    look: { verdict: 'pass', at, observedAt, why: null },
    evidence: {
      source,
      observedAt,
      assurance: least(
        assurance,
        best,
        lab.attribution === 'owner' ? 'attested' : 'observed',
      ),
      excerpt: text,
      digest: sha256(text),
      sourceDigest: sha256(canonicalJson(fact)),
    },
    claim: claim === undefined ? null : sha256(`${lab.id} ${step} ${claim}`),
    counts,
  };
}

const ORDER: readonly Assurance[] = ['self-reported', 'attested', 'observed'];

/** The least known of several. */
export function least(...all: Assurance[]): Assurance {
  return ORDER.find(assurance => all.includes(assurance))!;
}
