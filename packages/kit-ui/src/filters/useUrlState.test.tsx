import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { storageApiRef } from '@backstage/frontend-plugin-api';
import { mockApis } from '@backstage/frontend-test-utils';
import { Link } from 'react-router-dom';
import { z } from 'zod';
import { renderInPortal } from '../testUtils';
import { useUrlState } from './useUrlState';

const schema = z.object({
  sort: z.enum(['name', 'age']),
  page: z.coerce.number().int(),
});
const defaults: z.output<typeof schema> = { sort: 'name', page: 1 };
const MEMORY = { bucket: 'test.view', key: 'list' };

function List() {
  const { params, setParams } = useUrlState(schema, defaults, MEMORY);
  return (
    <>
      <p>
        {params.sort}, page {params.page}
      </p>
      <button
        type="button"
        onClick={() => setParams({ page: params.page + 1 })}
      >
        Next
      </button>
      <Link to="/list">Plain</Link>
    </>
  );
}

function open(at: string, remembered?: string) {
  const storage = mockApis.storage({
    data: remembered ? { 'test.view': { list: remembered } } : {},
  });
  renderInPortal(<List />, { at, apis: [[storageApiRef, storage]] });
  return storage.forBucket('test.view');
}

const address = () => screen.getByLabelText('address').textContent;

describe('useUrlState', () => {
  it('lets the address rule over what is remembered', async () => {
    open('/list?page=3', 'sort=age');
    expect(await screen.findByText('name, page 3')).toBeVisible();
    expect(address()).toBe('/list?page=3');
  });

  it('shows the last choice where the address is silent, and says it there', async () => {
    open('/list?other=1', 'sort=age&page=4');
    expect(await screen.findByText('age, page 4')).toBeVisible();
    await waitFor(() =>
      expect(address()).toBe('/list?other=1&sort=age&page=4'),
    );
  });

  it('says something even when all is as usual', async () => {
    open('/list');
    await waitFor(() => expect(address()).toBe('/list?sort=name'));
    expect(screen.getByText('name, page 1')).toBeVisible();
  });

  it('remembers each choice', async () => {
    const storage = open('/list?page=2');
    await userEvent.click(await screen.findByRole('button', { name: 'Next' }));
    expect(await screen.findByText('name, page 3')).toBeVisible();
    expect(address()).toBe('/list?page=3');
    expect(storage.snapshot('list').value).toBe('page=3');

    await userEvent.click(screen.getByRole('link', { name: 'Plain' }));
    await waitFor(() => expect(address()).toBe('/list?page=3'));
  });
});
