import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderInPortal } from '../testUtils';
import { Loaded, type LoadedQuery } from './Loaded';
import { QueryProvider } from './QueryProvider';
import { useQuery } from '@tanstack/react-query';

interface Answer {
  name: string;
  asOf: string;
}
const answer: Answer = { name: 'the answer', asOf: '2026-03-12T13:05:09Z' };

const query = (overrides: Partial<LoadedQuery<Answer>> = {}) => ({
  data: answer as Answer | undefined,
  error: null as unknown,
  isFetching: false,
  isPlaceholderData: false,
  refetch: jest.fn(),
  ...overrides,
});

function open(asked: LoadedQuery<Answer>) {
  renderInPortal(
    <Loaded
      query={asked}
      skeleton={<p>Loading it</p>}
      errorTitle="It could not be loaded"
      asOf={data => data.asOf}
      dims
      frame={({ children }) => <main>{children}</main>}
    >
      {data => <p>{data.name}</p>}
    </Loaded>,
  );
}

describe('Loaded', () => {
  it('keeps the place while nothing is there yet', async () => {
    open(query({ data: undefined, isFetching: true }));
    expect(await screen.findByText('Loading it')).toBeVisible();
    expect(screen.getByRole('main')).toBeVisible();
    expect(screen.queryByText('the answer')).toBeNull();
  });

  it('says what failed, and tries again', async () => {
    const failed = query({ data: undefined, error: new Error('no disk') });
    open(failed);
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'It could not be loadedno disk',
    );
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(failed.refetch).toHaveBeenCalledTimes(1);
  });

  it('shows the answer and how old it is', async () => {
    open(query());
    expect(await screen.findByText('the answer')).toBeVisible();
    expect(screen.getByText(/^Facts up to/)).toBeVisible();
    expect(screen.queryByText(/last update failed/)).toBeNull();
  });

  it('dims what answers the question before', async () => {
    open(query({ isPlaceholderData: true, isFetching: true }));
    const old = await screen.findByText('the answer');
    expect(old.closest('[aria-busy="true"]')).toBeInTheDocument();
    expect(screen.getByText(/Loading the new view/)).toBeVisible();
  });

  it('keeps an old answer when the next did not come, and says so', async () => {
    open(query({ error: new Error('gone') }));
    expect(await screen.findByText('the answer')).toBeVisible();
    expect(screen.getByText(/The last update failed/)).toBeVisible();
    expect(screen.queryByRole('alert')).toBeNull();
  });
});

describe('QueryProvider', () => {
  function Ask({ name, ask }: { name: string; ask: () => Promise<string> }) {
    const asked = useQuery({ queryKey: ['q'], queryFn: ask });
    return (
      <p>
        {name}: {asked.data}
      </p>
    );
  }

  it('shares answers among those of one owner only', async () => {
    let asked = 0;
    const ask = async () => {
      asked += 1;
      return `answer ${asked}`;
    };
    const one = {};
    renderInPortal(
      <>
        <QueryProvider owner={one}>
          <Ask name="page" ask={ask} />
        </QueryProvider>
        <QueryProvider owner={one}>
          <Ask name="card" ask={ask} />
        </QueryProvider>
        <QueryProvider owner={{ other: true }}>
          <Ask name="other" ask={ask} />
        </QueryProvider>
      </>,
    );
    expect(await screen.findByText('page: answer 1')).toBeVisible();
    expect(screen.getByText('card: answer 1')).toBeVisible();
    expect(await screen.findByText('other: answer 2')).toBeVisible();
  });
});
