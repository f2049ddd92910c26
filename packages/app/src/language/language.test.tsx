import { appLanguageApiRef } from '@backstage/frontend-plugin-api';
import { TestApiProvider } from '@backstage/frontend-test-utils';
import { act, render, screen } from '@testing-library/react';
import App from '../App';
import { DocumentLanguage } from './DocumentLanguage';

/** A choice of language a test makes itself. */
function languages(language: string) {
  let current = language;
  const listeners = new Set<(next: { language: string }) => void>();
  return {
    getAvailableLanguages: () => ({ languages: ['en', 'de'] }),
    getLanguage: () => ({ language: current }),
    setLanguage(next = 'en') {
      current = next;
      listeners.forEach(tell => tell({ language: next }));
    },
    language$: () => ({
      subscribe(tell: (next: { language: string }) => void) {
        listeners.add(tell);
        return { unsubscribe: () => listeners.delete(tell), closed: false };
      },
    }),
    listening: () => listeners.size,
  };
}

describe('DocumentLanguage', () => {
  const open = (api: ReturnType<typeof languages>) =>
    render(
      <TestApiProvider
        apis={[
          [appLanguageApiRef, api as unknown as typeof appLanguageApiRef.T],
        ]}
      >
        <DocumentLanguage />
      </TestApiProvider>,
    );

  it('begins with the language that was chosen last time', () => {
    document.documentElement.lang = 'en';
    open(languages('de'));
    expect(document.documentElement).toHaveAttribute('lang', 'de');
  });

  it('follows each choice, as long as the app is there', () => {
    const api = languages('en');
    const { unmount } = open(api);
    act(() => api.setLanguage('de'));
    expect(document.documentElement).toHaveAttribute('lang', 'de');
    act(() => api.setLanguage('en'));
    expect(document.documentElement).toHaveAttribute('lang', 'en');
    unmount();
    expect(api.listening()).toBe(0);
  });
});

describe('App', () => {
  const { fetch } = global;
  const { env } = process;

  afterEach(() => {
    global.fetch = fetch;
    process.env = env;
    localStorage.clear();
  });

  it('tells the browser its language, also before anybody signs in', async () => {
    localStorage.setItem('language', 'de');
    global.fetch = jest.fn(async () => new Response('{"people":[]}'));
    process.env = {
      ...env,
      APP_CONFIG: [
        {
          context: 'test',
          data: {
            app: {
              baseUrl: 'http://localhost:3000',
              extensions: [
                {
                  'api:app/app-language': {
                    config: { availableLanguages: ['en', 'de'] },
                  },
                },
              ],
            },
            backend: { baseUrl: 'http://localhost:7007' },
          },
        },
      ] as unknown as string,
    };
    document.documentElement.lang = 'en';

    render(App.createRoot());
    expect(
      await screen.findByText('Wer möchten Sie sein?'),
    ).toBeInTheDocument();
    expect(document.documentElement).toHaveAttribute('lang', 'de');
  });
});
