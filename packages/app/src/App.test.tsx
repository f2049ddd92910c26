import { screen, render } from '@testing-library/react';
import App from './App';

const PEOPLE = [
  {
    ref: 'user:default/mira.okafor',
    name: 'Mira Okafor',
    title: 'Developer',
    team: 'payments-core',
    why: 'Ships payment features.',
  },
];

describe('App', () => {
  const { fetch } = global;
  const { env } = process;

  afterEach(() => {
    global.fetch = fetch;
    process.env = env;
  });

  it('opens with the sign-in page', async () => {
    global.fetch = jest.fn(
      async () => new Response(JSON.stringify({ people: PEOPLE })),
    );
    process.env = {
      ...env,
      APP_CONFIG: [
        {
          context: 'test',
          data: {
            app: { title: 'Fawkes', baseUrl: 'http://localhost:3000' },
            backend: { baseUrl: 'http://localhost:7007' },
          },
        },
      ] as unknown as string,
    };

    render(App.createRoot());

    expect(
      await screen.findByRole('button', { name: /Mira Okafor.*Developer/ }),
    ).toBeInTheDocument();
    expect(screen.getByRole('heading', { level: 1 })).toHaveTextContent(
      'Who would you like to be?',
    );
  });
});
