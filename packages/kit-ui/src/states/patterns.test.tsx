import { toastApiRef } from '@backstage/frontend-plugin-api';
import { Button, DialogTrigger } from '@backstage/ui';
import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderInPortal } from '../testUtils';
import {
  Drawer,
  Progress,
  ReasonDialog,
  Stepper,
  useToast,
  WayBack,
  type ReasonDialogProps,
} from './index';

type Choice = 'yes' | 'no';

function openReason(over: Partial<ReasonDialogProps<Choice>> = {}) {
  const onDecide = jest.fn();
  renderInPortal(
    <DialogTrigger>
      <Button>Decide</Button>
      <ReasonDialog<Choice>
        title="Decide"
        explanation="Everybody can read it."
        question="May it?"
        choices={[
          { id: 'yes', label: 'Yes' },
          { id: 'no', label: 'No' },
        ]}
        action="Save"
        onDecide={onDecide}
        {...over}
      />
    </DialogTrigger>,
  );
  return onDecide;
}

describe('ReasonDialog', () => {
  it('decides by keyboard, and only with a reason', async () => {
    const user = userEvent.setup();
    const onDecide = openReason();
    const button = await screen.findByRole('button', { name: 'Decide' });
    act(() => button.focus());
    await user.keyboard('{Enter}');
    const dialog = await screen.findByRole('dialog', { name: 'Decide' });
    expect(within(dialog).getByRole('radio', { name: 'Yes' })).toBeChecked();

    const reason = within(dialog).getByRole('textbox', { name: /Reason/ });
    act(() => reason.focus());
    // Spaces are no reason.
    await user.keyboard('   a ');
    await user.click(within(dialog).getByRole('button', { name: 'Save' }));
    expect(within(dialog).getByRole('alert')).toHaveTextContent(
      'Give a reason of at least 3 letters.',
    );
    expect(onDecide).not.toHaveBeenCalled();

    await user.click(within(dialog).getByRole('radio', { name: 'No' }));
    await user.type(reason, 'nd more');
    await user.click(within(dialog).getByRole('button', { name: 'Save' }));
    expect(onDecide).toHaveBeenCalledTimes(1);
    expect(onDecide).toHaveBeenCalledWith({
      choice: 'no',
      reason: 'a nd more',
    });
  });

  it('forgets what was not sent, and gives the focus back', async () => {
    const user = userEvent.setup();
    openReason({ initial: 'no' });
    const button = await screen.findByRole('button', { name: 'Decide' });
    await user.click(button);
    await user.type(
      await screen.findByRole('textbox', { name: /Reason/ }),
      'half a sent',
    );
    await user.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    await waitFor(() => expect(button).toHaveFocus());
    await user.click(button);
    expect(await screen.findByRole('textbox', { name: /Reason/ })).toHaveValue(
      '',
    );
    expect(screen.getByRole('radio', { name: 'No' })).toBeChecked();
  });

  it('asks no question with one answer, and says what failed', async () => {
    openReason({
      choices: [{ id: 'no', label: 'No' }],
      error: new Error('Somebody was faster.'),
      errorTitle: 'It could not be kept',
    });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Decide' }),
    );
    const dialog = await screen.findByRole('dialog');
    expect(within(dialog).queryByRole('radio')).toBeNull();
    expect(within(dialog).getByRole('alert')).toHaveTextContent(
      'It could not be keptSomebody was faster.',
    );
  });
});

describe('Drawer', () => {
  it('opens beside the page, and closes with Escape', async () => {
    const user = userEvent.setup();
    renderInPortal(
      <DialogTrigger>
        <Button>Details</Button>
        <Drawer title="The details">All of them.</Drawer>
      </DialogTrigger>,
    );
    const button = await screen.findByRole('button', { name: 'Details' });
    await user.click(button);
    const drawer = await screen.findByRole('dialog', { name: 'The details' });
    expect(drawer).toHaveTextContent('All of them.');
    expect(drawer.parentElement).toHaveClass('drawer');
    await user.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    await waitFor(() => expect(button).toHaveFocus());
  });
});

describe('WayBack', () => {
  it('leads up through the pages that are installed', async () => {
    renderInPortal(
      <WayBack
        trail={[
          { label: 'All', href: '/all' },
          { label: 'Not installed', href: undefined },
          { label: 'This group', href: '/all/group' },
        ]}
      />,
    );
    const way = await screen.findByRole('navigation', {
      name: 'Where you are',
    });
    const links = within(way).getAllByRole('link');
    expect(links.map(link => link.textContent)).toEqual(['All', 'This group']);
    expect(way).not.toHaveTextContent('Not installed');
  });

  it('is not there where nothing leads up', async () => {
    renderInPortal(<WayBack trail={[{ label: 'All', href: undefined }]} />);
    await screen.findByLabelText('address');
    expect(screen.queryByRole('navigation')).toBeNull();
  });
});

describe('Stepper', () => {
  it('says of each step how far it is', async () => {
    renderInPortal(
      <Stepper
        label="Making it"
        steps={[
          { key: 'a', label: 'Plan', state: 'done' },
          { key: 'b', label: 'Build', state: 'failed', detail: 'No room.' },
          { key: 'c', label: 'Try', state: 'current' },
          { key: 'd', label: 'Hand over', state: 'waiting' },
        ]}
      />,
    );
    const steps = within(
      await screen.findByRole('list', { name: 'Making it' }),
    ).getAllByRole('listitem');
    expect(steps.map(step => step.textContent)).toEqual([
      'Plan: done',
      'Build: failedNo room.',
      '3Try: under way',
      '4Hand over: still to come',
    ]);
    expect(steps.map(step => step.getAttribute('aria-current'))).toEqual([
      null,
      null,
      'step',
      null,
    ]);
  });
});

describe('Progress', () => {
  it('says how far it is, or that nobody knows', async () => {
    renderInPortal(
      <>
        <Progress label="Loading" share={0.3}>
          120 of 400
        </Progress>
        <Progress label="Looking" />
      </>,
    );
    const known = await screen.findByRole('progressbar', { name: 'Loading' });
    expect(known).toHaveAttribute('value', '0.3');
    expect(screen.getByText('120 of 400')).toHaveAttribute('role', 'status');
    expect(
      screen.getByRole('progressbar', { name: 'Looking' }),
    ).not.toHaveAttribute('value');
  });
});

describe('useToast', () => {
  function Say({ status }: { status?: 'danger' }) {
    const say = useToast();
    return (
      <button type="button" onClick={() => say({ title: 'Kept.', status })}>
        Say
      </button>
    );
  }

  it.each([
    [undefined, { title: 'Kept.', status: 'success', timeout: 6_000 }],
    ['danger' as const, { title: 'Kept.', status: 'danger' }],
  ])('says it in passing, but a failure stays: %s', async (status, message) => {
    const post = jest.fn(() => ({ close: () => {} }));
    renderInPortal(<Say status={status} />, {
      apis: [[toastApiRef, { post }]],
    });
    await userEvent.click(await screen.findByRole('button', { name: 'Say' }));
    expect(post).toHaveBeenCalledWith(message);
  });
});
