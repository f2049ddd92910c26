import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { QueryProvider } from '../query';
import { renderInPortal } from '../testUtils';
import { ScopePicker } from './ScopePicker';
import { WindowPicker } from './WindowPicker';
import { ZonePicker } from './ZonePicker';

const component = (name: string, title?: string) => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name, namespace: 'default', title },
});

describe('ScopePicker', () => {
  function Picker({ onChange }: { onChange: (scope: string[]) => void }) {
    const [scope, setScope] = useState<string[]>([]);
    return (
      <QueryProvider owner={onChange}>
        <ScopePicker
          value={scope}
          onChange={next => {
            setScope(next);
            onChange(next);
          }}
        />
      </QueryProvider>
    );
  }

  it('finds entities by their title, and names what is chosen', async () => {
    const user = userEvent.setup();
    const onChange = jest.fn();
    renderInPortal(<Picker onChange={onChange} />, {
      entities: [component('checkout', 'The checkout'), component('ledger')],
    });
    await user.click(
      await screen.findByRole('button', { name: 'Scope: Everything' }),
    );
    const popover = await screen.findByRole('dialog', { name: /^Scope/ });
    await user.click(
      await within(popover).findByRole('checkbox', { name: /The checkout/ }),
    );
    expect(onChange).toHaveBeenLastCalledWith(['component:default/checkout']);
    await user.click(within(popover).getByRole('checkbox', { name: /ledger/ }));
    await user.keyboard('{Escape}');
    expect(
      await screen.findByRole('button', {
        name: 'Scope: The checkout and 1 more',
      }),
    ).toBeVisible();
  });
});

describe('WindowPicker', () => {
  it('offers lengths, and dates that are both included', async () => {
    const user = userEvent.setup();
    const onChange = jest.fn();
    renderInPortal(
      <WindowPicker
        value={{ days: 7 }}
        lengths={[7, 14]}
        dates={{ from: '2026-03-01', to: '2026-03-08' }}
        onChange={onChange}
      />,
    );
    await user.click(await screen.findByRole('radio', { name: '14 days' }));
    expect(onChange).toHaveBeenLastCalledWith({ days: 14 });

    await user.click(screen.getByRole('button', { name: 'Choose dates' }));
    const last = await screen.findByLabelText('Last day');
    expect(last).toHaveValue('2026-03-07');
    await user.clear(last);
    expect(screen.getByRole('alert')).toBeVisible();
    await user.type(last, '2026-03-31');
    await user.click(screen.getByRole('button', { name: 'Show this period' }));
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
    expect(onChange).toHaveBeenLastCalledWith({
      from: '2026-03-01',
      to: '2026-04-01',
    });
  });

  it('offers half a year and a year, and says which one is shown', async () => {
    const user = userEvent.setup();
    const onChange = jest.fn();
    renderInPortal(
      <WindowPicker
        value={{ days: 182 }}
        dates={{ from: '2026-03-01', to: '2026-08-30' }}
        onChange={onChange}
      />,
    );
    await user.click(await screen.findByRole('button', { name: '6 months' }));
    const more = await screen.findByRole('group', { name: 'Other periods' });
    await user.click(within(more).getByRole('button', { name: '12 months' }));
    expect(onChange).toHaveBeenLastCalledWith({ days: 365 });
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
  });
});

describe('ZonePicker', () => {
  it('shows the zone, and offers those of the world', async () => {
    const user = userEvent.setup();
    const onChange = jest.fn();
    renderInPortal(<ZonePicker value="Asia/Kathmandu" onChange={onChange} />);
    await user.click(
      await screen.findByRole('button', { name: /Asia\/Kathmandu/ }),
    );
    await user.click(await screen.findByRole('option', { name: 'UTC' }));
    expect(onChange).toHaveBeenCalledWith('UTC');
  });
});
