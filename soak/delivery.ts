/** The laws of the delivery plugin at full count, and kill -9 by the dozen. */
import { crashOn } from './delivery/crash';
import { runLaws } from './delivery/laws';
import { readOptions, USAGE } from './delivery/options';

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  if (!options) {
    process.stdout.write(`${USAGE}\n`);
    return;
  }
  const faults: string[] = [];
  if (options.parts.has('crash')) {
    for (const client of ['better-sqlite3', 'pg'] as const) {
      const found = await crashOn(client, options, text =>
        process.stdout.write(`${client}: ${text}\n`),
      );
      faults.push(...found.map(fault => `${client}: ${fault}`));
    }
  }
  if (options.parts.has('laws')) faults.push(...(await runLaws(options)));

  for (const fault of faults) process.stdout.write(`FAULT ${fault}\n`);
  process.stdout.write(
    faults.length === 0 ? 'Nothing broke.\n' : `${faults.length} faults.\n`,
  );
  process.exitCode = faults.length === 0 ? 0 : 1;
}

main().catch(error => {
  process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
  process.exitCode = 1;
});
