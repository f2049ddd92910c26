import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderPages } from '../__testUtils__/renderPages';
import { DeliveryRouter } from './DeliveryRouter';

beforeEach(() => localStorage.clear());

describe('DeliveryRouter', () => {
  it('has its pages side by side as links one can tab to', async () => {
    const user = userEvent.setup();
    renderPages(<DeliveryRouter />);
    await screen.findByRole('article', { name: 'Lead time' });
    const dora = screen.getByRole('link', { name: 'DORA metrics' });
    const quality = screen.getByRole('link', { name: 'Data quality' });
    expect(dora).toHaveAttribute('href', '/delivery');
    expect(quality).toHaveAttribute('href', '/delivery/quality');

    const reached = new Set<Element | null>();
    for (let step = 0; step < 12; step++) {
      await user.tab();
      reached.add(document.activeElement);
    }
    expect(reached).toContain(dora);
    expect(reached).toContain(quality);
  });

  it('moves between teams and services by keyboard', async () => {
    const user = userEvent.setup();
    renderPages(<DeliveryRouter />);
    const teams = await screen.findByRole('tab', { name: 'Teams' });
    await user.click(teams);
    await user.keyboard('{ArrowRight}{Enter}');
    await waitFor(() =>
      expect(screen.getByRole('tab', { name: 'Services' })).toHaveAttribute(
        'aria-selected',
        'true',
      ),
    );
    expect(screen.getByRole('tab', { name: 'Services' })).toHaveFocus();
    expect(
      await screen.findByRole('columnheader', { name: /Service/ }),
    ).toBeInTheDocument();
  });

  it.each([
    ['/delivery/deployments/d1', 'getDeployment was not expected'],
    ['/delivery/changes/c1', 'getChange was not expected'],
    ['/delivery/quality', 'getQuality was not expected'],
  ])('reaches %s by its address', async (address, said) => {
    renderPages(<DeliveryRouter />, { address });
    expect((await screen.findAllByText(said)).length).toBeGreaterThan(0);
  });
});
