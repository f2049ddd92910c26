import {
  say,
  type QualityResponse,
} from '@fawkes/backstage-plugin-delivery-common';
import {
  aQualityRow,
  aRejectedEvent,
  aSource,
  known,
  NOW,
  unknown,
} from '../../dev/builders';
import { fakeApi } from './fakeApi';

const annotate = say('unmapped.annotate', {
  annotation: 'github.com/project-slug',
  slug: 'acme/old-batch',
});
const meta = say('pattern.meta', { meta: '[' });
const advice = say('pattern.meta.advice', { meta: '[' });

/** A portal's data quality, for tests. */
export const quality = (
  overrides: Partial<QualityResponse> = {},
): QualityResponse => ({
  asOf: NOW,
  coverage: known(0.5),
  services: [
    aQualityRow(),
    aQualityRow({
      service: 'component:default/ledger',
      title: 'ledger',
      cells: [],
    }),
  ],
  unmapped: [
    {
      what: 'github.com/acme/old-batch',
      facts: 1312,
      lastAt: NOW,
      suggestion: annotate.text,
      suggestionSaid: annotate,
    },
  ],
  rebuilding: false,
  cut: [],
  clippedTexts: 0,
  unknownLists: 0,
  knownSince: { pushes: NOW, incidentEnvironments: null },
  unknownCauses: (['unknown', 'ambiguous'] as const).map((cause, index) => {
    const said = say(`incident_cause.${cause}`);
    return {
      service: 'component:default/ledger',
      source: 'pager',
      id: `INC-${index}`,
      title: null,
      openedAt: NOW,
      causedBy: `4711-${index}`,
      reason: said.text,
      reasonSaid: said,
    };
  }),
  annotations: [
    {
      service: 'component:default/ledger',
      title: 'ledger',
      annotation: 'fawkes.dev/delivery-paths',
      value: 'app/[id]/**',
      reason: meta.text,
      reasonSaid: meta,
      advice: advice.text,
      adviceSaid: advice,
    },
  ],
  rejected: 1,
  incomplete: 2,
  clampedShare: known(0.002),
  unknownStartShare: unknown('No change is known.'),
  ...overrides,
});

/** The state of an intake with so many waiting. */
export const intake = (received = 3) => ({
  asOf: NOW,
  received,
  processed: 1200,
  ignored: 1,
  rejected: 1,
  dirtyServices: 2,
  lagSeconds: 4,
  rebuild: null,
});

/** A portal in which everything answers. */
export function anApi(overrides: Parameters<typeof fakeApi>[0] = {}) {
  return fakeApi({
    getQuality: jest.fn(async () => quality()),
    getIntake: jest.fn(async () => intake()),
    getSources: jest.fn(async () => ({ asOf: NOW, items: [aSource()] })),
    getRejected: jest.fn(async () => ({
      asOf: NOW,
      items: [aRejectedEvent()],
      nextCursor: null,
    })),
    ...overrides,
  });
}
