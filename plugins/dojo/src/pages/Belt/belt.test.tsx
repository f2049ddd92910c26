import { downloadBlob } from '@fawkes/kit-ui/charts';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { aBelt, anAttempt, NOW } from '../../__testUtils__/answers';
import { renderDojo } from '../../__testUtils__/renderDojo';

jest.mock('@fawkes/kit-ui/charts', () => ({
  ...jest.requireActual('@fawkes/kit-ui/charts'),
  downloadBlob: jest.fn(),
}));

describe('the page of a belt', () => {
  it('says line by line what is left, with have and need, and how the exam stands', async () => {
    renderDojo('/dojo/belts/white', { getBelt: async () => aBelt() });
    const left = (await screen.findByText('Module: Platforms')).closest('ul')!;
    expect(
      within(left)
        .getAllByRole('listitem')
        .map(({ textContent }) => textContent),
    ).toEqual([
      'Module: Platforms',
      'The exam: 47 of 80 points',
      'Deployments of your own: 1 of 2',
    ]);
    expect(
      within(left).getByRole('link', { name: 'Module: Platforms' }),
    ).toHaveAttribute('href', '/dojo/modules/platforms');
    const rows = screen.getAllByRole('row').map(row => row.textContent);
    expect(rows).toEqual([
      'PartBest so far',
      'Questions47.5 of 60',
      'Mend an owner0 of 40',
    ]);
    expect(screen.getByRole('link', { name: 'To the exam' })).toHaveAttribute(
      'href',
      '/dojo/belts/white/exam',
    );
  });

  it('says that it was earned, or taken back, and what is not here', async () => {
    const award = {
      id: 'w',
      awardedAt: NOW,
      generation: 1,
      revokedAt: null,
      credential: null,
    };
    const { unmount } = renderDojo('/dojo/belts/white', {
      getBelt: async () => aBelt({ left: [], award }),
    });
    expect(await screen.findByText('You have earned it')).toBeVisible();
    expect(screen.getByText('Nothing is left.')).toBeVisible();
    expect(screen.getByText(/Colleagues do not see it unless/)).toBeVisible();
    expect(
      screen.getByRole('link', { name: 'What is known about me' }),
    ).toHaveAttribute('href', '/dojo/mine');
    unmount();
    renderDojo('/dojo/belts/white', {
      getBelt: async () =>
        aBelt({
          award: { ...award, revokedAt: NOW },
          needs: [{ code: 'x', params: {}, text: 'it needs a deployer' }],
        }),
    });
    expect(await screen.findByText(/It was revoked on/)).toBeVisible();
    expect(screen.getByText(/The reason is among what is known/)).toBeVisible();
    expect(screen.getByText('it needs a deployer')).toBeVisible();
  });
});

describe('the certificate of a belt', () => {
  const award = {
    id: 'w',
    awardedAt: NOW,
    generation: 1,
    revokedAt: null,
    credential: {
      id: 'c1',
      verifyUrl: 'https://portal.example.org/api/dojo/public/credentials/c1',
      issuedAt: NOW,
      state: 'valid' as const,
    },
  };

  it('leads to where it is verified, and is taken along as files', async () => {
    const asked: unknown[] = [];
    renderDojo('/dojo/belts/white', {
      getBelt: async () => aBelt({ left: [], award }),
      getCertificateFile: async question => {
        asked.push(question);
        return new Response('{}');
      },
    });
    const kinds = await screen.findAllByRole('button');
    expect(kinds).toHaveLength(5);
    await userEvent.click(screen.getByRole('button', { name: /offline/ }));
    await waitFor(() => expect(downloadBlob).toHaveBeenCalled());
    expect(asked).toEqual([{ award: 'w', kind: 'bundle' }]);
    expect(downloadBlob).toHaveBeenCalledWith(
      'white-belt.bundle.json',
      expect.any(Blob),
    );
    expect(
      screen.getByRole('link', { name: /verif/i }).getAttribute('href'),
    ).toBe(award.credential.verifyUrl);
  });

  it('says that it could not be had', async () => {
    renderDojo('/dojo/belts/white', {
      getBelt: async () => aBelt({ left: [], award }),
      getCertificateFile: async () => {
        throw new Error('away');
      },
    });
    await userEvent.click(await screen.findByRole('button', { name: /PNG/ }));
    expect(await screen.findByText('The file could not be made')).toBeVisible();
  });
});

describe('the page of an exam', () => {
  const exam = aBelt().exam!;

  it('says everything one agrees to before it begins', async () => {
    renderDojo('/dojo/belts/white/exam', {
      getBelt: async () => aBelt(),
      startAttempt: async () => anAttempt({ module: null }),
      getAttempt: async () => anAttempt({ module: null }),
    });
    expect(
      await screen.findByText('30 questions, 60 minutes on the clock'),
    ).toBeVisible();
    for (const text of [
      '1 lab, open for 7 days from the start on',
      'Passed with 80 of 100 points, all parts together',
      /after 7 days; of each part the best counts/,
      /lie in the open with the curriculum/,
    ]) {
      expect(screen.getByText(text)).toBeVisible();
    }
    await userEvent.click(
      screen.getByRole('button', { name: 'Begin the exam' }),
    );
    expect(
      await screen.findByRole('heading', { name: /Question 1 of/ }),
    ).toBeVisible();
  });

  it('says why it does not begin', async () => {
    const hindrance = {
      code: 'exam.wait',
      params: { until: '2026-12-07 09:00 UTC' },
      text: 'The exam can be taken again from 2026-12-07 09:00 UTC on',
    };
    renderDojo('/dojo/belts/white/exam', {
      getBelt: async () =>
        aBelt({
          exam: {
            ...exam,
            hindrance,
            lastAttempt: { id: 'a1', state: 'ended' },
          },
        }),
      getAttempt: async () =>
        anAttempt({
          module: null,
          state: 'ended',
          endedAt: NOW,
          result: {
            passed: null,
            earned: { numerator: '20', denominator: '1' },
            total: 60,
            required: null,
            missed: [{ name: 'dora', title: 'DORA', opened: true }],
            items: null,
          },
        }),
    });
    expect(await screen.findByText('Handed in')).toBeVisible();
    expect(screen.getByText('DORA')).toBeVisible();
    expect(screen.getByText(hindrance.text)).toBeVisible();
    expect(screen.queryByRole('button')).toBeNull();
  });
});
