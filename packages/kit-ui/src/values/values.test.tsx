import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderInPortal } from '../testUtils';
import {
  CopyBlock,
  Duration,
  ExternalLink,
  FigureValue,
  Instant,
  MaybeLink,
  Section,
} from './index';

describe('values', () => {
  it('says a duration and an instant in words, exactly in the tooltip', async () => {
    renderInPortal(
      <>
        <Duration seconds={33.6 * 3600} />
        <Instant at="2026-03-12T13:05:09.000Z" tz="Europe/Berlin" />
      </>,
    );
    expect(await screen.findByText('1.4 days')).toHaveAttribute(
      'title',
      '1 day 9 h 36 min',
    );
    const instant = screen.getByText('Mar 12, 2026, 2:05 PM');
    expect(instant).toHaveAttribute('datetime', '2026-03-12T13:05:09.000Z');
    expect(instant).toHaveAttribute('title', expect.stringContaining(':09'));
  });

  it('never shows the unknown as zero', async () => {
    renderInPortal(
      <>
        <FigureValue figure={{ value: 0 }}>
          {value => <b>{value}</b>}
        </FigureValue>
        <FigureValue figure={{ value: null, reason: 'Nobody asked.' }}>
          {value => <b>{value}</b>}
        </FigureValue>
      </>,
    );
    expect(await screen.findByText('0')).toBeVisible();
    expect(screen.getByTitle('Nobody asked.')).toHaveTextContent(
      'N/A: Nobody asked.',
    );
  });

  it('links only to the web', async () => {
    renderInPortal(
      <>
        <ExternalLink href="https://example.com/1">run 1</ExternalLink>
        <ExternalLink href="data:text/html,hello">run 2</ExternalLink>
        <ExternalLink href={null}>run 3</ExternalLink>
        <MaybeLink href={undefined}>page 4</MaybeLink>
        <MaybeLink href="/five">page 5</MaybeLink>
      </>,
    );
    const links = await screen.findAllByRole('link');
    expect(links.map(link => link.getAttribute('href'))).toEqual([
      'https://example.com/1',
      '/five',
    ]);
    expect(links[0]).toHaveAttribute('rel', 'noopener noreferrer');
  });

  it('copies, and says when that does not work', async () => {
    const user = userEvent.setup();
    renderInPortal(
      <Section title="Command">
        <CopyBlock label="the command" text="npm start" />
      </Section>,
    );
    expect(
      await screen.findByRole('region', { name: 'Command' }),
    ).toBeVisible();
    const button = screen.getByRole('button', { name: 'Copy: the command' });
    const write = jest
      .spyOn(navigator.clipboard, 'writeText')
      .mockResolvedValueOnce()
      .mockRejectedValueOnce(new Error('not allowed'));
    await user.click(button);
    expect(write).toHaveBeenCalledWith('npm start');
    expect(screen.getByRole('status')).toHaveTextContent('Copied.');

    await user.click(button);
    expect(screen.getByRole('status')).toHaveTextContent('Could not copy');
    write.mockRestore();
  });
});
