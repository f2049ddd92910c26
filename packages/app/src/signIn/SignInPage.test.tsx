import type { IdentityApi } from '@backstage/frontend-plugin-api';
import {
  mockApis,
  renderInTestApp,
  TestApiProvider,
} from '@backstage/frontend-test-utils';
import {
  configApiRef,
  discoveryApiRef,
  githubAuthApiRef,
} from '@backstage/frontend-plugin-api';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { SignInPage } from './SignInPage';

const MIRA = {
  ref: 'user:default/mira.okafor',
  name: 'Mira Okafor',
  title: 'Developer',
  team: 'payments-core',
  why: 'Wants to know where changes wait.',
};
const LENA = {
  ref: 'user:default/lena.hofmann',
  name: 'Lena Hofmann',
  title: 'Platform engineer',
  team: 'platform',
  why: 'Runs this portal.',
};

function json(body: unknown, status = 200): Response {
  return new Response(JSON.stringify(body), { status });
}

function session(ref: string): Response {
  return json({
    profile: { displayName: ref },
    backstageIdentity: {
      token: `token of ${ref}`,
      expiresInSeconds: 3600,
      identity: {
        type: 'user',
        userEntityRef: ref,
        ownershipEntityRefs: [ref],
      },
    },
  });
}

/** A backend with the development sign-in: `known` are the people its catalog has loaded. */
function developmentBackend(known: string[]) {
  return jest.fn(async (url: RequestInfo | URL, init?: RequestInit) => {
    if (String(url).endsWith('/fawkes-dev/people')) {
      return json({ people: [MIRA, LENA] });
    }
    const ref = new Headers(init?.headers).get('x-fawkes-dev-person') ?? '';
    return known.includes(ref)
      ? session(ref)
      : json({ error: { name: 'NotFoundError', message: 'none' } }, 404);
  });
}

function open(options: { providers?: string[]; github?: {} } = {}) {
  const onSignInSuccess = jest.fn<void, [IdentityApi]>();
  const githubApi = {
    getBackstageIdentity: async () => undefined,
    getProfile: async () => undefined,
    ...options.github,
  };
  const page = renderInTestApp(
    <TestApiProvider
      apis={[
        [
          configApiRef,
          mockApis.config({
            data: {
              app: {
                title: 'Fawkes',
                signIn: { providers: options.providers ?? [] },
              },
            },
          }),
        ],
        [
          discoveryApiRef,
          mockApis.discovery({ baseUrl: 'http://localhost:7007' }),
        ],
        [githubAuthApiRef, githubApi],
      ]}
    >
      <SignInPage onSignInSuccess={onSignInSuccess} />
    </TestApiProvider>,
  );
  return { onSignInSuccess, page };
}

describe('SignInPage', () => {
  const { fetch } = global;

  beforeEach(() => {
    localStorage.clear();
    sessionStorage.clear();
  });
  afterEach(() => {
    global.fetch = fetch;
  });

  it('says for each person what they do and what they come for', async () => {
    global.fetch = developmentBackend([]);
    open();
    expect(
      await screen.findByRole('heading', { name: 'Who would you like to be?' }),
    ).toBeInTheDocument();
    expect(screen.getByText('Platform engineer · platform')).toBeVisible();
    expect(screen.getByText('Runs this portal.')).toBeVisible();
    expect(screen.getAllByRole('button')).toHaveLength(2);
  });

  it('signs in with the keyboard alone', async () => {
    global.fetch = developmentBackend([MIRA.ref]);
    const { onSignInSuccess } = open();
    const mira = await screen.findByRole('button', { name: /Mira Okafor/ });
    await userEvent.tab();
    expect(mira).toHaveFocus();
    await userEvent.keyboard('{Enter}');

    await waitFor(() => expect(onSignInSuccess).toHaveBeenCalledTimes(1));
    const [identity] = onSignInSuccess.mock.calls[0];
    expect(await identity.getBackstageIdentity()).toMatchObject({
      userEntityRef: MIRA.ref,
    });
    expect(await identity.getCredentials()).toEqual({
      token: `token of ${MIRA.ref}`,
    });
  });

  it('survives a reload: the person of last time is signed in without asking', async () => {
    global.fetch = developmentBackend([LENA.ref]);
    const first = open();
    await userEvent.click(
      await screen.findByRole('button', { name: /Lena Hofmann/ }),
    );
    await waitFor(() => expect(first.onSignInSuccess).toHaveBeenCalled());
    first.page.unmount();

    const second = open();
    await waitFor(() => expect(second.onSignInSuccess).toHaveBeenCalled());
    expect(screen.queryByRole('button')).not.toBeInTheDocument();
  });

  it('asks again after signing out', async () => {
    global.fetch = developmentBackend([MIRA.ref]);
    localStorage.setItem('fawkes/development-person', MIRA.ref);
    const first = open();
    await waitFor(() => expect(first.onSignInSuccess).toHaveBeenCalled());
    await first.onSignInSuccess.mock.calls[0][0].signOut();
    first.page.unmount();

    open();
    expect(await screen.findAllByRole('button')).toHaveLength(2);
  });

  it('forgets a person who is no longer offered', async () => {
    global.fetch = developmentBackend([]);
    localStorage.setItem('fawkes/development-person', 'user:default/gone');
    const { onSignInSuccess } = open();
    expect(await screen.findAllByRole('button')).toHaveLength(2);
    expect(onSignInSuccess).not.toHaveBeenCalled();
    expect(localStorage.getItem('fawkes/development-person')).toBeNull();
  });

  it('explains the first seconds, when the catalog is still empty', async () => {
    global.fetch = developmentBackend([]);
    const { onSignInSuccess } = open();
    await userEvent.click(
      await screen.findByRole('button', { name: /Mira Okafor/ }),
    );
    expect(
      await screen.findByText(/Mira Okafor is not in the catalog yet/),
    ).toBeVisible();
    expect(onSignInSuccess).not.toHaveBeenCalled();
    expect(screen.getByRole('button', { name: /Mira/ })).not.toHaveAttribute(
      'aria-disabled',
      'true',
    );
  });

  it('names the missing configuration where there is no way to sign in', async () => {
    global.fetch = jest.fn(async () => json({}, 404));
    open();
    expect(
      await screen.findByRole('heading', {
        name: 'No way to sign in is configured',
      }),
    ).toBeInTheDocument();
    expect(screen.getByText(/app\.signIn\.providers/)).toBeVisible();
  });

  it('says that the backend is down, and tries again', async () => {
    global.fetch = jest.fn(async () => {
      throw new TypeError('Failed to fetch');
    });
    open();
    expect(await screen.findByText(/Failed to fetch/)).toBeVisible();
    global.fetch = developmentBackend([]);
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(
      await screen.findByRole('button', { name: /Mira Okafor/ }),
    ).toBeVisible();
  });

  describe('with configured providers', () => {
    const octocat = {
      token: 'token',
      identity: {
        type: 'user',
        userEntityRef: 'user:default/octocat',
        ownershipEntityRefs: [],
      },
    };

    it('offers them and never asks for the sample people', async () => {
      global.fetch = developmentBackend([MIRA.ref]);
      const getBackstageIdentity = jest.fn(async (options: object) =>
        'optional' in options ? undefined : octocat,
      );
      const { onSignInSuccess } = open({
        providers: ['github'],
        github: { getBackstageIdentity },
      });
      await userEvent.click(
        await screen.findByRole('button', { name: 'Sign in with GitHub' }),
      );
      await waitFor(() => expect(onSignInSuccess).toHaveBeenCalledTimes(1));
      expect(
        await onSignInSuccess.mock.calls[0][0].getBackstageIdentity(),
      ).toEqual(octocat.identity);
      expect(global.fetch).not.toHaveBeenCalled();
    });

    it('goes on with an existing session', async () => {
      const { onSignInSuccess } = open({
        providers: ['github'],
        github: { getBackstageIdentity: async () => octocat },
      });
      await waitFor(() => expect(onSignInSuccess).toHaveBeenCalledTimes(1));
      expect(screen.queryByRole('button')).not.toBeInTheDocument();
    });

    it('says why signing in failed', async () => {
      open({
        providers: ['github'],
        github: {
          getBackstageIdentity: async (options: object) => {
            if ('optional' in options) {
              return undefined;
            }
            throw new Error('Login failed, user not found');
          },
        },
      });
      await userEvent.click(
        await screen.findByRole('button', { name: 'Sign in with GitHub' }),
      );
      expect(
        await screen.findByText(/Login failed, user not found/),
      ).toBeVisible();
    });
  });
});
