import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import ts from 'typescript';
import { parse } from 'yaml';
import { digestOfBundle } from './bundle';
import { renderTemplate, type TemplateValues } from './renderTemplate';

const bytes = (text: string) => new TextEncoder().encode(text);
const files = (texts: Record<string, string>) =>
  new Map(
    Object.entries(texts).map(([path, text]) => [path, bytes(text)] as const),
  );
const rendered = (texts: Record<string, string>, values: TemplateValues = {}) =>
  Object.fromEntries(
    [...renderTemplate(files(texts), values)].map(([path, file]) => [
      path,
      new TextDecoder().decode(file.bytes),
    ]),
  );

describe('renderTemplate', () => {
  it('fills texts and names, and sorts by code points', () => {
    const bundle = renderTemplate(
      files({
        'z/${{ values.name }}.txt': 'hello ${{ values.name }}\n',
        "${{ '.' }}gitignore": 'dist\n',
        'run.sh': '#!/bin/sh\n',
        B: '',
        a: '',
      }),
      { name: 'orders' },
    );
    expect([...bundle].map(([path, { mode }]) => [path, mode])).toEqual([
      ['.gitignore', '644'],
      ['B', '644'],
      ['a', '644'],
      ['run.sh', '755'],
      ['z/orders.txt', '644'],
    ]);
  });

  it('is the same whatever the order of its files, and ends lines in LF', () => {
    const one = renderTemplate(files({ a: 'x\r\ny\r', b: 'z' }), {});
    const two = renderTemplate(files({ b: 'z', a: 'x\ny\n' }), {});
    expect(digestOfBundle(one)).toBe(digestOfBundle(two));
    expect([...one.keys()]).toEqual([...two.keys()]);
  });

  it('leaves out what renders to no name', () => {
    expect(
      rendered(
        { '{% if values.docs %}docs{% endif %}/index.md': 'x', a: '' },
        { docs: false },
      ),
    ).toEqual({ a: '' });
  });

  it('keeps binary files and what raw keeps', () => {
    const binary = Uint8Array.from([0, 255, 13, 10, 36, 123, 123]);
    const bundle = renderTemplate(
      new Map([
        ['logo.png', binary],
        ['ci.yml', bytes('{% raw %}${{ github.sha }}{% endraw %}')],
      ]),
      {},
    );
    expect(bundle.get('logo.png')?.bytes).toEqual(binary);
    expect(bundle.get('ci.yml')?.bytes).toEqual(bytes('${{ github.sha }}'));
  });

  it.each([
    [
      'a value that was not passed',
      'x\n${{ values.nme }}',
      'f:2: values.nme was not passed',
    ],
    [
      'one below a value',
      '${{ values.name.first }}',
      'f:1: values.name.first was not passed',
    ],
    ['a foreign expression', '\n\n${{ github.sha }}', 'f:3: github is nothing'],
    ['an unknown filter', '\n${{ values.name | shout }}', 'f:2: '],
    ['an include', '{% include "x" %}', 'f:1: '],
    ['a call of nothing', '${{ values.name.nope() }}', 'f:1: '],
    ['a tag without an end', '${{ values.name', 'f:1: '],
  ])('refuses %s, with its line', (_, text, message) => {
    expect(() => rendered({ f: text }, { name: 'orders' })).toThrow(message);
  });

  it.each([
    ['../x', 'must be a relative path'],
    ['.git/config', 'must be a relative path'],
    ['C:\\x', 'must be a relative path'],
  ])('refuses to write to %s', (path, message) => {
    expect(() => rendered({ '${{ values.path }}': '' }, { path })).toThrow(
      message,
    );
  });

  it('refuses two files that some file systems hold for one', () => {
    expect(() => rendered({ 'README.md': '', 'Readme.md': '' })).toThrow(
      'Readme.md is one file with README.md',
    );
  });

  it('refuses text that is not UTF-8', () => {
    expect(() =>
      renderTemplate(new Map([['f', Uint8Array.from([0x80])]]), {}),
    ).toThrow('f is not UTF-8');
  });
});

/** One line of text, as the contract takes it. */
const line = fc.oneof(
  fc.constantFrom(
    'on',
    'no',
    'null',
    '~',
    '0777',
    '0o17',
    '1e3',
    '12:30:45',
    '2026-11-30',
    '- a',
    '# no comment',
    "it's",
    '"quoted"',
    '`tick` ${x} $(touch /tmp/x)',
    '${{ values.name }}',
    '{% raw %}',
    '{# c #}',
    '*alias',
    '&anchor',
    '!tag',
    '%dir',
    '@at',
    '| pipe',
    '> fold',
    'a: b',
    'a #b',
    '\\',
    'a\\',
    "'; rm -rf /; '",
    '</script>',
    'größe 日本 👩‍🚀',
    '${__proto__}',
  ),
  fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 60 })
    .filter(
      text => !/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\ufeff\ufffe\uffff]/u.test(text),
    ),
);

const SKELETON = {
  'a.yaml':
    'text: ${{ values.text | dump }}\nlist: [${{ values.text | dump }}]\n',
  'a.json': '{ "text": ${{ values.text | dump }} }\n',
  'a.ts': 'export const text = ${{ values.text | dump }};\n',
  'a.sh':
    "#!/bin/sh\nprintf %s '${{ values.text | replace(\"'\", \"'\\\\''\") }}'\n",
};

/** The string a TypeScript file says. */
function typeScriptText(source: string): string {
  const file = ts.createSourceFile('a.ts', source, ts.ScriptTarget.Latest);
  let found: string | undefined;
  const visit = (node: ts.Node) => {
    if (ts.isStringLiteral(node)) found = node.text;
    ts.forEachChild(node, visit);
  };
  visit(file);
  if (found === undefined) throw new Error(`No text in ${source}`);
  return found;
}

describe('free text', () => {
  it('is read back by the parser of each file', () => {
    fc.assert(
      fc.property(line, text => {
        const made = rendered(SKELETON, { text });
        expect(parse(made['a.yaml'])).toEqual({ text, list: [text] });
        expect(parse(made['a.yaml'], { version: '1.1' })).toEqual({
          text,
          list: [text],
        });
        expect(JSON.parse(made['a.json'])).toEqual({ text });
        expect(typeScriptText(made['a.ts'])).toBe(text);
      }),
      { numRuns: 300 },
    );
  });

  it('is read back by the shell', () => {
    fc.assert(
      fc.property(line, text => {
        const made = rendered(SKELETON, { text });
        expect(
          execFileSync('/bin/sh', { input: made['a.sh'] }).toString(),
        ).toBe(text);
      }),
      { numRuns: 60 },
    );
  });
});
