import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { aDojo, aLesson, aModule, aQuiz, NOW } from '../__testUtils__/answers';
import { renderDojo } from '../__testUtils__/renderDojo';

describe('the dojo', () => {
  it('shows one next step, and belts with their modules', async () => {
    renderDojo('/dojo', { getDojo: async () => aDojo() });
    expect(await screen.findByText('Read: Whose is this?')).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'Begin' })).toHaveAttribute(
      'href',
      '/dojo/modules/platforms/lessons/catalog',
    );
    expect(screen.getByRole('main')).toContainElement(
      screen.getByRole('heading', { name: 'Dojo' }),
    );
    const belt = screen.getByRole('listitem', { name: 'White belt' });
    expect(within(belt).getByText(/0 of 2 modules done/)).toBeInTheDocument();
    expect(within(belt).getByText('In preparation')).toBeInTheDocument();
    expect(
      within(belt).getByText(/Recommended, not required · Builds on Platforms/),
    ).toBeInTheDocument();
    expect(within(belt).getByText('Done')).toBeInTheDocument();
    expect(within(belt).getByText('GitOps')).toBeInTheDocument();
  });

  it('says that there is nothing yet, that one is a guest, that all is done, and that it is away', async () => {
    const { unmount } = renderDojo('/dojo', {
      getDojo: async () => aDojo({ curricula: [], next: null }),
    });
    expect(
      await screen.findByText('There is nothing to learn here yet'),
    ).toBeInTheDocument();
    unmount();
    const guest = renderDojo('/dojo', {
      getDojo: async () => aDojo({ keepsProgress: false, next: null }),
    });
    expect(await screen.findByText(/You are a guest/)).toBeInTheDocument();
    expect(
      screen.getByText('Everything that is here is done'),
    ).toBeInTheDocument();
    guest.unmount();
    renderDojo('/dojo', {
      getDojo: async () => {
        throw new Error('away');
      },
    });
    expect(
      await screen.findByText('The dojo could not be loaded'),
    ).toBeInTheDocument();
  });

  it('speaks German', async () => {
    renderDojo('/dojo', { getDojo: async () => aDojo() }, { language: 'de' });
    expect(
      await screen.findByText('Lesen: Whose is this?'),
    ).toBeInTheDocument();
    expect(screen.getByText('Wer ihn hat, kann')).toBeInTheDocument();
  });
});

describe('a module', () => {
  const open = (module = aModule()) =>
    renderDojo('/dojo/modules/platforms', { getModule: async () => module });

  it('shows its parts, what is done, and the ways in', async () => {
    open();
    expect(
      await screen.findByRole('heading', { name: 'Platforms' }),
    ).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'Go on' })).toHaveAttribute(
      'href',
      '/dojo/modules/platforms/lessons/catalog',
    );
    expect(screen.getByRole('link', { name: /I know this/ })).toHaveAttribute(
      'href',
      '/dojo/modules/platforms/quizzes/check',
    );
    const [read, unread] = screen
      .getAllByRole('listitem')
      .filter(item => /Lesson/.test(item.textContent!));
    expect(read).toHaveTextContent('Read');
    expect(unread).not.toHaveTextContent(/Read$/);
  });

  it('leads to the check when all is read, and back into it when all is done', async () => {
    const lessons = aModule().lessons.map(lesson => ({
      ...lesson,
      readAt: NOW,
    }));
    const { unmount } = open(aModule({ lessons }));
    expect(await screen.findByRole('link', { name: 'Go on' })).toHaveAttribute(
      'href',
      '/dojo/modules/platforms/quizzes/check',
    );
    unmount();
    open(
      aModule({
        lessons,
        standing: 'done',
        quizzes: [aQuiz({ passedAt: NOW, standing: 'done' })],
      }),
    );
    expect(
      await screen.findByRole('link', { name: 'Read again' }),
    ).toBeInTheDocument();
    expect(screen.getByText('Passed')).toBeInTheDocument();
  });
});

describe('a lesson', () => {
  const setUp = (lesson = aLesson(), more = {}) => {
    const openLesson = jest.fn(async () => {});
    const finishLesson = jest.fn(async () => {});
    renderDojo('/dojo/modules/platforms/lessons/catalog', {
      getLesson: async () => lesson,
      getModule: async () => aModule(),
      openLesson,
      finishLesson,
      ...more,
    });
    return { openLesson, finishLesson };
  };
  const body = { module: 'platforms', lesson: 'catalog' };

  it('is read with its outline, and noted as opened', async () => {
    const { openLesson } = setUp();
    const text = await screen.findByRole('article', { name: 'Whose is this?' });
    const outline = screen.getByRole('navigation', { name: 'In this lesson' });
    await userEvent.click(
      within(outline).getByRole('link', { name: 'The owner' }),
    );
    expect(
      within(text).getByRole('heading', { name: 'The owner' }),
    ).toHaveFocus();
    expect(
      within(text).getByRole('img', { name: 'Three boxes in a row' }),
    ).toBeInTheDocument();
    expect(
      within(text).getByRole('region', { name: 'Table' }),
    ).toBeInTheDocument();
    await waitFor(() =>
      expect(openLesson).toHaveBeenCalledWith({ body }, undefined),
    );
    expect(openLesson).toHaveBeenCalledTimes(1);
  });

  it('runs nothing of its text', async () => {
    setUp();
    const text = await screen.findByRole('article', { name: 'Whose is this?' });
    expect(text.querySelector('script')).toBeNull();
    for (const link of within(text).queryAllByRole('link')) {
      expect(link.getAttribute('href') ?? '').not.toMatch(/javascript/);
    }
  });

  it('is finished on the way on, which leads to the check', async () => {
    const { finishLesson } = setUp();
    await userEvent.click(
      await screen.findByRole('button', { name: 'Next: Check: platforms' }),
    );
    expect(finishLesson).toHaveBeenCalledWith({ body }, undefined);
    await waitFor(() =>
      expect(screen.getByLabelText('address')).toHaveTextContent(
        '/dojo/modules/platforms/quizzes/check',
      ),
    );
  });

  it('keeps nothing of guests', async () => {
    const { openLesson } = setUp(aLesson({ keepsProgress: false }));
    expect(
      await screen.findByRole('link', { name: 'Next: Check: platforms' }),
    ).toBeInTheDocument();
    expect(openLesson).not.toHaveBeenCalled();
  });

  it('says when progress was not saved', async () => {
    setUp(aLesson(), {
      openLesson: async () => {
        throw new Error('away');
      },
    });
    expect(
      await screen.findByText('Your progress was not saved'),
    ).toBeInTheDocument();
  });
});
