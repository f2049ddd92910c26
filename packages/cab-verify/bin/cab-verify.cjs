#!/usr/bin/env node
'use strict';

/**
 * Verifies an exported record of change approvals, offline. No dependencies and
 * no code of the writer: what is checked here is written down again from the
 * definitions (RFC 9162's tree, C2SP's signed notes), so that a mistake of the
 * writer is none of the verifier.
 */
const { createHash, createPublicKey, verify } = require('node:crypto');
const { createReadStream, readFileSync } = require('node:fs');
const { createInterface } = require('node:readline');

const USAGE = `Usage: cab-verify --vkey NAME+ID+KEY[@SIZE] … [--anchor NOTE-FILE …] EXPORT…

  EXPORT     lines of JSON, or documents {"lines": […]}, as the portal exports them; - reads the standard input
  --vkey     a public key you trust, from somewhere else than the export; @SIZE: valid up to and including that size
  --anchor   a checkpoint that was kept elsewhere; the record has to fit it

Exit 0: everything fits. 1: something does not; the first bad entry is named. 2: it could not be looked at.

Not detected: what was never written; a rewrite before the next anchor by somebody who holds the key; in the export of
one change request, entries after the newest one that is in it. Only the whole record, against anchors, shows those.`;

/** Something in the export does not fit. */
class Bad extends Error {}
/** It could not be looked at. */
class Unusable extends Error {}

const sha256 = (...parts) =>
  createHash('sha256').update(Buffer.concat(parts)).digest();
const nodeHash = (left, right) => sha256(Buffer.of(1), left, right);

// --- What is read ---------------------------------------------------------

function bytesOf(text, what, length) {
  const bytes =
    typeof text === 'string' ? Buffer.from(text, 'base64') : undefined;
  // Node skips what is no base64: two texts would be one.
  if (!bytes || bytes.toString('base64') !== text) {
    throw new Bad(`${what} is not base64`);
  }
  if (length !== undefined && bytes.length !== length) {
    throw new Bad(`${what} has ${bytes.length} bytes instead of ${length}`);
  }
  return bytes;
}

function hashOf(text, what) {
  if (typeof text !== 'string' || !/^[0-9a-f]{64}$/.test(text)) {
    throw new Bad(`${what} is not a SHA-256 in hexadecimal digits`);
  }
  return Buffer.from(text, 'hex');
}

function countOf(value, what) {
  if (!Number.isSafeInteger(value) || value < 0) {
    throw new Bad(`${what} is not a whole number`);
  }
  return value;
}

function keyOf(argument) {
  const [, name, id, text, limit] =
    /^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)(?:@([1-9]\d{0,15}))?$/.exec(
      argument,
    ) ?? [];
  const bytes = text ? Buffer.from(text, 'base64') : Buffer.alloc(0);
  if (!name || bytes.length !== 33 || bytes[0] !== 1) {
    throw new Unusable(
      `--vkey '${argument}' is not NAME+ID+KEY of an Ed25519 key`,
    );
  }
  const expected = sha256(Buffer.from(`${name}\n`), bytes).subarray(0, 4);
  if (expected.toString('hex') !== id) {
    throw new Unusable(
      `--vkey '${argument}': the id is not the one of this key`,
    );
  }
  const prefix = Buffer.from('302a300506032b6570032100', 'hex');
  return {
    name,
    id: expected,
    until: limit === undefined ? Infinity : Number(limit),
    key: createPublicKey({
      key: Buffer.concat([prefix, bytes.subarray(1)]),
      format: 'der',
      type: 'spki',
    }),
  };
}

/** A checkpoint whose signature by a trusted key has been checked. */
function openNote(note, keys, origin) {
  if (typeof note !== 'string') throw new Bad('a checkpoint is not a text');
  const cut = note.lastIndexOf('\n\n');
  if (cut < 0 || !note.endsWith('\n')) {
    throw new Bad('a checkpoint is not a signed note');
  }
  const text = note.slice(0, cut + 1);
  const [name, size, root, ...rest] = text.slice(0, -1).split('\n');
  if (!/^[1-9]\d{0,15}$/.test(size ?? '') || rest.length > 0) {
    throw new Bad('a checkpoint says no size, or more than it should');
  }
  const count = Number(size);
  if (origin !== undefined && name !== origin) {
    throw new Bad(
      `the checkpoint of size ${size} is of '${name}', not of '${origin}'`,
    );
  }
  const isSigned = note
    .slice(cut + 2, -1)
    .split('\n')
    .some(line => {
      const [dash, signer, signature, ...more] = line.split(' ');
      if (dash !== '—' || more.length > 0 || signature === undefined)
        return false;
      const bytes = Buffer.from(signature, 'base64');
      if (bytes.toString('base64') !== signature || bytes.length !== 68)
        return false;
      return keys.some(
        key =>
          key.name === signer &&
          signer === name &&
          count <= key.until &&
          key.id.equals(bytes.subarray(0, 4)) &&
          verify(null, Buffer.from(text), key.key, bytes.subarray(4)),
      );
    });
  if (!isSigned) {
    throw new Bad(
      `the checkpoint of size ${size} is signed by no key you trust`,
    );
  }
  return {
    origin: name,
    size: count,
    root: bytesOf(root, `the root of size ${size}`, 32),
  };
}

async function* linesOf(files) {
  for (const file of files) {
    const input = file === '-' ? process.stdin : createReadStream(file);
    let number = 0;
    for await (const line of createInterface({ input, crlfDelay: Infinity })) {
      number++;
      if (line.trim() === '') continue;
      let value;
      try {
        value = JSON.parse(line);
      } catch {
        throw new Bad(`line ${number} of ${file} is not JSON`);
      }
      if (value === null || typeof value !== 'object') {
        throw new Bad(`line ${number} of ${file} is not an object`);
      }
      yield* Array.isArray(value.lines) ? value.lines : [value];
    }
  }
}

// --- What is checked ------------------------------------------------------

/** An entry by itself, and in its place after the one before. */
function checkEntry(entry, { seq, prev }) {
  const at = `entry ${seq}`;
  const body = bytesOf(entry.body, `${at}: its body`);
  const leaf = hashOf(entry.leafHash, `${at}: its leaf hash`);
  const before = hashOf(entry.prevHash, `${at}: its previous hash`);
  const chain = hashOf(entry.chainHash, `${at}: its chain hash`);
  if (!sha256(Buffer.of(0), body).equals(leaf)) {
    throw new Bad(`${at}: its body is not the one that was written`);
  }
  if (prev && !prev.equals(before)) {
    throw new Bad(`${at}: it does not follow the entry before it`);
  }
  const number = Buffer.alloc(8);
  number.writeBigUInt64BE(BigInt(seq));
  if (!sha256(before, number, leaf).equals(chain)) {
    throw new Bad(`${at}: its chain hash is not the one of its parts`);
  }
  let said;
  try {
    said = JSON.parse(body.toString('utf8'));
  } catch {
    throw new Bad(`${at}: its body is not JSON`);
  }
  if (said.eventId !== entry.eventId) {
    throw new Bad(`${at}: its body is of another event`);
  }
  return { leaf, chain, said };
}

/** Each change request has a chain of its own through the record. */
class Changes {
  constructor() {
    this.last = new Map();
  }

  follow(seq, { changeId, changeSeq, changePrev }, leaf) {
    const key = changeId ?? '';
    const last = this.last.get(key);
    const expected = last ? last.changeSeq + 1 : 0;
    if (changeSeq !== expected) {
      throw new Bad(
        `entry ${seq}: it is number ${changeSeq} of its change request, where ${expected} follows`,
      );
    }
    if ((changePrev ?? null) !== (last ? last.leaf : null)) {
      throw new Bad(
        `entry ${seq}: it does not follow the entry before it of its change request`,
      );
    }
    this.last.set(key, { changeSeq, leaf: leaf.toString('hex') });
  }
}

/** Roots over the first leaves, for rising sizes. */
class Roots {
  constructor(leaves) {
    this.leaves = leaves;
    this.size = 0;
    this.stack = [];
  }

  at(size) {
    for (; this.size < size; this.size++) {
      let hash = this.leaves[this.size];
      let level = 0;
      while (this.stack.length > 0 && this.stack.at(-1).level === level) {
        hash = nodeHash(this.stack.pop().hash, hash);
        level++;
      }
      this.stack.push({ level, hash });
    }
    return this.stack
      .map(({ hash }) => hash)
      .reduceRight((right, left) => nodeHash(left, right));
  }
}

/** Largest power of two below a number. */
function splitOf(count) {
  let split = 1;
  while (split * 2 < count) split *= 2;
  return split;
}

/** The root a leaf and its proof lead to; the proof is used up from its end. */
function climb(leaf, index, size, proof) {
  if (size === 1) {
    if (proof.length > 0) throw new Bad('its proof is too long');
    return leaf;
  }
  const split = splitOf(size);
  const beside = proof.at(-1);
  if (!beside) throw new Bad('its proof is too short');
  const rest = proof.slice(0, -1);
  return index < split
    ? nodeHash(climb(leaf, index, split, rest), beside)
    : nodeHash(beside, climb(leaf, index - split, size - split, rest));
}

/** Both roots that a proof of consistency leads to. */
function climbBoth(from, to, old, proof, whole) {
  if (from === to) {
    if (whole) return [old, old];
    const own = proof.pop();
    if (!own) throw new Bad('the proof is too short');
    return [own, own];
  }
  const split = splitOf(to);
  const beside = proof.pop();
  if (!beside) throw new Bad('the proof is too short');
  if (from <= split) {
    const [before, after] = climbBoth(from, split, old, proof, whole);
    return [before, nodeHash(after, beside)];
  }
  const [before, after] = climbBoth(
    from - split,
    to - split,
    old,
    proof,
    false,
  );
  return [nodeHash(beside, before), nodeHash(beside, after)];
}

function checkConsistency({ from, to, proof }, checkpoints) {
  const what = `consistency from ${from} to ${to}`;
  const [old, now] = [from, to].map(size =>
    checkpoints.get(countOf(size, what)),
  );
  if (!old || !now || from > to) {
    throw new Bad(`${what}: there is no checkpoint of one of the sizes`);
  }
  if (!Array.isArray(proof)) throw new Bad(`${what}: there is no proof`);
  const nodes = proof.map(node => bytesOf(node, what, 32));
  try {
    const [before, after] = climbBoth(from, to, old.root, nodes, true);
    if (nodes.length > 0) throw new Bad('the proof is too long');
    if (!before.equals(old.root) || !after.equals(now.root)) {
      throw new Bad('the later record does not go on from the earlier one');
    }
  } catch (error) {
    if (error instanceof Bad) throw new Bad(`${what}: ${error.message}`);
    throw error;
  }
}

/** Everything of an export, before roots are compared. */
async function read(files, keys) {
  const seen = {
    header: undefined,
    leaves: [],
    proofs: [],
    checkpoints: new Map(),
    consistencies: [],
  };
  const changes = new Changes();
  const events = new Set();
  let prev = Buffer.alloc(32);
  for await (const line of linesOf(files)) {
    if (!seen.header) {
      if (line?.kind !== 'header' || line.format !== 'cab-export/1') {
        throw new Unusable('This is no export of the format cab-export/1');
      }
      seen.header = line;
      continue;
    }
    switch (line?.kind) {
      case 'header':
        // Pages of one export each begin with it.
        if (
          line.origin !== seen.header.origin ||
          line.changeId !== seen.header.changeId
        ) {
          throw new Unusable('These are exports of different records');
        }
        break;
      case 'entry': {
        const seq = countOf(line.seq, 'the number of an entry');
        const isWhole = seen.header.changeId === null;
        if (isWhole && seq !== seen.leaves.length) {
          throw new Bad(
            `entry ${seen.leaves.length}: it is missing; ${seq} stands in its place`,
          );
        }
        const { leaf, chain, said } = checkEntry(line, {
          seq,
          prev: isWhole ? prev : undefined,
        });
        if (events.has(line.eventId))
          throw new Bad(`entry ${seq}: its event is there twice`);
        events.add(line.eventId);
        if (!isWhole && said.changeId !== seen.header.changeId) {
          throw new Bad(`entry ${seq}: it is of another change request`);
        }
        changes.follow(seq, said, leaf);
        prev = chain;
        if (isWhole) seen.leaves.push(leaf);
        else seen.proofs.push({ seq, leaf, proof: line.proof });
        break;
      }
      case 'checkpoint': {
        const note = openNote(line.note, keys, seen.header.origin);
        const other = seen.checkpoints.get(note.size);
        if (other && !other.root.equals(note.root)) {
          throw new Bad(
            `two checkpoints of size ${note.size} differ: the log was forked`,
          );
        }
        seen.checkpoints.set(note.size, note);
        break;
      }
      case 'consistency':
        seen.consistencies.push(line);
        break;
      default:
        throw new Bad(
          `there are lines of the kind '${String(line?.kind).slice(
            0,
            40,
          )}', which this verifier does not know`,
        );
    }
  }
  if (!seen.header) throw new Unusable('There is nothing in the export');
  return seen;
}

function checkRoots({ leaves, checkpoints }) {
  const roots = new Roots(leaves);
  let fits = 0;
  for (const size of [...checkpoints.keys()].sort((a, b) => a - b)) {
    if (size > leaves.length) {
      throw new Bad(
        `entry ${leaves.length}: it is missing; ${size} entries were signed`,
      );
    }
    if (!roots.at(size).equals(checkpoints.get(size).root)) {
      throw new Bad(
        `entries ${fits} to ${size - 1}: one of them is not what was signed`,
      );
    }
    fits = size;
  }
  return fits;
}

function checkProofs({ proofs, checkpoints }) {
  for (const { seq, leaf, proof } of proofs) {
    const at = `entry ${seq}`;
    if (!proof || !Array.isArray(proof.path))
      throw new Bad(`${at}: it has no proof`);
    const checkpoint = checkpoints.get(proof.size);
    if (!checkpoint)
      throw new Bad(`${at}: no checkpoint has the size of its proof`);
    if (seq >= checkpoint.size)
      throw new Bad(`${at}: it is not in the checkpoint of its proof`);
    try {
      const path = proof.path.map(node => bytesOf(node, 'its proof', 32));
      if (!climb(leaf, seq, checkpoint.size, path).equals(checkpoint.root)) {
        throw new Bad('it is not in the signed record');
      }
    } catch (error) {
      if (error instanceof Bad) throw new Bad(`${at}: ${error.message}`);
      throw error;
    }
  }
}

async function main(args) {
  const keys = [];
  const anchors = [];
  const files = [];
  for (let at = 0; at < args.length; at++) {
    const value = () => {
      at++;
      if (args[at] === undefined) throw new Unusable(USAGE);
      return args[at];
    };
    if (args[at] === '--help') {
      console.log(USAGE);
      return;
    }
    if (args[at] === '--vkey') keys.push(keyOf(value()));
    else if (args[at] === '--anchor')
      anchors.push(readFileSync(value(), 'utf8'));
    else if (args[at].startsWith('--')) throw new Unusable(USAGE);
    else files.push(args[at]);
  }
  if (keys.length === 0 || files.length === 0) throw new Unusable(USAGE);

  const seen = await read(files, keys);
  for (const anchor of anchors) {
    const note = openNote(anchor, keys, seen.header.origin);
    const own = seen.checkpoints.get(note.size);
    if (own && !own.root.equals(note.root)) {
      throw new Bad(
        `the anchor of size ${note.size} is not the checkpoint of that size: the record was rewritten`,
      );
    }
    seen.checkpoints.set(note.size, note);
  }
  if (seen.checkpoints.size === 0) throw new Bad('nothing of it is signed');
  const isWhole = seen.header.changeId === null;
  let report;
  if (isWhole) {
    const signed = checkRoots(seen);
    const more = seen.leaves.length - signed;
    report = `${seen.leaves.length} entries, ${
      seen.checkpoints.size
    } checkpoints; signed up to ${signed}${
      more > 0 ? `, the last ${more} not yet` : ''
    }`;
  } else {
    if (seen.proofs.length === 0) throw new Bad('there are no entries');
    checkProofs(seen);
    report = `${seen.proofs.length} entries of ${seen.header.changeId}, each in the signed record`;
  }
  for (const line of seen.consistencies)
    checkConsistency(line, seen.checkpoints);
  console.log(`OK ${seen.header.origin}: ${report}`);
}

main(process.argv.slice(2)).catch(error => {
  if (error instanceof Bad) {
    console.error(`BAD ${error.message}`);
    process.exitCode = 1;
  } else {
    console.error(error instanceof Unusable ? error.message : String(error));
    process.exitCode = 2;
  }
});
