import { createApp } from './app.ts';
import { readConfig } from './config.ts';

const config = readConfig(process.env);
const { server, drain } = createApp(config);

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => {
    server.log.info({ signal }, 'going down');
    drain();
    server.close().catch((error: unknown) => {
      server.log.error(error, 'could not go down in order');
      process.exitCode = 1;
    });
  });
}

await server.listen({ host: config.host, port: config.port });
