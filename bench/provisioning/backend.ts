/** A provisioning backend in a process of its own, so that its time and memory are its own too. */
// Running what people push is for development; this is.
process.env.NODE_ENV ??= 'test';
import { serveBackend } from '../lib/serve';
import type { BackendSettings } from './protocol';
import { realPlugin } from './realPlugin';

serveBackend<BackendSettings, never>(async settings => ({
  app: await realPlugin(settings),
  obey: async () => {},
}));
