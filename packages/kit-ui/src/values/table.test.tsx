import { screen } from '@testing-library/react';
import { CellText, Table } from '@backstage/ui';
import { renderInPortal, setElementWidth } from '../testUtils';
import { Badges, NumericCell, numericColumn, TableOrList } from './index';

interface Row {
  id: string;
  waiting: string;
}
const columns = [
  {
    id: 'id',
    label: 'Name',
    isRowHeader: true,
    cell: (row: Row) => <CellText title={row.id} />,
  },
  numericColumn<Row>({
    id: 'waiting',
    label: 'Waiting',
    isSortable: true,
    cell: row => (
      <NumericCell title="exactly" trend={null} chip={<b>High</b>}>
        {row.waiting}
      </NumericCell>
    ),
  }),
];

describe('TableOrList', () => {
  afterEach(() => setElementWidth());

  const open = () =>
    renderInPortal(
      <TableOrList
        tableFrom={720}
        table={() => <table aria-label="all" />}
        list={() => <ul aria-label="all" />}
      />,
    );

  it.each([
    [719, 'list'],
    [720, 'table'],
    [1200, 'table'],
  ])('in a container of %d px is a %s', async (width, role) => {
    setElementWidth(width);
    open();
    expect(await screen.findByRole(role, { name: 'all' })).toBeInTheDocument();
    const other = role === 'list' ? 'table' : 'list';
    expect(screen.queryByRole(other, { name: 'all' })).toBeNull();
  });
});

describe('numericColumn', () => {
  it('puts head and numbers to the right, and signs in places of their own', async () => {
    renderInPortal(
      <Table
        columnConfig={columns}
        data={[
          { id: 'a', waiting: '9 h' },
          { id: 'b', waiting: '1.4 days' },
        ]}
        pagination={{ type: 'none' }}
      />,
    );
    const head = await screen.findByRole('columnheader', { name: 'Waiting' });
    expect(head).toHaveClass('numericHead');
    const figures = await screen.findAllByTitle('exactly');
    expect(figures.map(figure => figure.textContent)).toEqual([
      '9 h',
      '1.4 days',
    ]);
    for (const figure of figures) {
      expect(figure.closest('[role="gridcell"]')).toHaveClass('numeric');
      // The place of the trend is kept although there is none.
      expect(figure.parentElement?.children).toHaveLength(3);
      expect(figure.nextElementSibling).toBeEmptyDOMElement();
    }
  });
});

describe('Badges', () => {
  it('writes some out and counts the others, which stay readable', async () => {
    renderInPortal(<Badges items={['Hotfix', 'Rework', 'Sample', 'First']} />);
    expect(await screen.findByText('Hotfix')).toBeVisible();
    expect(screen.getByTitle('Sample, First')).toHaveTextContent(
      '+2Sample, First',
    );
  });

  it('never counts a single one', async () => {
    renderInPortal(<Badges items={['Hotfix', 'Rework', 'Sample']} />);
    expect(await screen.findByText('Sample')).toBeVisible();
    expect(screen.queryByText(/^\+/)).toBeNull();
  });

  it('is nothing without any', async () => {
    const { container } = renderInPortal(<Badges items={[]} />);
    await screen.findByLabelText('address');
    expect(container.querySelector('.badges')).toBeNull();
  });
});
