#!/usr/bin/env node
'use strict';

/**
 * Asks the change approval of a portal from a pipeline. No dependencies: what runs
 * with the token of a pipeline should be read in one sitting.
 */
const { readFileSync, statSync } = require('node:fs');

const USAGE = `Usage: cab-gate COMMAND --entity REF --environment NAME [options]

Commands
  request    ask for a change on behalf of somebody, or find the one that is unfinished
  ask        may this run start? one answer
  wait       the same, until it may, may never, or time is up
  started    the run that was let through has started
  finished   how it ended: --outcome succeeded|failed
  attach     send a piece of evidence, as the pipeline itself: --kind, --file

Options
  --entity REF          e.g. component:default/shop
  --environment NAME    as the portal lists it
  --commit SHA          full id; default: what GitHub, GitLab or Jenkins say
  --digest DIGEST       sha256:… of the artifact
  --stage NAME          which part of the rollout; default: all
  --run-url URL         the run; default: what GitHub, GitLab or Jenkins say
  --title TEXT          request: what it is
  --description TEXT    request: more about it
  --on-behalf-of REF    request: the person who asks, e.g. user:default/mira
  --outcome WORD        finished: succeeded or failed
  --kind WORD           attach: tests, scan, sbom, vex, provenance, rollback_plan or rollout_plan
  --file FILE           attach: the report, 25 MiB at most
  --type TYPE           attach: its media type; default: by the kind, of an SBOM by what it begins with
  --supersede           attach: it takes the place of what this pipeline sent of this kind and tool
  --produced-at TIME    attach: when it was made, where it does not say so itself
  --change ID           attach: the change request, instead of entity, environment and commit
  --audience NAME       attach: whom GitHub's token is for; default: fawkes
  --timeout MINUTES     wait, attach: longest; default 60, and 5 for attach
  --url URL             the plugin, e.g. https://portal.example.com/api/cab; default: CAB_URL
  --token-file FILE     file with the token; default: the variable CAB_TOKEN. Attach needs none: it takes
                        the identity token in CAB_CI_TOKEN, or asks GitHub Actions for one
  --advisory            say what the answer is, and exit 0 whatever it is
  --json                print the answer as the portal gave it

Exit 0: allow, or done. 75: not yet; trying again later makes sense. 1: anything else.`;

const COMMANDS = ['request', 'ask', 'wait', 'started', 'finished', 'attach'];
const TEXTS = [
  'entity',
  'environment',
  'commit',
  'digest',
  'stage',
  'run-url',
  'title',
  'description',
  'on-behalf-of',
  'outcome',
  'kind',
  'file',
  'type',
  'produced-at',
  'change',
  'audience',
  'timeout',
  'url',
  'token-file',
];
const SWITCHES = ['advisory', 'json', 'help', 'supersede'];

const OK = 0;
const FAILED = 1;
/** EX_TEMPFAIL of sysexits.h. */
const LATER = 75;

/** It cannot be asked, or the answer is none. */
class Unusable extends Error {}
/** The portal cannot answer now; it says after how many seconds to try again. */
class Busy extends Error {
  constructor(message, seconds) {
    super(message);
    this.seconds = seconds;
  }
}

const SECOND = 1_000;
/** Longest one answer is waited for, ms. */
const PATIENCE = 30 * SECOND;
const MOST_BYTES = 1024 * 1024;
/** Largest piece of evidence, bytes. */
const MOST_EVIDENCE = 25 * 1024 * 1024;
/** Longest one is sent and read, ms. */
const READING = 120 * SECOND;

// --- What is asked ----------------------------------------------------------

function parse(args) {
  const options = {};
  const words = [];
  for (let at = 0; at < args.length; at++) {
    const [, name, inline] = /^--([a-z-]+)(?:=([^]*))?$/.exec(args[at]) ?? [];
    if (name === undefined) {
      words.push(args[at]);
    } else if (SWITCHES.includes(name) && inline === undefined) {
      options[name] = true;
    } else if (TEXTS.includes(name)) {
      const value = inline ?? args[++at];
      if (value === undefined) throw new Unusable(`--${name} has no value`);
      options[name] = value;
    } else {
      throw new Unusable(`${args[at]} is no option; see cab-gate --help`);
    }
  }
  if (options.help) return { command: 'help', options };
  const [command, ...rest] = words;
  if (!COMMANDS.includes(command) || rest.length > 0) {
    throw new Unusable(
      `${words.join(' ') || 'Nothing'} is no command: ${COMMANDS.join(', ')}`,
    );
  }
  return { command, options };
}

const env = name => process.env[name] || undefined;

/** What the pipelines of others call what is asked here. */
function runUrl() {
  const github =
    env('GITHUB_SERVER_URL') && env('GITHUB_REPOSITORY') && env('GITHUB_RUN_ID')
      ? `${env('GITHUB_SERVER_URL')}/${env(
          'GITHUB_REPOSITORY',
        )}/actions/runs/${env('GITHUB_RUN_ID')}`
      : undefined;
  return github ?? env('CI_PIPELINE_URL') ?? env('BUILD_URL');
}

function commit() {
  return env('GITHUB_SHA') ?? env('CI_COMMIT_SHA') ?? env('GIT_COMMIT');
}

function need(value, how) {
  if (value === undefined || value === '') {
    throw new Unusable(`${how} is missing`);
  }
  return value;
}

function bodyOf(command, options) {
  const about = {
    entityRef: need(options.entity, '--entity'),
    environment: need(options.environment, '--environment'),
  };
  const sha = need(options.commit ?? commit(), '--commit');
  if (command === 'request') {
    return {
      ...about,
      headSha: sha,
      title: need(options.title, '--title'),
      onBehalfOf: need(options['on-behalf-of'], '--on-behalf-of'),
      ...(options.digest && { artifactDigest: options.digest }),
      ...(options.description && { description: options.description }),
    };
  }
  return {
    ...about,
    commitSha: sha,
    runUrl: need(options['run-url'] ?? runUrl(), '--run-url'),
    ...(options.stage && { stage: options.stage }),
    ...(command === 'finished'
      ? { outcome: need(options.outcome, '--outcome') }
      : {}),
    ...(['ask', 'wait'].includes(command) && options.digest
      ? { artifactDigest: options.digest }
      : {}),
  };
}

const PATHS = {
  request: '/ci/changes',
  ask: '/gate',
  wait: '/gate',
  started: '/gate/started',
  finished: '/gate/finished',
};

/** An address a token may go to. Without TLS it is anybody's, but on this machine. */
function addressOf(text, name) {
  let url;
  try {
    url = new URL(text);
  } catch {
    throw new Unusable(`${name} is no address`);
  }
  const isHere = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isHere)) {
    throw new Unusable(`${name} has to begin with https://`);
  }
  return url;
}

/** Where the portal is. */
function baseOf(options) {
  const text = need(options.url ?? env('CAB_URL'), '--url or CAB_URL');
  const url = addressOf(text, '--url');
  if (url.username || url.password) {
    throw new Unusable('--url holds a password; use CAB_TOKEN');
  }
  return url.href.replace(/\/+$/, '');
}

function tokenOf(options) {
  const file = options['token-file'];
  const token =
    file === undefined ? env('CAB_TOKEN') : readFileSync(file, 'utf8').trim();
  return need(token, 'CAB_TOKEN or --token-file');
}

// --- How it is asked --------------------------------------------------------

const send = (target, body) =>
  exchange(target.url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${target.token}`,
    },
    body: JSON.stringify(body),
  });

async function exchange(url, { headers, patience = PATIENCE, ...request }) {
  let response;
  let text;
  try {
    response = await fetch(url, {
      ...request,
      headers: { accept: 'application/json', ...headers },
      // Another address would get the token.
      redirect: 'error',
      signal: AbortSignal.timeout(patience),
    });
    text = await textOf(response);
  } catch (error) {
    if (error instanceof Unusable) throw error;
    const { cause } = error;
    throw new Busy(
      `The portal cannot be reached: ${cause?.code ?? error.message}`,
    );
  }
  const answer = jsonOf(text);
  if (response.ok) return answer;
  const said = `${response.status}: ${
    answer?.error?.message ?? 'the portal did not say why'
  }`;
  if ([429, 502, 503, 504].includes(response.status)) {
    // Somebody answered, if only that it is too much for now.
    throw new Busy(said, secondsOf(response.headers.get('retry-after')) ?? 0);
  }
  throw new Unusable(said);
}

async function textOf({ body }) {
  const chunks = [];
  let size = 0;
  for await (const chunk of body ?? []) {
    size += chunk.length;
    if (size > MOST_BYTES) throw new Unusable('The answer is too long for one');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function jsonOf(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function secondsOf(header) {
  const seconds = Number(header);
  return header && Number.isFinite(seconds) && seconds >= 0
    ? seconds
    : undefined;
}

/** What the gate said: an answer that is none is no allow. */
function verdictOf(answer) {
  const isOne =
    ['allow', 'deny', 'pending'].includes(answer?.verdict) &&
    typeof answer.reasonCode === 'string' &&
    (answer.retryAt === null || !Number.isNaN(Date.parse(answer.retryAt)));
  if (!isOne) throw new Unusable('The answer is none of a gate');
  const { verdict, retryAt } = answer;
  if (verdict === 'allow') {
    if (!(Date.parse(answer.expiresAt) > 0)) {
      throw new Unusable('The answer is none of a gate');
    }
    return OK;
  }
  return verdict === 'pending' || retryAt !== null ? LATER : FAILED;
}

// --- What is said -----------------------------------------------------------

/** One line: what others wrote must not become a command of the pipeline's log. */
function plain(text) {
  return String(text)
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
    .slice(0, 2_000);
}

const say = text => process.stdout.write(`cab-gate: ${plain(text)}\n`);

function sayAnswer(answer, options) {
  if (options.json) {
    process.stdout.write(`${JSON.stringify(answer)}\n`);
    return;
  }
  if (answer.verdict === undefined) {
    const { changeId, state, url, missingEvidence = [] } = answer;
    say(changeId ? `${changeId} is ${state}` : 'nothing is asked here');
    if (url) say(url);
    if (missingEvidence.length > 0) {
      say(`evidence is missing: ${missingEvidence.join(', ')}`);
    }
    return;
  }
  const { verdict, reasonCode, reason, changeId, expiresAt, retryAt } = answer;
  say(`${verdict} (${reasonCode}): ${reason?.text ?? ''}`);
  if (changeId) say(`change request ${changeId}`);
  if (verdict === 'allow') say(`start before ${expiresAt}`);
  if (retryAt) say(`ask again from ${retryAt}`);
}

// --- What is done -----------------------------------------------------------

const sleep = ms =>
  new Promise(resolve => {
    setTimeout(resolve, ms);
  });

/** How long until the next try: longer each time, and never all at once. */
function pauseOf(turn, wanted) {
  const usual = Math.min(5 * SECOND * 2 ** Math.min(turn, 4), 60 * SECOND);
  return Math.max(wanted ?? 0, usual * (0.75 + Math.random() / 2));
}

function minutesOf({ timeout }, usual) {
  const minutes = Number(timeout ?? usual);
  if (!(minutes >= 0 && minutes <= 7 * 24 * 60)) {
    throw new Unusable('--timeout is a number of minutes, 10080 at most');
  }
  return minutes;
}

async function wait(target, body, options) {
  const until = Date.now() + minutesOf(options, 60) * 60 * SECOND;
  let said;
  for (let turn = 0; ; turn++) {
    let wanted;
    let failed;
    try {
      const answer = await send(target, body);
      const code = verdictOf(answer);
      const line = `${answer.verdict} ${answer.reasonCode}`;
      if (line !== said) sayAnswer(answer, options);
      said = line;
      if (code !== LATER) return code;
      wanted = answer.retryAt && Date.parse(answer.retryAt) - Date.now();
    } catch (error) {
      if (!(error instanceof Busy)) throw error;
      failed = error;
      wanted = error.seconds && error.seconds * SECOND;
      say(error.message);
    }
    const pause = pauseOf(turn, wanted ?? undefined);
    if (Date.now() + pause > until) {
      say('time is up, and it may not start');
      return failed && failed.seconds === undefined ? FAILED : LATER;
    }
    await sleep(pause);
  }
}

// --- Evidence ---------------------------------------------------------------

const MEDIA_TYPES = {
  tests: 'application/xml',
  scan: 'application/sarif+json',
  sbom: 'application/vnd.cyclonedx+json',
  vex: 'application/vnd.cyclonedx+json',
  provenance: 'application/vnd.dsse.envelope.v1+json',
  rollback_plan: 'application/json',
  rollout_plan: 'application/json',
};

/** What is sent, read once: a second try sends the same. */
function pieceOf(options) {
  const kind = need(options.kind, '--kind');
  const usual = Object.hasOwn(MEDIA_TYPES, kind)
    ? MEDIA_TYPES[kind]
    : undefined;
  if (usual === undefined) {
    throw new Unusable(
      `--kind ${kind} is none: ${Object.keys(MEDIA_TYPES).join(', ')}`,
    );
  }
  const file = need(options.file, '--file');
  const { size } = statSync(file);
  if (size > MOST_EVIDENCE) {
    throw new Unusable(`${file} has ${size} bytes; 25 MiB are taken at most`);
  }
  const bytes = readFileSync(file);
  const isSpdx =
    kind === 'sbom' && bytes.subarray(0, 4_096).includes('"spdxVersion"');
  return {
    kind,
    bytes,
    type: options.type ?? (isSpdx ? 'application/spdx+json' : usual),
  };
}

/** What names the change request it is for. */
function forWhich(options) {
  if (options.change !== undefined) return { changeId: options.change };
  return {
    entityRef: need(options.entity, '--entity'),
    environment: need(options.environment, '--environment'),
    headSha: need(options.commit ?? commit(), '--commit'),
  };
}

/** The pipeline's own identity: nothing that anybody has to keep. */
async function identityOf(options) {
  const given = env('CAB_CI_TOKEN');
  if (given) return given;
  const address = env('ACTIONS_ID_TOKEN_REQUEST_URL');
  const bearer = env('ACTIONS_ID_TOKEN_REQUEST_TOKEN');
  if (!address || !bearer) {
    throw new Unusable(
      'CAB_CI_TOKEN is missing. On GitHub Actions the job needs `permissions: { id-token: write }`; on GitLab name it under `id_tokens`',
    );
  }
  const url = addressOf(address, 'ACTIONS_ID_TOKEN_REQUEST_URL');
  url.searchParams.set('audience', options.audience ?? 'fawkes');
  const answer = await exchange(url, {
    method: 'GET',
    headers: { authorization: `Bearer ${bearer}` },
  });
  return need(answer?.value, 'The identity token of GitHub Actions');
}

async function attachOnce(base, options, piece) {
  const url = new URL(`${base}/ci/evidence`);
  const about = {
    kind: piece.kind,
    ...forWhich(options),
    ...(options.supersede && { supersede: 'true' }),
    ...(options.digest && { subject: options.digest }),
    ...(options['produced-at'] && { producedAt: options['produced-at'] }),
  };
  url.search = new URLSearchParams(about).toString();
  return exchange(url, {
    method: 'POST',
    // A token lives some minutes: each try has its own.
    headers: {
      'content-type': piece.type,
      'x-ci-token': await identityOf(options),
    },
    body: piece.bytes,
    patience: READING,
  });
}

/** What was refused is there, and counts for nothing: a pipeline should not go on. */
function sayAttached(answer, options) {
  const { item, changeId, state } = answer ?? {};
  if (typeof item?.state !== 'string') {
    throw new Unusable('The answer is none of a portal');
  }
  if (options.json) {
    process.stdout.write(`${JSON.stringify(answer)}\n`);
  } else {
    say(
      `${item.kind} is ${item.state}${
        item.why ? `: ${item.why.text ?? ''}` : ''
      }`,
    );
    say(`change request ${changeId} is ${state}`);
  }
  return item.state === 'failed' ? FAILED : OK;
}

async function attach(options) {
  const base = baseOf(options);
  const piece = pieceOf(options);
  const until = Date.now() + minutesOf(options, 5) * 60 * SECOND;
  for (let turn = 0; ; turn++) {
    try {
      return sayAttached(await attachOnce(base, options, piece), options);
    } catch (error) {
      if (!(error instanceof Busy)) throw error;
      say(error.message);
      const pause = pauseOf(turn, error.seconds && error.seconds * SECOND);
      // Nobody who answers is no answer.
      if (Date.now() + pause > until) {
        return error.seconds === undefined ? FAILED : LATER;
      }
      await sleep(pause);
    }
  }
}

async function run(command, options) {
  if (command === 'attach') return attach(options);
  const target = {
    url: `${baseOf(options)}${PATHS[command]}`,
    token: tokenOf(options),
  };
  const body = bodyOf(command, options);
  if (command === 'wait') return wait(target, body, options);
  try {
    const answer = await send(target, body);
    const code = command === 'ask' ? verdictOf(answer) : OK;
    sayAnswer(answer, options);
    return code;
  } catch (error) {
    if (!(error instanceof Busy)) throw error;
    say(error.message);
    // Somebody answered that it is too much for now; nobody answers is no answer.
    return error.seconds === undefined ? FAILED : LATER;
  }
}

async function main(args) {
  let advisory = args.includes('--advisory');
  try {
    const { command, options } = parse(args);
    if (command === 'help') {
      process.stdout.write(`${USAGE}\n`);
      return OK;
    }
    advisory = options.advisory === true;
    const code = await run(command, options);
    if (advisory && code !== OK) say(`advisory: it would end with ${code}`);
    return advisory ? OK : code;
  } catch (error) {
    process.stderr.write(`cab-gate: ${plain(error.message)}\n`);
    return advisory ? OK : FAILED;
  }
}

main(process.argv.slice(2)).then(code => {
  process.exitCode = code;
});
