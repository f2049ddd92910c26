import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gpuWords } from './words';

const page = readFileSync(
  resolve(__dirname, '../../../../docs/provisioning/gpu.md'),
  'utf8',
);

it('the page has a heading for each code, and for no other', () => {
  const headings = [...page.matchAll(/^### (\S+)$/gm)].map(([, name]) => name);
  const codes = new Set(gpuWords.codes.map(code => code.split('.')[0]));
  expect(headings.sort()).toEqual([...codes].sort());
});
