import { ResponseError } from '@backstage/errors';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderInPortal } from '../testUtils';
import { ErrorState, SampleBadge } from './index';

const refused = (status: number, message: string) =>
  ResponseError.fromResponse(
    new Response(JSON.stringify({ error: { message } }), {
      status,
      headers: { 'content-type': 'application/json' },
    }),
  );

describe('ErrorState', () => {
  it.each([
    [403, 'You may not see this.'],
    [404, 'It does not exist'],
    [503, 'The backend does not answer.'],
    [409, 'Somebody was faster'],
  ])('says what to do about a %d', async (status, advice) => {
    const error = await refused(status, 'Somebody was faster');
    renderInPortal(<ErrorState error={error} />);
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent('This could not be loaded');
    expect(alert).toHaveTextContent(advice);
    expect(screen.queryByRole('button')).toBeNull();
  });

  it('knows a backend that is not there', async () => {
    renderInPortal(<ErrorState error={new TypeError('Failed to fetch')} />);
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'The backend does not answer.',
    );
  });
});

describe('SampleBadge', () => {
  it('leads to where the sample is removed', async () => {
    renderInPortal(<SampleBadge removeHref="/quality" />);
    await userEvent.click(
      await screen.findByRole('button', { name: 'Sample data' }),
    );
    expect(
      await screen.findByRole('link', { name: 'How to remove it' }),
    ).toHaveAttribute('href', '/quality');
  });

  it('has no link where that page is not installed', async () => {
    renderInPortal(<SampleBadge />);
    await userEvent.click(
      await screen.findByRole('button', { name: 'Sample data' }),
    );
    expect(await screen.findByText(/invented sample/)).toBeVisible();
    expect(screen.queryByRole('link')).toBeNull();
  });
});
