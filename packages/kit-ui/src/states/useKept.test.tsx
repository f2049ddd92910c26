import { storageApiRef } from '@backstage/frontend-plugin-api';
import { mockApis } from '@backstage/frontend-test-utils';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { renderInPortal } from '../testUtils';
import { useKept } from './useKept';

function Run() {
  const [of, setOf] = useState('checkout');
  const { id, keep, forget } = useKept('test.runs', of);
  return (
    <>
      <p>
        {of}: {id ?? 'nothing runs'}
      </p>
      <button type="button" onClick={() => keep('run-7')}>
        Start
      </button>
      <button type="button" onClick={forget}>
        Over
      </button>
      <button type="button" onClick={() => setOf('ledger')}>
        Other
      </button>
    </>
  );
}

const press = async (name: string) =>
  userEvent.click(await screen.findByRole('button', { name }));

describe('useKept', () => {
  it('goes on watching after the page was opened anew', async () => {
    const storage = mockApis.storage();
    const apis = [[storageApiRef, storage] as const];
    const first = renderInPortal(<Run />, { apis: [...apis] });
    expect(await screen.findByText('checkout: nothing runs')).toBeVisible();
    await press('Start');
    expect(await screen.findByText('checkout: run-7')).toBeVisible();

    first.unmount();
    renderInPortal(<Run />, { apis: [...apis] });
    expect(await screen.findByText('checkout: run-7')).toBeVisible();
    await press('Over');
    expect(await screen.findByText('checkout: nothing runs')).toBeVisible();
  });

  it('never takes what was started elsewhere for its own', async () => {
    const storage = mockApis.storage({
      data: { 'test.runs': { checkout: 'run-3', ledger: 'run-4' } },
    });
    renderInPortal(<Run />, { apis: [[storageApiRef, storage]] });
    expect(await screen.findByText('checkout: run-3')).toBeVisible();
    await press('Other');
    expect(await screen.findByText('ledger: run-4')).toBeVisible();
  });
});
