/** @jest-environment node */
import { execFile } from 'node:child_process';
import { join } from 'node:path';

const SCRIPT = join(__dirname, '..', 'bin', 'cab-gate.cjs');

/** What the script says and ends with; it is tried with the real backend in cab-backend. */
function gate(args: string[], env: Record<string, string> = {}) {
  return new Promise<{ code: number; out: string; said: string }>(resolve => {
    execFile(process.execPath, [SCRIPT, ...args], { env }, (error, out, said) =>
      resolve({ code: error ? Number(error.code) : 0, out, said }),
    );
  });
}

const ASKED = [
  'ask',
  '--entity',
  'component:default/shop',
  '--environment',
  'prod-eu',
];

it('says how it is used', async () => {
  const { code, out } = await gate(['--help']);
  expect(code).toBe(0);
  for (const word of [
    'request',
    'ask',
    'wait',
    'started',
    'finished',
    'attach',
  ])
    expect(out).toContain(word);
});

it('refuses what it does not know, and says what there is', async () => {
  const { code, said } = await gate(['nonsense']);
  expect(code).toBe(1);
  expect(said).toContain('nonsense is no command: request, ask');
});

it('lets nothing through where it cannot ask', async () => {
  const commit = ['--commit', 'a'.repeat(40)];
  expect((await gate([...ASKED, ...commit])).code).not.toBe(0);
  // Nobody listens there.
  const away = await gate([...ASKED, ...commit], {
    CAB_URL: 'http://127.0.0.1:1/api/cab',
    CAB_TOKEN: 'x',
  });
  expect(away.code).not.toBe(0);
  expect(away.said).not.toBe('');
});
