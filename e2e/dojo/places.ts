import { type Place, shows } from '../support/places';

/** The pages of the dojo. A check that goes on is visited by its own journey, which is the only one to begin one. */
export const places: readonly Place[] = [
  {
    name: 'dojo',
    open: page => shows(page, '/dojo', 'Your next step'),
  },
  {
    name: 'dojo-module',
    open: page =>
      shows(page, '/dojo/modules/internal-platforms', 'Afterwards you can'),
  },
  {
    name: 'dojo-lesson',
    open: page =>
      shows(
        page,
        '/dojo/modules/dora-metrics/lessons/fail-rework-incident',
        'A month of Warehouse Gateway',
      ),
  },
  {
    name: 'dojo-check',
    open: page =>
      shows(
        page,
        '/dojo/modules/dora-metrics/quizzes/dora-check',
        'Check: the five metrics',
      ),
  },
];
