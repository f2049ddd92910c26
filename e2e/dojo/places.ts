import { type Place, shows } from '../support/places';

/** The pages of the dojo. A check that goes on is visited by its own journey, which is the only one to begin one. */
export const places: readonly Place[] = [
  {
    name: 'dojo',
    open: page => shows(page, '/dojo', 'Your next step'),
  },
  {
    name: 'module',
    open: page =>
      shows(page, '/dojo/modules/internal-platforms', 'Afterwards you can'),
  },
  {
    name: 'lesson',
    open: page =>
      shows(
        page,
        '/dojo/modules/dora-metrics/lessons/fail-rework-incident',
        'A month of Warehouse Gateway',
      ),
  },
  {
    name: 'check',
    open: page =>
      shows(
        page,
        '/dojo/modules/dora-metrics/quizzes/dora-check',
        'Check: the five metrics',
      ),
  },
  {
    name: 'lab',
    open: page =>
      shows(page, '/dojo/modules/dora-metrics/labs/read-figures', 'Task'),
  },
  {
    name: 'belt',
    open: page => shows(page, '/dojo/belts/white', 'What is left'),
  },
  {
    name: 'exam',
    open: page => shows(page, '/dojo/belts/white/exam', 'White belt exam'),
  },
  {
    name: 'what is known about me',
    open: page => shows(page, '/dojo/mine', 'Who looked'),
  },
  {
    name: 'teams that learn',
    open: page => shows(page, '/dojo/teams', 'My teams'),
  },
  {
    name: 'taking awards back',
    person: 'lena',
    open: page => shows(page, '/dojo/revocations', 'Proposals and revocations'),
  },
];
