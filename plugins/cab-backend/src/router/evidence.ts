import {
  cabChangeCreatePermission,
  maxBytesOf,
  say,
  type CabRoutes,
  type EvidenceKind,
} from '@fawkes/backstage-plugin-cab-common';
import {
  MEDIA_TYPES,
  missingEvidence,
  requiredEvidence,
} from '@fawkes/backstage-plugin-cab-common/rules';
import type { Viewer } from '@fawkes/kit-backend/access';
import {
  Answered,
  bodyChunks,
  KeptBytes,
  UnsupportedMediaError,
  type Handlers,
  type RouteRequest,
} from '@fawkes/kit-backend/http';
import { saidError } from '@fawkes/kit-contract';
import { notAllowed, notFound, wordsOfRefusal } from '../cases/refusals';
import type { Doer } from '../cases/deps';
import { attachEvidence, type Attached, type Piece } from '../evidence/attach';
import { bytesOf, CHUNK_BYTES, receive } from '../evidence/bytes';
import { isIn, itemOf, pieceOf, piecesOf } from '../evidence/pack';
import type { EvidenceDeps } from '../evidence/startEvidence';
import { attachRefusal, bytesRefusal, personOf } from '../evidence/whose';
import { boundChange } from '../evidence/boundChange';
import { mineOfException } from '../exceptions/deciding';
import { usableFor } from '../exceptions/listing';
import { shownExceptions } from '../exceptions/row';
import type { DirectoryPerson } from '../people/directory';
import { databaseNow } from '../store/database';
import type { ChangeRow } from '../store/tables';
import type { Reading } from '../read/reading';

type Request = RouteRequest<CabRoutes['attachEvidence']>['request'];

type EvidenceHandlers = Pick<
  Handlers<CabRoutes>,
  'getEvidence' | 'attachEvidence' | 'downloadEvidence' | 'attachFromPipeline'
>;

/** What the handlers of evidence need of those of changes. */
interface Shared {
  evidence: EvidenceDeps;
  reading: Reading;
  seen: (viewer: Viewer, id: string) => Promise<ChangeRow>;
  doerOf: (viewer: Viewer, correlationId: string) => Doer;
  decidingOf: (viewer: Viewer) => string | undefined;
}

/** Evidence over HTTP: bytes in, bytes out, and what they say. */
export function evidenceHandlers({
  evidence,
  reading,
  seen,
  doerOf,
  decidingOf,
}: Shared): EvidenceHandlers {
  const { db } = evidence;
  const answerOf = async ({ piece, known }: Attached) => {
    const row = (await reading.change(piece.change_id))!;
    return new Answered(
      {
        item: itemOf(piece, row.revision),
        changeId: row.id,
        state: row.state,
        revision: row.revision,
      },
      known ? 200 : 201,
    );
  };
  /** Why somebody may not attach; undefined when they may. */
  const refusalOf = async (
    viewer: Viewer,
    row: ChangeRow,
    userRef: string,
    person: DirectoryPerson | undefined,
  ) => {
    const resource = { ref: row.entity_ref, owner: row.owner_ref };
    if (!(await viewer.may(cabChangeCreatePermission, resource))) {
      return notAllowed('entity.no_create', {
        ref: row.entity_ref,
        permission: cabChangeCreatePermission.name,
      });
    }
    return attachRefusal(row, userRef, person);
  };

  return {
    getEvidence: async ({ params, viewer }) => {
      const row = await seen(viewer, params.id);
      const pieces = await piecesOf(db, row.id);
      const pack = pieces.filter(piece => isIn(piece, row.revision));
      const userRef = decidingOf(viewer);
      const person =
        userRef === undefined ? undefined : await personOf(evidence, userRef);
      const nobody = notAllowed('USER_ONLY');
      const now = await databaseNow(db);
      const used = new Set(pack.flatMap(piece => piece.exception_id ?? []));
      return {
        items: pieces.map(piece => itemOf(piece, row.revision)).reverse(),
        required: [...requiredEvidence(row.environment_class)],
        missing: missingEvidence(row.environment_class, pack),
        usable: await shownExceptions(
          db,
          await usableFor(db, row, used, now),
          now,
          mineOfException(evidence, now, userRef, person),
        ),
        attach: wordsOfRefusal(
          userRef === undefined
            ? nobody
            : await refusalOf(viewer, row, userRef, person),
        ),
        download: wordsOfRefusal(
          userRef === undefined
            ? nobody
            : bytesRefusal(evidence, row, userRef, person),
        ),
      };
    },
    attachEvidence: async ({
      params,
      query,
      viewer,
      correlationId,
      request,
      note,
    }) => {
      const row = await seen(viewer, params.id);
      const doer = doerOf(viewer, correlationId);
      const person = await personOf(evidence, doer.actor);
      const refused = await refusalOf(viewer, row, doer.actor, person);
      if (refused) throw refused;
      const attached = await take(request, row.id, doer, {
        ...aboutOf(query),
        producer: doer.actor,
        subject: null,
        binding: {
          fromPipeline: false,
          fromSecurity:
            person?.groups.includes(evidence.config.groups.security) ?? false,
          repository: await evidence.repositoryOf(row.entity_ref),
        },
      });
      note({ kind: query.kind, sha256: attached.piece.sha256 });
      return answerOf(attached);
    },
    downloadEvidence: async ({ params, viewer, correlationId }) => {
      const row = await seen(viewer, params.id);
      const { actor } = doerOf(viewer, correlationId);
      const person = await personOf(evidence, actor);
      const refused = bytesRefusal(evidence, row, actor, person);
      if (refused) throw refused;
      const piece = await pieceOf(db, row.id, params.piece);
      if (!piece) throw notFound('evidence.not_found', { id: params.piece });
      const bytes = await bytesOf(db, piece.sha256);
      if (!bytes) throw notFound('evidence.bytes_gone');
      const suffix = piece.media_type.endsWith('xml') ? 'xml' : 'json';
      return new KeptBytes(
        bytes.size,
        `${piece.kind}-${piece.sha256.slice(0, 12)}.${suffix}`,
        bytes.pieces,
      );
    },
    attachFromPipeline: async ({ query, correlationId, request, note }) => {
      const pipeline = await evidence.pipelines.pipelineOf(
        request.header('x-ci-token'),
      );
      note({ pipeline: pipeline.producer });
      const { row, repository } = await boundChange(evidence, query, pipeline);
      const attached = await take(
        request,
        row.id,
        { actor: pipeline.producer, correlationId },
        {
          ...aboutOf(query),
          producer: pipeline.producer,
          subject: query.subject ?? null,
          binding: { fromPipeline: true, fromSecurity: false, repository },
        },
      );
      note({
        changeId: row.id,
        kind: query.kind,
        sha256: attached.piece.sha256,
      });
      return answerOf(attached);
    },
  };

  async function take(
    request: Request,
    changeId: string,
    doer: Doer,
    about: Omit<Piece, 'sha256' | 'size' | 'mediaType'>,
  ): Promise<Attached> {
    const mediaType = mediaTypeOf(request, about.kind);
    const received = await receive(
      db,
      bodyChunks(request, {
        limit: maxBytesOf(about.kind),
        size: CHUNK_BYTES,
      }),
    );
    return attachEvidence(
      evidence,
      changeId,
      { ...about, ...received, mediaType },
      doer,
    );
  }
}

function aboutOf({
  kind,
  supersede,
  producedAt,
}: {
  kind: EvidenceKind;
  supersede: boolean;
  producedAt?: string;
}) {
  return {
    kind,
    supersede,
    producedAt: producedAt === undefined ? undefined : Date.parse(producedAt),
  };
}

/** What the bytes are said to be; nothing is guessed from them. */
function mediaTypeOf(request: Request, kind: EvidenceKind): string {
  const [type = ''] = (request.header('content-type') ?? '').split(';');
  const mediaType = type.trim().toLowerCase();
  if (MEDIA_TYPES[kind].includes(mediaType)) return mediaType;
  throw saidError(
    UnsupportedMediaError,
    say('evidence.media_type', {
      kind,
      expected: MEDIA_TYPES[kind].join(', '),
      mediaType: mediaType.slice(0, 100) || '–',
    }),
  );
}
