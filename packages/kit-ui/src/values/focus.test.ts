import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '..');
const sources = (ending: string) =>
  readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith(ending) && !name.includes('.test.'))
    .map(name => ({ name, text: readFileSync(join(root, name), 'utf8') }));

it('takes no focus ring away', () => {
  const without = sources('.css').filter(({ text }) =>
    /outline:\s*(none|0)/.test(text),
  );
  expect(without).toEqual([]);
});

it('gives one to whatever is focusable and not of @backstage/ui', () => {
  const focusable = /<(button|input|a|select|textarea)\b[^>]*>|tabIndex/;
  const files = sources('.tsx').filter(({ text }) => focusable.test(text));
  expect(files.map(({ name }) => name).sort()).toEqual([
    'charts/DataTable.tsx',
    'filters/WindowPicker.tsx',
    'values/ScrollBox.tsx',
  ]);
  for (const { text } of files) expect(text).toMatch(/className=\{.*focusRing/);
});
