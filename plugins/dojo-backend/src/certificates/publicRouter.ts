import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  addressOf,
  answerErrors,
  correlation,
  Refusals,
  REFUSALS,
  TooManyRequestsError,
} from '@fawkes/kit-backend/http';
import type { Request, Response, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import multer from 'multer';
import { unbakePng } from './bakePng';
import { unbakeSvg } from './bakeSvg';
import { holderOf, type HolderDeps } from './holder';
import { LIMITS } from './limits';
import { statusList } from './lists';
import {
  findCredential,
  findCriteria,
  isIssuedTo,
  verifyHere,
  type VerifyDeps,
} from './own';
import { PAGE_HEADERS, verifyPage, type PageContent } from './page';
import type { PageLanguage } from './pageWords';
import type { Verification } from './verify';

/** How often one address may have something verified, a minute. */
const VERIFICATIONS_A_MINUTE = 30;
const MOST_OF_AN_IMAGE = 1024 * 1024;

/**
 * What anybody may ask without signing in, below `/public`: the page that
 * verifies, the issuer, and the status lists. Ids that are malformed, erased,
 * foreign or never were get one answer.
 */
export function publicRouter(
  deps: VerifyDeps & HolderDeps & { logger: LoggerService },
): Router {
  const router = PromiseRouter();
  const asked = new Refusals();
  const verified = new Refusals({
    ...REFUSALS,
    anonymous: VERIFICATIONS_A_MINUTE,
  });
  const upload = multer({
    storage: multer.memoryStorage(),
    limits: {
      files: 1,
      fileSize: MOST_OF_AN_IMAGE,
      fields: 4,
      fieldSize: LIMITS.bytes + 1,
      parts: 6,
    },
  }).single('file');
  const action = `${deps.issuer.url}/public/verify`;
  const show = (
    request: Request,
    response: Response,
    content: Omit<PageContent, 'language' | 'action' | 'sample'>,
    status = 200,
  ) => {
    response.status(status).set(PAGE_HEADERS).type('html');
    response.send(
      verifyPage({
        language: languageOf(request),
        action,
        sample: deps.issuer.config.sample,
        ...content,
      }),
    );
  };

  router.use('/public', correlation(), async request => {
    await asked.anonymous(addressOf(request));
    return 'next';
  });

  router.get('/public/verify', async (request, response) => {
    show(request, response, {});
  });

  router.post(
    '/public/verify',
    async (request, response) => {
      try {
        await verified.anonymous(addressOf(request));
        return 'next';
      } catch (error) {
        if (!(error instanceof TooManyRequestsError)) throw error;
        response.set('Retry-After', String(error.retryAfter));
        show(request, response, { note: 'tooMuch' }, 429);
        return undefined;
      }
    },
    async (request, response) => {
      const isRead = await new Promise<boolean>(resolve => {
        upload(request as never, response as never, error => resolve(!error));
      });
      if (!isRead) {
        show(request, response, { note: 'noFile' }, 400);
        return;
      }
      const { id, text, email } = fieldsOf(request);
      const known = id === undefined ? undefined : await textOfId(id, deps);
      if (id !== undefined && known === undefined) {
        show(request, response, { verdict: 'unknown' }, 404);
        return;
      }
      const given = known ?? textOf(request.file?.buffer) ?? text;
      if (!given) {
        show(request, response, { note: 'noFile' }, 400);
        return;
      }
      const verification = await verifyHere(given, deps);
      show(request, response, {
        verdict: verification.verdict,
        verification,
        id,
        issuedTo: email ? answerTo(verification, email) : undefined,
      });
    },
  );

  router.get('/public/credentials/:id', async (request, response) => {
    const { id } = request.params;
    const text = await textOfId(id, deps);
    const verification =
      text === undefined ? undefined : await verifyHere(text, deps);
    const verdict = verification?.verdict ?? 'unknown';
    const status = verification ? 200 : 404;
    const holder = verification && (await holderOf(id, deps));
    if (request.accepts(['html', 'json']) === 'json') {
      response.status(status).set(PAGE_HEADERS);
      response.json({ verdict, steps: verification?.steps ?? [] });
      return;
    }
    show(
      request,
      response,
      { verdict, verification, holder, id: verification ? id : undefined },
      status,
    );
  });

  router.get('/public/issuer', async (_request, response) => {
    response.json(deps.issuer.profile());
  });

  router.get('/public/status/:list', async (request, response) => {
    const { list } = request.params;
    const text = /^[1-9]\d{0,8}$/.test(list)
      ? await statusList(Number(list), deps)
      : undefined;
    response.set('Cache-Control', 'public, max-age=60');
    if (text === undefined) response.status(404).json({});
    else response.type('application/json').send(text);
  });

  router.get(
    '/public/achievements/:belt/:digest',
    async (request, response) => {
      const { belt, digest } = request.params;
      const criteria = await findCriteria(deps.db, belt, digest);
      response.status(criteria ? 200 : 404).json(criteria ?? {});
    },
  );
  router.use('/public', answerErrors(deps.logger));
  return router;
}

async function textOfId(
  id: string,
  { db }: VerifyDeps,
): Promise<string | undefined> {
  return (await findCredential(db, id))?.signed;
}

function fieldsOf({ body }: Request): {
  id?: string;
  text?: string;
  email?: string;
} {
  const of = (name: string) => {
    const value: unknown = body?.[name];
    return typeof value === 'string' && value.trim() ? value : undefined;
  };
  return { id: of('id'), text: of('text'), email: of('email')?.slice(0, 320) };
}

/** The certificate in a file: a picture, or the text itself. */
function textOf(data: Buffer | undefined): string | undefined {
  if (!data || data.length === 0) return undefined;
  if (data[0] === 0x89) return unbakePng(data);
  const text = data
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .trimStart();
  return text.startsWith('<') ? unbakeSvg(text) : text;
}

function answerTo(
  { verdict, badge }: Verification,
  email: string,
): 'yes' | 'no' | 'none' | undefined {
  // What is not sound says nothing about anybody.
  if (!badge || ['invalid', 'foreign'].includes(verdict)) return undefined;
  const answer = isIssuedTo(badge, email);
  if (answer === undefined) return 'none';
  return answer ? 'yes' : 'no';
}

function languageOf(request: Request): PageLanguage {
  return request.acceptsLanguages('en', 'de') === 'de' ? 'de' : 'en';
}
