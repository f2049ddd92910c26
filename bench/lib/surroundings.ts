import type {
  AuditorService,
  BackstageCredentials,
  HttpAuthService,
  LoggerService,
  PermissionsRegistryService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { AuthorizeResult } from '@backstage/plugin-permission-common';

const CREDENTIALS: BackstageCredentials = {
  $$type: '@backstage/BackstageCredentials',
  principal: { type: 'service', subject: 'bench' },
};

/** Everybody is somebody and may do everything: the portal's share is not measured. */
export const httpAuth = {
  credentials: async () => CREDENTIALS,
  issueUserCookie: async () => ({ expiresAt: new Date(0) }),
} as HttpAuthService;

export const auditor: AuditorService = {
  createEvent: async () => ({ success: async () => {}, fail: async () => {} }),
};

export const permissions: PermissionsService = {
  authorize: async requests =>
    requests.map(() => ({
      result: AuthorizeResult.ALLOW as AuthorizeResult.ALLOW,
    })),
  authorizeConditional: async requests =>
    requests.map(() => ({
      result: AuthorizeResult.ALLOW as AuthorizeResult.ALLOW,
    })),
};

/** Never asked, because nothing is decided conditionally. */
export const permissionsRegistry = {} as PermissionsRegistryService;

const print = (message: string, meta?: unknown) =>
  process.stderr.write(`${message} ${JSON.stringify(meta ?? {})}\n`);

export const logger: LoggerService = {
  error: print,
  warn: print,
  info: () => {},
  debug: () => {},
  child: () => logger,
};
