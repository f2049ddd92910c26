import { createMockDirectory } from '@backstage/backend-test-utils';
import { HOSTILE_SHAPES, outgrows } from '@internal/hostile-text';
import * as fc from 'fast-check';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { PassThrough, Readable } from 'node:stream';
import { BoundedLog } from './boundedLog';
import { FileLog } from './fileLog';
import { lineWriter, MAX_LINE } from './lineWriter';
import { copyTo, say } from './log';
import { Redactor } from './redactor';

const SECRET = 's3cr3t/with"quotes';

async function written(chunks: Array<string | Buffer>, redactor?: Redactor) {
  const log = new BoundedLog(redactor);
  const writer = log.writer();
  for (const chunk of chunks) await writer.write(chunk);
  await writer.end();
  return log.text();
}

describe('a log', () => {
  it.each<[string, Array<string | Buffer>, string]>([
    ['lines that come in pieces', ['a', 'b\nc', '\r\n', 'd'], 'ab\nc\nd\n'],
    [
      'characters cut in two',
      [Buffer.from([0xc3]), Buffer.from([0xbc, 10])],
      'ü\n',
    ],
    ['empty lines', ['\n\na\n'], '\n\na\n'],
    [
      'colours and other codes',
      ['\u001b[31mred\u001b[0m\u0007 \tx\n'],
      'red \tx\n',
    ],
    ['nothing', [], ''],
  ])('keeps %s as lines', async (_, chunks, text) => {
    expect(await written(chunks)).toBe(text);
  });

  it('cuts a line that does not end', async () => {
    const text = await written([
      'x'.repeat(100_000),
      'y'.repeat(100_000),
      '\nz\n',
    ]);
    const [line, next] = text.split('\n');
    expect(line).toHaveLength(MAX_LINE);
    expect(line.endsWith('…')).toBe(true);
    expect(next).toBe('z');
  });

  it('takes time in proportion to a line, whatever control codes it is of', () => {
    const codes = ['\u001b[1;', '\u001b[1', '\u001b]8;', '\u001b;a', '\u009b#'];
    const shapes = codes.map(code => ({
      name: JSON.stringify(code),
      of: (length: number) =>
        code.repeat(Math.ceil(length / code.length)).slice(0, length),
    }));
    const slow = [...shapes, ...HOSTILE_SHAPES].flatMap(shape => {
      // All of a chunk is read before whoever takes the lines is waited for.
      const read = (text: string) =>
        void lineWriter(new Redactor([SECRET]), () => {}).write(`${text}\n`);
      return outgrows(read, shape, 131_072) ?? [];
    });
    expect(slow).toEqual([]);
  });

  it.each([
    ['as it is', SECRET],
    ['in an address', encodeURIComponent(SECRET)],
    ['in JSON', JSON.stringify(SECRET)],
    [
      'in Basic authentication',
      Buffer.from(`mira:${SECRET}`).toString('base64'),
    ],
    ['with a colour inside', `s3cr3t\u001b[0m/with"quotes`],
  ])('says no secret %s, however it is cut', async (_, text) => {
    const redactor = new Redactor([SECRET]);
    for (let cut = 1; cut < text.length; cut++) {
      const said = await written(
        ['before ', text.slice(0, cut), text.slice(cut), ' after\n'],
        redactor,
      );
      expect(said).toMatch(/^before .*\*\*\*.* after\n$/);
      expect(said).not.toContain('s3cr3t');
      expect(said.length).toBeLessThan(40);
    }
  });

  it('says no secret of several lines, and none that begins with another', async () => {
    const redactor = new Redactor([
      'key\nof\nlines',
      'abcdef',
      'abcdefgh',
      'no',
    ]);
    expect(await written(['x key\no', 'f\nlines y\n'], redactor)).toBe(
      'x *** y\n',
    );
    expect(await written(['abcdefgh abcdef no\n'], redactor)).toBe(
      '*** *** no\n',
    );
  });

  it('keeps the rest of the text, whatever it is and however it is cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom('abc', 'a', 'ab', 'abcabd', 'x', '\n'), {
          maxLength: 40,
        }),
        fc.integer({ min: 1, max: 7 }),
        async (parts, size) => {
          const text = parts.join('');
          const chunks = text.match(new RegExp(`[^]{1,${size}}`, 'g')) ?? [];
          const redactor = new Redactor(['abcabd']);
          const lines = text.replaceAll('abcabd', '***');
          const whole =
            lines === '' || lines.endsWith('\n') ? lines : `${lines}\n`;
          expect(await written(chunks, redactor)).toBe(whole);
        },
      ),
    );
  });

  it('copies a stream at its own pace, and one that is cut', async () => {
    const log = new BoundedLog();
    await copyTo(log, Readable.from([Buffer.from('a\nb'), Buffer.from('\n')]));
    const cut = new PassThrough();
    cut.write('half');
    const copied = copyTo(log, cut);
    setImmediate(() => cut.destroy());
    await copied;
    await say(log, 'ours');
    expect(log.text()).toBe('a\nb\nhalf\nours\n');
    const broken = new Readable({
      read() {
        throw new Error('broken');
      },
    });
    await copyTo(log, broken);
  });
});

describe('a log in memory', () => {
  it('keeps the newest, and says what is gone', async () => {
    const log = new BoundedLog(undefined, 20);
    for (let n = 0; n < 10; n++) await say(log, `line ${n}`);
    expect(log.read()).toEqual({
      lines: ['line 8', 'line 9'],
      next: 10,
      cut: true,
    });
    expect(log.read(9)).toEqual({ lines: ['line 9'], next: 10, cut: false });
    expect(log.read(10)).toEqual({ lines: [], next: 10, cut: false });
    await say(log, 'more');
    expect(log.read(10).lines).toEqual(['more']);
    expect(log.text()).toBe('line 8\nline 9\nmore\n');
  });

  it('answers many lines in pages', async () => {
    const log = new BoundedLog();
    await log.writer().write('x\n'.repeat(5_000));
    const first = log.read();
    expect(first.lines.length).toBeLessThan(5_000);
    expect(first.next).toBe(first.lines.length);
  });
});

describe('a log on disk', () => {
  const directory = createMockDirectory();
  beforeEach(() => directory.clear());

  it('goes on where it was, also after a restart', async () => {
    const log = new FileLog(directory.resolve('log'));
    await say(log, 'one');
    const { next } = await log.read();
    const again = new FileLog(directory.resolve('log'));
    await say(again, 'twö');
    expect(await again.read(next)).toEqual({
      lines: ['twö'],
      next: next + 5,
      cut: false,
    });
    expect(await again.read()).toMatchObject({ lines: ['one', 'twö'] });
    expect(statSync(directory.resolve('log')).mode & 0o077).toBe(0);
  });

  it('is empty before anything was written', async () => {
    expect(await new FileLog(directory.resolve('no')).read(7)).toEqual({
      lines: [],
      next: 7,
      cut: false,
    });
  });

  it('is held within its bounds, with places that stay', async () => {
    const most = 1_000;
    const log = new FileLog(directory.resolve('log'), undefined, most);
    const all: string[] = [];
    let next = 0;
    for (let n = 0; n < 60; n++) {
      const lines = [`line ${n}`, 'x'.repeat(n)];
      await log.writer().write(lines.map(line => `${line}\n`).join(''));
      const page = await log.read(next);
      all.push(...page.lines);
      next = page.next;
      const sizes = readdirSync(directory.resolve('log')).map(
        name => statSync(directory.resolve('log', name)).size,
      );
      expect(sizes.length).toBeLessThanOrEqual(2);
      expect(sizes.reduce((a, b) => a + b, 0)).toBeLessThanOrEqual(most);
    }
    expect(all).toHaveLength(120);
    expect(all[118]).toBe('line 59');
    const { lines, cut } = await log.read();
    expect(cut).toBe(true);
    expect(all.join('\n')).toContain(lines.join('\n'));
  });

  it('keeps whole lines of two streams that write at once', async () => {
    const log = new FileLog(directory.resolve('log'));
    const one = log.writer();
    const two = log.writer();
    await Promise.all(
      Array.from({ length: 50 }, async (_, n) => {
        await one.write(`one ${n}\n`);
        await two.write(`two ${n}\n`);
      }),
    );
    const { lines } = await log.read();
    expect(lines).toHaveLength(100);
    expect(lines.every(line => /^(one|two) \d+$/.test(line))).toBe(true);
  });

  it('takes more at once than one file holds', async () => {
    const log = new FileLog(directory.resolve('log'), undefined, 200);
    await log.writer().write('0123456789\n'.repeat(40));
    const names = readdirSync(directory.resolve('log'));
    expect(names).toHaveLength(2);
    for (const name of names) {
      const text = readFileSync(directory.resolve('log', name), 'utf8');
      expect(text).toMatch(/^(0123456789\n)+$/);
    }
  });
});
