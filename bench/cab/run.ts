import { randomUUID } from 'node:crypto';
import {
  canonicalBytes,
  FIRST_PREV,
} from '@fawkes/backstage-plugin-cab-common/rules';
import { inTransaction } from '@fawkes/kit-backend/sql';
import type { Knex } from 'knex';
import { Gate } from '../../plugins/cab-backend/src/gate/gate';
import {
  appendEntries,
  type Draft,
} from '../../plugins/cab-backend/src/record/append';
import {
  chainHashOf,
  leafHashOf,
} from '../../plugins/cab-backend/src/record/hash';
import { Batches } from '../../plugins/cab-backend/src/record/batches';
import { MIGRATIONS } from '../../plugins/cab-backend/src/store/database';
import { Databases, openKnex, versionOf } from '../lib/databases';
import { amount, below, duration, percentile, spread } from '../lib/figures';
import { describeMachine, toMarkdown, type Findings } from '../lib/report';
import { readEvidence } from './evidence';
import type { Options } from './options';
import { addPast, approvedOnes, depsOf, questionOf } from './world';

const FULL = 100_000;
/** Different change requests that are asked about, and questions a second. */
const APPROVED = 50;
const RATE = 100;

/** Runs what was asked for and returns the report. */
export async function run(
  options: Options,
  say: (text: string) => void,
): Promise<string> {
  const findings: Findings = { about: [], figures: [], notes: [] };
  if (options.parts.has('hash')) hash(options.entries, findings);
  if (options.parts.has('evidence')) {
    say('reading evidence');
    await readEvidence(findings);
  }
  const databases = new Databases({
    ...options,
    migrate: db => db.migrate.latest({ directory: MIGRATIONS }),
  });
  try {
    const { address } = await databases.create('bench_cab');
    findings.about.push(describeMachine(await versionOf(address)));
    const db = openKnex(address);
    try {
      if (options.parts.has('append')) {
        say('appending');
        await append(db, options.events, findings);
      }
      if (options.parts.has('gate')) await gate(db, options, findings, say);
    } finally {
      await db.destroy();
    }
  } finally {
    await databases.removeAll();
  }
  return `# change approval at scale ${options.scale}\n\n${toMarkdown(
    findings,
  )}`;
}

const draft = (): Draft => ({
  eventId: randomUUID(),
  changeId: randomUUID(),
  type: 'gate_asked',
  actor: 'service:ci',
  correlationId: 'bench',
  data: { filler: 'x'.repeat(700) },
  after: { count: 0, leaf: null },
});

/** What is at least so much. */
const atLeast = (value: number, least: number) =>
  value >= least
    ? 'met'
    : `missed by ${Math.round(100 - (value / least) * 100)} %`;

function hash(entries: number, { figures }: Findings): void {
  const body = canonicalBytes({ ...draft(), at: 1, changeSeq: 0 });
  const from = performance.now();
  let prev = Buffer.from(FIRST_PREV);
  for (let seq = 0; seq < entries; seq++) {
    prev = chainHashOf(prev, seq, leafHashOf(body));
  }
  const rate = entries / ((performance.now() - from) / 1_000);
  figures.push({
    what: `hashing entries of ${body.length} bytes in memory`,
    target: '≥ 100,000 /s',
    measured: `${amount(rate)} /s`,
    verdict: atLeast(rate, 100_000),
  });
}

async function append(
  db: Knex,
  events: number,
  { figures, notes }: Findings,
): Promise<void> {
  const batches = new Batches<Draft, number>(async drafts => {
    const done = await inTransaction(db, tx => appendEntries(tx, drafts));
    return done.map(({ seq }) => seq);
  });
  const from = performance.now();
  await Promise.all(Array.from({ length: events }, () => batches.add(draft())));
  const rate = events / ((performance.now() - from) / 1_000);
  figures.push({
    what: 'events through the appender, batches of 256 at most',
    target: '≥ 1,240 /s',
    measured: `${amount(rate)} /s`,
    verdict: atLeast(rate, 1_240),
  });
  const alone = Math.min(events, 500);
  const then = performance.now();
  for (let index = 0; index < alone; index++) {
    await inTransaction(db, tx => appendEntries(tx, [draft()]));
  }
  const single = alone / ((performance.now() - then) / 1_000);
  notes.push(`- one event a transaction: ${amount(single)} /s`);
}

async function gate(
  db: Knex,
  { scale, seconds }: Options,
  { about, figures }: Findings,
  say: (text: string) => void,
): Promise<void> {
  const deps = depsOf(db);
  say('asking for changes');
  const shas = await approvedOnes(deps, APPROVED);
  const past = Math.round(FULL * scale);
  await addPast(db, past);
  about.push(
    `${amount(
      past + APPROVED,
    )} change requests, ${APPROVED} of them approved; asked in one process, without HTTP`,
  );
  const asked = new Gate(deps);
  const ask = async (index: number) => {
    const from = performance.now();
    const { verdict } = await asked.ask(
      questionOf(shas[index % shas.length], index),
      'ci',
      { actor: 'service:ci', correlationId: 'bench' },
    );
    if (verdict !== 'allow') throw new Error(`The gate said ${verdict}`);
    return performance.now() - from;
  };
  // Facts are read once; then they are good for minutes.
  for (let index = 0; index < APPROVED; index++) await ask(index);
  say('asking the gate');
  const times = await paced(seconds, ask);
  figures.push({
    what: `gate, ${RATE} questions a second`,
    target: 'p95 < 50 ms',
    measured: spread(times),
    verdict: below(percentile(times, 0.95), 50),
  });
  const from = performance.now();
  await Promise.all(Array.from({ length: 100 }, (_, index) => ask(index)));
  const all = performance.now() - from;
  figures.push({
    what: 'gate, 100 questions at one instant',
    target: 'all within 1 s',
    measured: duration(all),
    verdict: below(all, 1_000),
  });
}

async function paced(
  seconds: number,
  ask: (index: number) => Promise<number>,
): Promise<number[]> {
  const asked: Array<Promise<number>> = [];
  const from = performance.now();
  for (let index = 0; index < seconds * RATE; index++) {
    const due = from + (index * 1_000) / RATE;
    const wait = due - performance.now();
    if (wait > 0) await new Promise(resolve => setTimeout(resolve, wait));
    asked.push(ask(index));
  }
  return Promise.all(asked);
}
