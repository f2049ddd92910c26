import type {
  AuthService,
  LifecycleService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { AttachDeps } from './attach';
import type { BoundDeps } from './boundChange';
import { tidyBytes } from './bytes';
import { Pipelines } from './pipelines';
import { EvidenceReader, READING } from './reader';
import type { CaseDeps } from '../cases/deps';

/** What everything about evidence is put together from. */
export interface EvidenceDeps extends AttachDeps, BoundDeps {
  pipelines: Pick<Pipelines, 'pipelineOf'>;
}

/** What is needed beside the use cases. */
interface Services {
  auth: AuthService;
  catalog: Pick<CatalogService, 'getEntitiesByRefs'>;
  lifecycle: LifecycleService;
  scheduler: SchedulerService;
}

const USUAL_ANNOTATION = 'github.com/project-slug';

/** Makes what reads evidence, and tidies up what nobody needs any more. */
export async function startEvidence(
  cases: CaseDeps,
  { auth, catalog, lifecycle, scheduler }: Services,
): Promise<EvidenceDeps> {
  const { issuers, keys, keepDays, readSeconds } = cases.config.evidence;
  const usual = [
    ...issuers.map(({ annotation }) => annotation),
    USUAL_ANNOTATION,
  ];
  const reader = new EvidenceReader(
    { reads: 'evidence', keys },
    { ...READING, timeMs: readSeconds * 1_000 },
  );
  lifecycle.addShutdownHook(() => reader.close());
  await scheduler.scheduleTask({
    id: 'cab-evidence-tidy',
    frequency: { hours: 1 },
    initialDelay: { minutes: 5 },
    timeout: { minutes: 10 },
    fn: async () => {
      await tidyBytes(cases.db, { keepDays });
    },
  });
  return {
    ...cases,
    reader,
    pipelines: new Pipelines(issuers),
    repositoryOf: async (entityRef, annotation) => {
      const { items } = await catalog.getEntitiesByRefs(
        { entityRefs: [entityRef], fields: ['metadata.annotations'] },
        { credentials: await auth.getOwnServiceCredentials() },
      );
      const said = items[0]?.metadata.annotations ?? {};
      const names = annotation === undefined ? usual : [annotation];
      return names.map(name => said[name]).find(each => each !== undefined);
    },
  };
}
