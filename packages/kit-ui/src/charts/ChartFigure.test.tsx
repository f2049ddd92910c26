import { act, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderInTestApp } from '@backstage/frontend-test-utils';
import { ChartFigure } from './ChartFigure';
import type { DataColumn } from './csv';

interface Row {
  week: string;
  hours: number | null;
}

const columns: DataColumn<Row>[] = [
  {
    key: 'week',
    header: 'Week',
    csvHeader: 'week',
    raw: row => row.week,
    text: row => row.week,
  },
  {
    key: 'hours',
    header: 'Waiting',
    csvHeader: 'hours',
    numeric: true,
    raw: row => row.hours,
    text: row => (row.hours === null ? 'unknown' : `${row.hours} h`),
  },
];
const rows: Row[] = [
  { week: 'Mar 2', hours: 9 },
  { week: 'Mar 9', hours: null },
];

function open(onSelectRow?: (row: Row) => void) {
  renderInTestApp(
    <ChartFigure
      title="How long does it take?"
      summary="Half take 9 h."
      columns={columns}
      rows={rows}
      rowKey={row => row.week}
      fileName="lead.csv"
      onSelectRow={onSelectRow}
    >
      <svg data-testid="drawing" />
    </ChartFigure>,
  );
  return screen.findByRole('figure', { name: 'How long does it take?' });
}

describe('ChartFigure', () => {
  it('has the same data for people who cannot see the drawing', async () => {
    const figure = await open(() => {});
    expect(figure).toHaveAccessibleDescription('Half take 9 h.');
    expect(
      within(figure).getByRole('row', { name: 'Mar 9 unknown' }),
    ).toBeInTheDocument();
    expect(screen.getByTestId('drawing').closest('[aria-hidden]')).toBeTruthy();
    // Nothing one could tab to without seeing it.
    expect(within(figure).queryByRole('button', { name: 'Mar 2' })).toBeNull();
  });

  it('turns into a table, from which one can drill down by keyboard', async () => {
    const user = userEvent.setup();
    const select = jest.fn();
    const figure = await open(select);
    const toggle = within(figure).getByRole('button', {
      name: 'View as table',
    });
    await user.click(toggle);
    expect(toggle).toHaveAttribute('aria-pressed', 'true');
    expect(screen.queryByTestId('drawing')).toBeNull();
    const row = within(figure).getByRole('button', { name: 'Mar 9' });
    act(() => row.focus());
    await user.keyboard('{Enter}');
    expect(select).toHaveBeenCalledWith(rows[1]);
  });

  it('can be downloaded', async () => {
    URL.createObjectURL = jest.fn(() => 'blob:x');
    URL.revokeObjectURL = jest.fn();
    const click = jest
      .spyOn(HTMLAnchorElement.prototype, 'click')
      .mockImplementation(() => {});
    await open();
    await userEvent.click(screen.getByRole('button', { name: 'Download CSV' }));
    const [blob] = jest.mocked(URL.createObjectURL).mock.calls[0] as [Blob];
    expect(await blob.text()).toBe('week,hours\r\nMar 2,9\r\nMar 9,\r\n');
    expect(click).toHaveBeenCalledTimes(1);
    click.mockRestore();
  });
});
