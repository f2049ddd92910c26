'use strict';

/**
 * A thread that comes to its end with what it is given: of a scan it takes all
 * memory it may have, an SBOM it does not survive, and a VEX ends it without a word.
 */
const { parentPort } = require('node:worker_threads');

let kind;
parentPort.on('message', told => {
  if (told.type === 'begin') kind = told.kind;
  if (told.type !== 'end') return;
  let held;
  // In small pieces: a large one at once would take the process along.
  while (kind === 'scan') held = { held, more: [{}] };
  if (kind === 'sbom') throw new Error('broken');
  if (kind === 'vex') process.exit(0);
  parentPort.postMessage({ says: { kind, held } });
});
parentPort.postMessage('ready');
