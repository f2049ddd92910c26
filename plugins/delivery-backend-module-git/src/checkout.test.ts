import { createMockDirectory } from '@backstage/backend-test-utils';
import { writeFileSync } from 'node:fs';
import { GitServer } from './__testUtils__/gitServer';
import { TestRepository } from './__testUtils__/repository';
import { Listener } from './__testUtils__/trap';
import { checkOut } from './checkout';
import { runGit } from './git';
import { ownDirectory } from './workingDirectory';

const { signal } = new AbortController();

describe('checkOut', () => {
  const directory = createMockDirectory();
  let origin: TestRepository;
  let server: GitServer;

  beforeAll(async () => {
    server = new GitServer(directory.path);
    await server.start();
  });

  afterAll(() => server.stop());

  beforeEach(() => {
    directory.clear();
    server.reset();
    origin = new TestRepository(directory.resolve('pay.git'));
    origin.git('config', 'uploadpack.allowFilter', 'true');
    writeFileSync(directory.resolve('cert.pem'), server.certificate);
    jest.replaceProperty(process, 'env', {
      ...process.env,
      GIT_SSL_CAINFO: directory.resolve('cert.pem'),
      GIT_CONFIG_GLOBAL: directory.resolve('gitconfig'),
    });
  });

  afterEach(() => jest.restoreAllMocks());

  async function mirror(url: string = server.url('pay.git')) {
    const own = await ownDirectory(directory.resolve('mirrors'));
    return checkOut({ url }, own, signal);
  }

  const branches = async (path: string) =>
    runGit({
      directory: path,
      args: ['for-each-ref', '--format=%(objectname) %(refname)'],
      signal,
    });

  it('mirrors names and history, and brings them up to date', async () => {
    const [first] = origin.commit({ message: '1', files: { a: 'x' } });
    const path = await mirror();
    expect(await branches(path)).toBe(`${first} refs/heads/main\n`);

    const [second] = origin.commit({ message: '2', branch: 'side' });
    origin.git('tag', 'v1', second);
    origin.git('update-ref', '-d', 'refs/heads/main');
    expect(await mirror()).toBe(path);
    expect(await branches(path)).toBe(
      `${second} refs/heads/side\n${second} refs/tags/v1\n`,
    );
  });

  it("gives the credentials of the backend user's helper", async () => {
    origin.commit({ message: '1' });
    server.credentials = 'portal:secret';
    await expect(mirror()).rejects.toThrow(/could not read Username/);
    writeFileSync(
      directory.resolve('gitconfig'),
      '[credential]\nhelper = "!echo username=portal; echo password=secret; :"\n',
    );
    expect(await branches(await mirror())).toMatch(/refs\/heads\/main/);
  });

  it('follows nobody to another place', async () => {
    origin.commit({ message: '1' });
    const other = new Listener();
    server.redirectTo = `https://${await other.start()}`;
    await expect(mirror()).rejects.toThrow(/git clone failed/);
    await other.stop();
    expect(server.asked).toBe(1);
    expect(other.connections).toBe(0);
  });

  it('goes to the address it was given by nothing but https', async () => {
    origin.commit({ message: '1' });
    writeFileSync(
      directory.resolve('gitconfig'),
      `[url "file://${directory.path}/"]\ninsteadOf = ${server.url(
        '',
      )}\n[protocol]\nallow = always\n`,
    );
    await expect(mirror()).rejects.toThrow("transport 'file' not allowed");
  });

  it.each(['ext::sh -c whoami', 'ssh://git@localhost/x', 'http://localhost/x'])(
    'mirrors nothing from %s',
    async url => {
      await expect(mirror(url)).rejects.toThrow(/is no protocol to mirror/);
    },
  );

  it('leaves what is on this machine where it is', async () => {
    const own = directory.resolve('mirrors');
    const { path } = origin;
    expect(await checkOut({ path }, own, signal)).toBe(path);
    expect(await checkOut({ url: `file://${path}` }, own, signal)).toBe(path);
  });
});
