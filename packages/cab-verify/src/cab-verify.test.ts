/** @jest-environment node */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type {
  ExportLine,
  RecordBody,
} from '@fawkes/backstage-plugin-cab-common';
import { rootOf } from '@fawkes/backstage-plugin-cab-common/rules';
import {
  chained,
  changeExport,
  header,
  rangesOver,
  Signer,
  wholeExport,
  writtenBodies,
  type Entry,
} from './__testUtils__/written';

const SCRIPT = join(__dirname, '..', 'bin', 'cab-verify.cjs');
let folder: string;
let files = 0;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cab-verify-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function fileOf(text: string): Promise<string> {
  const file = join(folder, `file-${files++}`);
  await writeFile(file, text);
  return file;
}

function run(...args: string[]) {
  return new Promise<{ code: number; said: string }>(resolve => {
    execFile(process.execPath, [SCRIPT, ...args], (error, stdout, stderr) =>
      resolve({
        code: Number(error?.code ?? 0),
        said: `${stdout}${stderr}`.trim(),
      }),
    );
  });
}

const signer = new Signer();
const SIZES = [1, 5, 8, 13, 20];
const bodies = writtenBodies(23);
const entries = chained(bodies);
const textOf = (lines: readonly unknown[]) =>
  lines.map(line => JSON.stringify(line)).join('\n');
const verify = async (lines: readonly unknown[], ...more: string[]) =>
  run('--vkey', signer.vkey, ...more, await fileOf(textOf(lines)));
const whole = () => wholeExport(entries, signer, SIZES);
const edited = (lines: ExportLine[], seq: number, change: Partial<Entry>) =>
  lines.map(line =>
    line.kind === 'entry' && line.seq === seq ? { ...line, ...change } : line,
  );

describe('what fits', () => {
  it('is a whole record; what is not signed yet is said', async () => {
    expect(await verify(whole())).toEqual({
      code: 0,
      said: 'OK portal.example/cab-1: 23 entries, 5 checkpoints; signed up to 20, the last 3 not yet',
    });
  });

  it('is the record page by page, as documents with lines', async () => {
    const [head, ...rest] = whole();
    const pages = [
      await fileOf(JSON.stringify({ lines: [head, ...rest.slice(0, 11)] })),
      await fileOf(JSON.stringify({ lines: [head, ...rest.slice(11)] })),
    ];
    expect((await run('--vkey', signer.vkey, ...pages)).code).toBe(0);
  });

  it('is one change request with proofs', async () => {
    expect(await verify(changeExport(entries, signer, 'change-1'))).toEqual({
      code: 0,
      said: 'OK portal.example/cab-1: 8 entries of change-1, each in the signed record',
    });
  });

  it('is what an anchor knows', async () => {
    const anchor = await fileOf(
      signer.note(17, rootOf(rangesOver(entries), 17)),
    );
    expect((await verify(whole(), '--anchor', anchor)).code).toBe(0);
  });

  it('holds for every size from 1 to 23', async () => {
    const all = Array.from({ length: 23 }, (_, index) => index + 1);
    expect((await verify(wholeExport(entries, signer, all))).code).toBe(0);
  });

  it('goes on with another key after a rotation', async () => {
    const next = new Signer();
    const hash = rangesOver(entries);
    const lines = [
      ...wholeExport(entries, signer, [1, 5, 8]),
      { kind: 'checkpoint', note: next.note(8, rootOf(hash, 8)) },
      { kind: 'checkpoint', note: next.note(20, rootOf(hash, 20)) },
    ];
    expect((await verify(lines, '--vkey', next.vkey)).code).toBe(0);
    // The old key signs nothing beyond its last size.
    const late = [
      ...lines,
      { kind: 'checkpoint', note: signer.note(21, rootOf(hash, 21)) },
    ];
    const file = await fileOf(textOf(late));
    expect(
      await run('--vkey', `${signer.vkey}@8`, '--vkey', next.vkey, file),
    ).toEqual({
      code: 1,
      said: 'BAD the checkpoint of size 21 is signed by no key you trust',
    });
  });
});

/** A record rewritten by somebody who owns the table, and signs nothing. */
function rewritten(change: (all: RecordBody[]) => unknown[]): ExportLine[] {
  const signed = whole().filter(
    ({ kind }) => kind !== 'entry' && kind !== 'header',
  );
  return [header(), ...chained(change(structuredClone(bodies))), ...signed];
}

describe('the tamper matrix: the first bad entry is named', () => {
  const other = Buffer.from('{"eventId":"event-6"}').toString('base64');

  it.each<[string, () => unknown[], RegExp]>([
    [
      'UPDATE of a body',
      () => edited(whole(), 6, { body: other }),
      /^BAD entry 6: its body is not the one/,
    ],
    [
      'UPDATE of a leaf hash',
      () => edited(whole(), 6, { leafHash: 'a'.repeat(64) }),
      /^BAD entry 6: its body is not/,
    ],
    [
      'UPDATE of a chain hash',
      () => edited(whole(), 6, { chainHash: 'a'.repeat(64) }),
      /^BAD entry 6: its chain hash/,
    ],
    [
      'UPDATE of a previous hash',
      () => edited(whole(), 6, { prevHash: 'a'.repeat(64) }),
      /^BAD entry 6: it does not follow/,
    ],
    [
      'UPDATE of the event id',
      () => edited(whole(), 6, { eventId: 'event-x' }),
      /^BAD entry 6: its body is of another event/,
    ],
    [
      'a hash that is none',
      () => edited(whole(), 6, { chainHash: 'A'.repeat(64) }),
      /^BAD entry 6: its chain hash is not a SHA-256/,
    ],
    [
      'a body that is no base64',
      () => edited(whole(), 6, { body: 'not base64' }),
      /^BAD entry 6: its body is not base64/,
    ],
    [
      'DELETE of one',
      () => whole().filter(line => line.kind !== 'entry' || line.seq !== 6),
      /^BAD entry 6: it is missing; 7 stands/,
    ],
    [
      'DELETE of the first',
      () => whole().filter(line => line.kind !== 'entry' || line.seq !== 0),
      /^BAD entry 0: it is missing/,
    ],
    [
      'DELETE of the signed end',
      () => whole().filter(line => line.kind !== 'entry' || line.seq < 18),
      /^BAD entry 18: it is missing; 20 entries were signed/,
    ],
    [
      'TRUNCATE',
      () => whole().filter(line => line.kind !== 'entry'),
      /^BAD entry 0: it is missing; 1 entries were signed/,
    ],
    [
      'a gap',
      () => edited(whole(), 6, { seq: 7 }),
      /^BAD entry 6: it is missing; 7 stands/,
    ],
    [
      'an entry twice',
      () =>
        whole().flatMap(line =>
          line.kind === 'entry' && line.seq === 6 ? [line, line] : [line],
        ),
      /^BAD entry 7: it is missing; 6 stands/,
    ],
    [
      'two entries that changed places',
      () => {
        const lines = whole();
        [lines[7], lines[8]] = [lines[8], lines[7]];
        return lines;
      },
      /^BAD entry 6: it is missing; 7 stands/,
    ],
    [
      'an owner who rewrites one and chains anew',
      () =>
        rewritten(all =>
          all.map((body, index) =>
            index === 6 ? { ...body, actor: 'user:default/eve' } : body,
          ),
        ),
      /^BAD entry 9: it does not follow the entry before it of its change request/,
    ],
    [
      'an owner who rewrites the last of a change request',
      () =>
        rewritten(all =>
          all.map((body, index) => (index === 19 ? { ...body, at: 1 } : body)),
        ),
      /^BAD (entry 22: it does not follow|entries 13 to 19: one of them)/,
    ],
    [
      'an owner who removes one and chains anew',
      () => rewritten(all => all.filter((_, index) => index !== 6)),
      /^BAD entry 8: it is number 3 of its change request, where 2 follows/,
    ],
    [
      'an owner who puts one in',
      () =>
        rewritten(all =>
          all.toSpliced(6, 0, {
            ...all[6],
            eventId: 'event-x',
            changeId: 'change-x',
            changeSeq: 0,
            changePrev: null,
          }),
        ),
      /^BAD entries 5 to 7: one of them is not what was signed/,
    ],
    [
      'an event twice',
      () =>
        rewritten(all =>
          all.map((body, index) =>
            index === 22 ? { ...body, eventId: 'event-1' } : body,
          ),
        ),
      /^BAD entry 22: its event is there twice/,
    ],
    [
      'a checkpoint nobody signed',
      () => [...whole(), { kind: 'checkpoint', note: 'x\n1\ny\n\n— x y\n' }],
      /^BAD the checkpoint of size 1 is of 'x'/,
    ],
    [
      'a checkpoint by another key',
      () => [
        ...whole(),
        {
          kind: 'checkpoint',
          note: new Signer().note(3, rootOf(rangesOver(entries), 3)),
        },
      ],
      /^BAD the checkpoint of size 3 is signed by no key/,
    ],
    [
      'a checkpoint whose root was changed',
      () =>
        whole().map(line =>
          line.kind === 'checkpoint'
            ? { ...line, note: line.note.replace('\n8\n', '\n9\n') }
            : line,
        ),
      /^BAD the checkpoint of size 9 is signed by no key/,
    ],
    [
      'a checkpoint of size 0',
      () => [
        ...whole(),
        {
          kind: 'checkpoint',
          note:
            whole().find(({ kind }) => kind === 'checkpoint')!.kind ===
            'checkpoint'
              ? 'portal.example/cab-1\n0\nAAAA\n\n— a b\n'
              : '',
        },
      ],
      /^BAD a checkpoint says no size/,
    ],
    [
      'a fork: two roots of one size',
      () => {
        const fork = chained(
          bodies.map((body, index) =>
            index === 22 ? { ...body, at: 1 } : body,
          ),
        );
        return [
          ...wholeExport(entries, signer, [23]),
          {
            kind: 'checkpoint',
            note: signer.note(23, rootOf(rangesOver(fork), 23)),
          },
        ];
      },
      /^BAD two checkpoints of size 23 differ: the log was forked/,
    ],
    [
      'a consistency proof that proves nothing',
      () =>
        whole().map(line =>
          line.kind === 'consistency' && line.from === 5
            ? { ...line, proof: line.proof.slice(1) }
            : line,
        ),
      /^BAD consistency from 5 to 8: the/,
    ],
    [
      'a consistency proof with more',
      () =>
        whole().map(line =>
          line.kind === 'consistency' && line.from === 5
            ? {
                ...line,
                proof: [Buffer.alloc(32).toString('base64'), ...line.proof],
              }
            : line,
        ),
      /^BAD consistency from 5 to 8: the/,
    ],
    [
      'consistency with what was never signed',
      () => [...whole(), { kind: 'consistency', from: 2, to: 8, proof: [] }],
      /^BAD consistency from 2 to 8: there is no checkpoint/,
    ],
    [
      'no checkpoint at all',
      () => whole().filter(({ kind }) => kind === 'header' || kind === 'entry'),
      /^BAD nothing of it is signed/,
    ],
    [
      'a line of another kind',
      () => [...whole(), { kind: 'note' }],
      /^BAD there are lines of the kind 'note'/,
    ],
  ])('%s', async (_what, lines, said) => {
    const told = await verify(lines());
    expect(told.said).toMatch(said);
    expect(told.code).toBe(1);
  });

  it('an owner who rewrites all of it, signs it again, and forgot the anchor', async () => {
    const forged = chained(
      writtenBodies(23).map(body => ({
        ...body,
        changeSeq: 0,
        changePrev: null,
        changeId: body.eventId,
      })),
    );
    const lines = wholeExport(forged, signer, SIZES);
    // Whoever holds the key can do that; only what was kept elsewhere shows it.
    expect((await verify(lines)).code).toBe(0);
    const anchor = await fileOf(
      signer.note(13, rootOf(rangesOver(entries), 13)),
    );
    expect(await verify(lines, '--anchor', anchor)).toEqual({
      code: 1,
      said: 'BAD the anchor of size 13 is not the checkpoint of that size: the record was rewritten',
    });
    const between = await fileOf(
      signer.note(11, rootOf(rangesOver(entries), 11)),
    );
    expect((await verify(lines, '--anchor', between)).said).toBe(
      'BAD entries 8 to 10: one of them is not what was signed',
    );
  });
});

describe('one change request', () => {
  const own = () => changeExport(entries, signer, 'change-1');
  const proofOf = (line: ExportLine) =>
    (line.kind === 'entry' ? line.proof! : undefined)!;

  it.each<[string, () => unknown[], RegExp]>([
    [
      'an entry left out',
      () => own().filter(line => line.kind !== 'entry' || line.seq !== 7),
      /^BAD entry 10: it is number 3 of its change request, where 2 follows/,
    ],
    [
      'an entry of another one',
      () => [
        header('change-1'),
        ...changeExport(entries, signer, 'change-2').slice(1),
      ],
      /^BAD entry 2: it is of another change request/,
    ],
    [
      'an entry without a proof',
      () => edited(own(), 4, { proof: undefined }),
      /^BAD entry 4: it has no proof/,
    ],
    [
      'a proof of another entry',
      () => edited(own(), 4, { proof: proofOf(own()[3]) }),
      /^BAD entry 4: it is not in the signed record/,
    ],
    [
      'a proof that is too short',
      () =>
        edited(own(), 4, {
          proof: { size: 23, path: proofOf(own()[2]).path.slice(1) },
        }),
      /^BAD entry 4: its proof is too short/,
    ],
    [
      'a proof that is too long',
      () =>
        edited(own(), 4, {
          proof: {
            size: 23,
            path: [proofOf(own()[2]).path[0], ...proofOf(own()[2]).path],
          },
        }),
      /^BAD entry 4: (its proof is too long|it is not)/,
    ],
    [
      'a proof for a size nobody signed',
      () => edited(own(), 4, { proof: { ...proofOf(own()[2]), size: 22 } }),
      /^BAD entry 4: no checkpoint has the size/,
    ],
    [
      'a body that was changed',
      () => edited(own(), 4, { body: Buffer.from('{}').toString('base64') }),
      /^BAD entry 4: its body is not/,
    ],
    [
      'nothing',
      () => own().filter(({ kind }) => kind !== 'entry'),
      /^BAD there are no entries/,
    ],
  ])('%s', async (_what, lines, said) => {
    const told = await verify(lines());
    expect(told.said).toMatch(said);
    expect(told.code).toBe(1);
  });

  it('does not show what came after; the page says so', async () => {
    const cut = own().filter(line => line.kind !== 'entry' || line.seq < 20);
    expect((await verify(cut)).code).toBe(0);
    expect((await run('--help')).said).toMatch(
      /Not detected: .*entries after the newest one/s,
    );
  });
});

describe('what cannot be looked at', () => {
  it.each<[string, string[]]>([
    ['nothing', []],
    ['no key', ['x']],
    ['a flag nobody knows', ['--key', 'x']],
    ['a key that is none', ['--vkey', 'a+00000000+AAAA', 'x']],
    ['a file that is not there', ['--vkey', signer.vkey, '/nowhere/at/all']],
  ])('%s', async (_what, args) => {
    expect((await run(...args)).code).toBe(2);
  });

  it('is another format, another log, or broken JSON', async () => {
    expect((await verify([{ kind: 'header', format: 'other' }])).code).toBe(2);
    expect((await verify([])).code).toBe(2);
    expect(
      (await verify([...whole(), { ...header(), origin: 'x' }])).code,
    ).toBe(2);
    const broken = await run(
      '--vkey',
      signer.vkey,
      await fileOf(`${textOf(whole())}\n{`),
    );
    expect(broken).toEqual({
      code: 1,
      said: expect.stringMatching(/^BAD line \d+ of .* is not JSON/),
    });
    const wrongId = signer.vkey.replace(/\+[0-9a-f]{8}\+/, '+00000000+');
    expect((await run('--vkey', wrongId, 'x')).said).toMatch(
      'the id is not the one of this key',
    );
  });

  it('is never code of others', async () => {
    const text = await readFile(SCRIPT, 'utf8');
    const required = [...text.matchAll(/require\('([^']+)'\)/g)].map(
      ([, name]) => name,
    );
    expect(required.every(name => name.startsWith('node:'))).toBe(true);
    expect(text).not.toMatch(/\bimport\(|from '/);
  });
});
