/** Scale and speed of the delivery plugin, as one table. See README.md. */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { run } from './delivery/run';
import { readOptions, USAGE } from './delivery/options';

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  if (!options) {
    process.stdout.write(`${USAGE}\n`);
    return;
  }
  const report = await run(options, text =>
    process.stderr.write(`${new Date().toISOString().slice(11, 19)} ${text}\n`),
  );
  process.stdout.write(`\n${report}`);
  if (options.out) {
    await mkdir(dirname(options.out), { recursive: true });
    await writeFile(options.out, report);
  }
}

main().catch(error => {
  process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
  process.exitCode = 1;
});
