import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderInTestApp } from '@backstage/frontend-test-utils';
import { setElementWidth } from '@fawkes/kit-ui/testUtils';
import { metricsRow } from '../../__testUtils__/answers';
import { BreakdownList } from './BreakdownList';
import { BreakdownRows } from './BreakdownRows';
import { BreakdownTable, type BreakdownProps } from './BreakdownTable';

const props = (over: Partial<BreakdownProps> = {}): BreakdownProps => ({
  rows: [metricsRow('checkout', { sample: true }), metricsRow('ledger')],
  group: 'service',
  sort: '-deploymentFrequency',
  bands: '2023',
  days: 30,
  approximate: false,
  hrefOf: row => `/entity/${row.entity.title}`,
  onSort: () => {},
  partialWeeks: [],
  ...over,
});

/** jsdom lays nothing out; a virtual table has to know what is in sight. */
const SIGHT = { clientWidth: 1_000, clientHeight: 600, scrollHeight: 56 };

beforeAll(() => {
  for (const [name, value] of Object.entries(SIGHT)) {
    Object.defineProperty(HTMLElement.prototype, name, {
      configurable: true,
      get: () => value,
    });
  }
});

afterAll(() => {
  Object.keys(SIGHT).forEach(name =>
    Reflect.deleteProperty(HTMLElement.prototype, name),
  );
});

describe('BreakdownTable', () => {
  it('says in each row what it is, where it goes and how sure that is', async () => {
    renderInTestApp(<BreakdownTable {...props()} />);
    const row = await screen.findByRole('row', { name: /checkout/ });
    expect(within(row).getByText('sample')).toBeInTheDocument();
    expect(within(row).getByText('1.4 days')).toBeInTheDocument();
    expect(
      within(row).getByText('9 h faster than the 30 days before'),
    ).toBeInTheDocument();
    expect(within(row).getByText('Not enough data')).toHaveAttribute(
      'title',
      'No source tells which deployments were unplanned.',
    );
    expect(
      within(row).getByRole('img', { name: 'Per week: 3, 4, 2, 6' }),
    ).toBeInTheDocument();
  });

  it('does not draw a week that is not over as a fall', async () => {
    const partialWeeks = [false, false, false, true];
    renderInTestApp(<BreakdownTable {...props({ partialWeeks })} />);
    const row = await screen.findByRole('row', { name: /ledger/ });
    const spark = within(row).getByRole('img', { name: /^Per week/ });
    expect(
      spark.querySelector('polyline')?.getAttribute('points')?.split(' '),
    ).toHaveLength(3);
    expect(spark.querySelector('circle')).toHaveAttribute('fill', 'none');
  });

  it('gives a few no band and no trend', async () => {
    const { metrics, ...row } = metricsRow('checkout');
    const few = { ...metrics.leadTime, count: 3 };
    renderInTestApp(
      <BreakdownTable
        {...props({
          rows: [{ ...row, metrics: { ...metrics, leadTime: few } }],
        })}
      />,
    );
    const value = await screen.findByText('1.4 days');
    expect(value).toHaveAttribute(
      'title',
      'Only 3: too few to say how the others go.',
    );
    const cell = value.closest('[role="gridcell"]') as HTMLElement;
    expect(cell).toHaveTextContent(/^1.4 days$/);
    // The others of the row have both.
    expect(screen.getByText(/2 points worse/)).toBeInTheDocument();
    expect(screen.getAllByText('High')).toHaveLength(1);
  });

  it('draws only the rows in sight of a long table', async () => {
    const rows = Array.from({ length: 500 }, (_, index) =>
      metricsRow(`service-${index}`),
    );
    renderInTestApp(<BreakdownTable {...props({ rows })} />);
    expect(await screen.findByText('service-0')).toBeInTheDocument();
    expect(screen.getAllByRole('row').length).toBeLessThan(100);
  });
});

describe('BreakdownRows', () => {
  afterEach(() => setElementWidth());

  it.each([
    [780, 'list'],
    [1_000, 'grid'],
  ])('in %d px is a %s, so that nothing is cut', async (width, role) => {
    setElementWidth(width);
    renderInTestApp(<BreakdownRows {...props()} />);
    expect(await screen.findByRole(role)).toBeInTheDocument();
    expect(screen.getByText('checkout')).toBeInTheDocument();
  });
});

describe('BreakdownList', () => {
  it('has the same where there is no room for columns', async () => {
    const onSort = jest.fn();
    renderInTestApp(<BreakdownList {...props({ onSort })} />);
    const [first] = await screen.findAllByRole('listitem');
    expect(
      within(first).getByRole('link', { name: 'checkout' }),
    ).toHaveAttribute('href', '/entity/checkout');
    expect(within(first).getByText('8.1 %')).toBeInTheDocument();

    await userEvent.click(screen.getByRole('button', { name: /Sort by/ }));
    await userEvent.click(
      await screen.findByRole('option', { name: 'Lead time' }),
    );
    expect(onSort).toHaveBeenCalledWith('-leadTime');
  });
});
