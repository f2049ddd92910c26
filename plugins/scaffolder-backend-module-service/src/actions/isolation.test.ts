import { provisioningComputerWords } from '@fawkes/backstage-plugin-provisioning-common/rules';
import { tellIsolation } from './isolation';

const { say } = provisioningComputerWords;

const sandboxed = {
  isolation: {
    sandboxed: true,
    words: say('sandbox.bubblewrap', { scratch: 64 }),
    why: null,
  },
};
const open = {
  isolation: {
    sandboxed: false,
    words: say('sandbox.none'),
    why: say('sandbox.why.missing'),
  },
};

function told(plan: Parameters<typeof tellIsolation>[0]) {
  const lines: string[] = [];
  tellIsolation(plan, {
    info: line => lines.push(`info ${line}`),
    warn: line => lines.push(`warn ${line}`),
  });
  return lines;
}

describe('what a service can reach, in the log of a task', () => {
  it('is said in passing where it has a room of its own', () => {
    expect(told(sandboxed)).toEqual([
      expect.stringMatching(/^info Tests and services run in a room/),
    ]);
  });

  it('is a warning with its reason where it has not', () => {
    expect(told(open)).toEqual([
      expect.stringMatching(
        /^warn .*can reach this portal\. \(Bubblewrap was not found on the PATH of the portal\)$/,
      ),
    ]);
  });

  it('is that nothing here runs it, where it is so', () => {
    expect(told({ isolation: null })).toEqual([
      'info Nothing of it runs on the computer of this portal.',
    ]);
  });
});
