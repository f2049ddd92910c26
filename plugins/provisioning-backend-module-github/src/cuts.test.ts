import fc from 'fast-check';
import type { EffectType } from '@fawkes/backstage-plugin-provisioning-common';
import { filesOf, FILES, House } from './__testUtils__/house';
import { commitFiles, US } from './__testUtils__/standIn';

/**
 * The law of the ledger at GitHub: wherever a connection breaks, wherever the
 * portal dies, what is there in the end is there once.
 */
const house = new House();
const { standIn } = house;
beforeAll(() => house.start());
afterAll(() => standIn.stop());

type Mishap = 'cut-before' | 'cut-after' | 'busy' | 'away' | 'dies' | 'well';
const mishaps = fc.array(
  fc.constantFrom<Mishap>(
    'cut-before',
    'cut-after',
    'busy',
    'away',
    'dies',
    'well',
    'well',
  ),
  { maxLength: 40 },
);

/** One thing after another goes wrong, a request each; then all is well. */
function goWrong(plan: readonly Mishap[]) {
  let request = 0;
  let started = 0;
  house.beforeCall = () => {
    // The process dies: nothing after it is done, nothing is answered.
    if (plan[started++] === 'dies') {
      request++;
      throw new Error('the portal died');
    }
  };
  standIn.wrong = () => {
    switch (plan[request++]) {
      case 'cut-before':
        return 'cut-before';
      case 'cut-after':
        return 'cut-after';
      case 'busy':
        return {
          status: 403,
          headers: { 'retry-after': '1' },
          body: { message: 'You have exceeded a secondary rate limit' },
        };
      case 'away':
        return { status: 502, body: { message: 'Server Error' } };
      default:
        return undefined;
    }
  };
}

async function survive(type: EffectType) {
  for (let round = 0; round < 30; round++) {
    const result = await house.run(type, 60);
    if (result.state === 'done') return result;
    // What failed for now is what a person tries again.
    expect(result).not.toMatchObject({ permanent: true });
    expect(result).not.toMatchObject({ needsPerson: true });
  }
  throw new Error(`${type} came to no end`);
}

const pay = () => standIn.state.find('acme', 'pay')!;
/** More in a soak: FAWKES_RUNS=1000. */
const runs = { numRuns: Number(process.env.FAWKES_RUNS ?? 20) };
// Whole lives over HTTP on two busy cores: slow is not broken.
jest.setTimeout(60_000 + runs.numRuns * 2_000);

describe('whatever breaks, and when', () => {
  it('a new repository is made once, with one commit of ours', async () => {
    await fc.assert(
      fc.asyncProperty(mishaps, fc.boolean(), async (plan, master) => {
        house.reset();
        standIn.state.firstBranch = master ? 'master' : 'main';
        goWrong(plan);
        await expect(survive('repo:ensure')).resolves.toMatchObject({
          origin: 'created',
        });
        expect(standIn.faults).toEqual([]);
        expect(standIn.state.repositories.size).toBe(1);
        const { git, description, pulls } = pay();
        expect([...git.heads.keys()]).toEqual(['main']);
        const history = git.history(git.heads.get('main')!);
        expect(history).toHaveLength(2);
        expect(git.trees.get(history[0].tree)).toHaveLength(FILES.length);
        expect(description).toBe('Takes payments');
        expect(pulls).toEqual([]);
      }),
      runs,
    );
  });

  it('a proposal is made once, on one branch, and main stays', async () => {
    await fc.assert(
      fc.asyncProperty(mishaps, async plan => {
        house.reset();
        standIn.state.make('acme', 'pay', 'kim', {}, '# Theirs\n');
        const before = pay().git.heads.get('main');
        goWrong(plan);
        await survive('repo:ensure');
        expect(standIn.faults).toEqual([]);
        const { git, pulls } = pay();
        expect(git.heads.get('main')).toBe(before);
        expect(pulls).toHaveLength(1);
        const tip = git.heads.get('fawkes/update-1')!;
        expect(git.history(tip)).toHaveLength(2);
      }),
      runs,
    );
  });

  it('a service comes into being, is updated and goes, each thing once', async () => {
    await fc.assert(
      fc.asyncProperty(mishaps, fc.boolean(), async (plan, purge) => {
        house.reset();
        goWrong(plan);
        await survive('repo:ensure');
        await survive('repo:protect');
        await survive('ci:ensure');
        const main = pay().git.heads.get('main');
        house.request = { ...house.request, revision: 2 };
        house.files = [...FILES, ...filesOf({ 'new.txt': 'new\n' })];
        await survive('repo:propose');
        const { git, pulls, protection, activity } = pay();
        expect(pulls).toHaveLength(1);
        expect(git.heads.get('main')).toBe(main);
        expect(git.history(git.heads.get('fawkes/update-2')!)).toHaveLength(3);
        expect(protection.size).toBe(1);
        await survive('ci:remove');
        await survive('repo:unprotect');
        expect(protection.size).toBe(0);
        expect(new Set(activity.map(({ actor }) => actor))).toEqual(
          new Set([US]),
        );
        house.purge = purge;
        await survive(purge ? 'repo:remove' : 'repo:archive');
        expect(standIn.faults).toEqual([]);
        const left = pay() && {
          archived: pay().archived,
          open: pay().pulls.filter(({ state }) => state === 'open'),
        };
        expect(left).toEqual(purge ? undefined : { archived: true, open: [] });
      }),
      runs,
    );
  });

  it('a purge never takes what somebody else has pushed, however it is cut', async () => {
    await fc.assert(
      fc.asyncProperty(mishaps, async plan => {
        house.reset();
        await survive('repo:ensure');
        house.purge = true;
        commitFiles(pay(), { 'theirs.txt': 'x' }, 'Theirs', 'kim');
        goWrong(plan);
        let result = await house.run('repo:remove', 60);
        while (result.state === 'failed' && !result.permanent) {
          result = await house.run('repo:remove', 60);
        }
        expect(result).toMatchObject({ reason: { code: 'github.others' } });
        expect(pay()).toBeDefined();
      }),
      runs,
    );
  });
});
