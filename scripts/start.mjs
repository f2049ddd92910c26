// npm start: the portal with its sample organisation, ready to be tried and worked on.
//   npm start                 progress, warnings and errors; everything is in .data/logs/
//   npm start -- --verbose    everything in the terminal
//   FAWKES_APP_PORT=3100 FAWKES_BACKEND_PORT=7107 npm start
import { parseArgs } from 'node:util';
import { isStopping, main } from './lib/lifecycle.mjs';
import { listPeople, samplePeople } from './lib/people.mjs';
import { fromRoot } from './lib/paths.mjs';
import { startBackend, startFrontend } from './lib/portal.mjs';
import { portVariables, portalPorts, urlOf } from './lib/portalConfig.mjs';
import { refuseIfTaken } from './lib/ports.mjs';
import { listenTo } from './lib/portalOutput.mjs';
import { prepare } from './lib/prepare.mjs';
import { loadSampleStory } from './lib/sampleStory.mjs';
import { elapsedSeconds, progress, say } from './lib/say.mjs';

const { values: options } = parseArgs({
  options: { verbose: { type: 'boolean', default: false } },
});

async function announce(address) {
  const people = await samplePeople();
  console.log(`\n  Fawkes is open at ${address}\n`);
  if (people.length > 0) {
    console.log('  Sign in as one of the sample people:');
    listPeople(people).forEach(line => console.log(`    ${line}`));
    console.log('');
  }
  console.log('  Logs are in .data/logs/. Stop with Ctrl-C.\n');
}

await main(async () => {
  const where = portalPorts();
  await refuseIfTaken(where.backend, 'the backend', portVariables.backend);
  await refuseIfTaken(where.app, 'the frontend', portVariables.app);
  const tools = await prepare();

  const bar = progress('Starting the backend and the frontend');
  const logDir = fromRoot('.data', 'logs');
  const starting = [
    ['backend', startBackend],
    ['frontend', startFrontend],
  ].map(async ([name, begin]) => {
    const { onLine, markStarted } = listenTo(name, { ...options, bar });
    const service = await begin({ tools, where, logDir, onLine });
    await service.ready();
    markStarted();
    return service;
  });
  const bothStarted = Promise.all(starting).then(services => {
    bar.done('Backend and frontend are ready');
    return services;
  });
  // The story needs the backend only, so it does not wait for the frontend's compiler.
  const story = starting[0].then(() =>
    loadSampleStory({ tools, baseUrl: urlOf(where.backend) }),
  );
  const [services] = await Promise.all([bothStarted, story]);

  say(`Ready ${elapsedSeconds().toFixed(1)} s after the command was given`);
  await announce(urlOf(where.app));

  const first = await Promise.race(
    services.map(async service => {
      await service.ended;
      if (isStopping()) await new Promise(() => {}); // it ended because we were told to stop
      return service;
    }),
  );
  say(`The ${first.name} has ended; stopping everything`);
  return 1;
});
