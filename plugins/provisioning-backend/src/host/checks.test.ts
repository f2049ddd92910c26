import type { Programs, Sandbox } from '../local';
import { provisioningComputerWords } from '@fawkes/backstage-plugin-provisioning-common/rules';
import { checksOf, isolationOf, type Found } from './checks';

const { say } = provisioningComputerWords;

const git: Found['git'] = { supported: true, version: '2.39.5' };

const sandbox = (other: Partial<Sandbox>): Sandbox => ({
  supported: true,
  isolation: 'bubblewrap',
  processes: 'limited',
  limits: true,
  root: false,
  programs: { node: 'node', npm: 'npm-cli.js' } as Programs,
  folder: 'sandbox',
  system: [],
  words: [say('sandbox.bubblewrap', { scratch: 64 })],
  ...other,
});

describe('what keeps services from this computer', () => {
  it('is a room of its own', () => {
    expect(isolationOf({ git, sandbox: sandbox({}) })).toEqual({
      sandboxed: true,
      words: say('sandbox.bubblewrap', { scratch: 64 }),
      why: null,
    });
  });

  const why = say('sandbox.why.missing');
  const open = sandbox({
    isolation: 'none',
    words: [say('sandbox.none'), say('sandbox.limits.none')],
    why,
  });

  it('is nothing, and why', () => {
    expect(isolationOf({ git, sandbox: open })).toEqual({
      sandboxed: false,
      words: say('sandbox.none'),
      why,
    });
  });

  it('tells the operator why before what it means', () => {
    const bwrap = checksOf({ git, sandbox: open }).filter(
      ({ name }) => name === 'bwrap',
    );
    expect(bwrap).toEqual([
      { name: 'bwrap', ok: false, words: why },
      { name: 'bwrap', ok: false, words: say('sandbox.none') },
    ]);
  });

  it.each([
    [
      'git',
      { git: { supported: false, words: say('git.missing') }, sandbox: open },
    ],
    ['npm', { git, sandbox: sandbox({ programs: { node: 'node' } }) }],
    [
      'anything to run it with',
      { git, sandbox: { supported: false, words: [say('sandbox.root')] } },
    ],
  ] as [string, Found][])(
    'is not told where nothing runs without %s',
    (_, found) => {
      expect(isolationOf(found)).toBeNull();
    },
  );
});
