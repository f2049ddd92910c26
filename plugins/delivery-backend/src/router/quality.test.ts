import { TestDatabases } from '@backstage/backend-test-utils';
import {
  qualityResponseSchema,
  say,
  type QualityResponse,
} from '@fawkes/backstage-plugin-delivery-common';
import { expectContract } from '../__testUtils__/contract';
import {
  createTestBackend,
  type TestBackend,
} from '../__testUtils__/testBackend';
import {
  CART,
  ORGANISATION_ENTITIES,
  SECRET,
  STRANGER,
} from '../__testUtils__/testCatalog';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const PATHS = 'fawkes.dev/delivery-paths';

/** The organisation, with annotations that cannot be taken as they are. */
const entities = ORGANISATION_ENTITIES.map(entity => {
  const { name, annotations } = entity.metadata;
  const said: Record<string, string> = {
    cart: 'cart/**, +(a*)b',
    secret: 'hidden/{a}',
    payments: Array.from({ length: 120 }, (_, n) => `[${n}]`).join(),
  };
  return name in said && entity.kind === 'Component'
    ? {
        ...entity,
        metadata: {
          ...entity.metadata,
          annotations: { ...annotations, [PATHS]: said[name] },
        },
      }
    : entity;
});

describe.each(databases.eachSupportedId())(
  'annotations that cannot be taken, %s',
  databaseId => {
    let backend: TestBackend;
    beforeAll(async () => {
      backend = await createTestBackend({
        db: await databases.init(databaseId),
        entities,
      });
      // The first refresh of the catalog has been written down.
      await backend.scheduler.triggerTask('delivery-mapping');
    });

    const findings = async (
      who: TestBackend['me'],
      scope: string = '',
    ): Promise<QualityResponse['annotations']> => {
      const { body } = await who.get(`/quality${scope}`).expect(200);
      return expectContract(qualityResponseSchema, body).annotations;
    };

    it('are told with the reason and what to do', async () => {
      expect(await findings(backend.me, `?scope=${CART}`)).toEqual([
        {
          service: CART,
          title: 'CART',
          annotation: PATHS,
          value: '+(a*)b',
          reason: 'holds +, and only *, ** and ? have a meaning here',
          advice: expect.stringContaining('write ? in its place'),
          reasonSaid: say('pattern.meta', { meta: '+' }),
          adviceSaid: say('pattern.meta.advice', { meta: '+' }),
        },
      ]);
    });

    it('are told of what the caller may see', async () => {
      const services = async (who: TestBackend['me']) =>
        new Set((await findings(who)).map(({ service }) => service));
      expect(await services(backend.me)).toContain(SECRET);
      expect(await services(backend.person(STRANGER))).not.toContain(SECRET);
      expect(await services(backend.person(STRANGER))).toContain(CART);
    });

    it('are told up to a number', async () => {
      const told = await findings(backend.me);
      expect(told.filter(({ title }) => title === 'PAYMENTS')).toHaveLength(51);
    });
  },
);
