import { createMockDirectory } from '@backstage/backend-test-utils';
import { statSync, symlinkSync } from 'node:fs';
import { ownDirectory } from './workingDirectory';

describe('ownDirectory', () => {
  const directory = createMockDirectory();

  beforeEach(() => directory.clear());
  afterEach(() => jest.restoreAllMocks());

  const modeOf = (path: string) => statSync(path).mode & 0o777;

  it('is for one user alone, also where it was not', async () => {
    const made = await ownDirectory(directory.resolve('a/b'));
    expect(modeOf(made)).toBe(0o700);
    directory.setContent({ open: {} });
    expect(modeOf(directory.resolve('open'))).not.toBe(0o700);
    expect(modeOf(await ownDirectory(directory.resolve('open')))).toBe(0o700);
  });

  it("is no other user's", async () => {
    const { uid } = statSync(directory.path);
    jest.spyOn(process, 'geteuid').mockReturnValue(uid + 1);
    await expect(ownDirectory(directory.resolve('a'))).rejects.toThrow(
      /is not a directory of the backend's user/,
    );
  });

  it('is no link to another place', async () => {
    directory.setContent({ elsewhere: {} });
    symlinkSync(directory.resolve('elsewhere'), directory.resolve('link'));
    await expect(ownDirectory(directory.resolve('link'))).rejects.toThrow(
      /is not a directory of the backend's user/,
    );
    expect(modeOf(directory.resolve('elsewhere'))).not.toBe(0o700);
  });
});
