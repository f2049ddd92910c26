import {
  lstatSync,
  mkdirSync,
  readdirSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { join } from 'node:path';
import { emptyRunFolder, runFolder } from './runFolder';

describe('the folder for what runs', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await runFolder('/nowhere/one');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('is the same after every start, another for another portal, and short', async () => {
    expect(await runFolder('/nowhere/x/../one')).toBe(folder);
    const other = await runFolder('/nowhere/two');
    expect(other).not.toBe(folder);
    rmSync(other, { recursive: true });
    expect(join(folder, 'service-123456', 'socket').length).toBeLessThan(100);
    expect(lstatSync(folder).mode & 0o777).toBe(0o711);
  });

  it('is emptied', async () => {
    mkdirSync(join(folder, 'service-1', 'x'), { recursive: true });
    await emptyRunFolder(folder);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('is not taken from somebody who was there first', async () => {
    rmSync(folder, { recursive: true });
    symlinkSync('/tmp', folder);
    await expect(runFolder('/nowhere/one')).rejects.toThrow();
  });
});
