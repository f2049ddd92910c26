import { lint, type Ended } from './lint';
import { verify } from './verify';

/** `yarn dojo <command>`. */
async function main([command, ...rest]: string[]): Promise<void> {
  const ended = await run(command, rest);
  process.stdout.write(ended.text);
  process.exitCode = ended.code;
}

async function run(command: string, args: string[]): Promise<Ended> {
  if (command === 'lint') return lint(args);
  if (command === 'verify') return verify(args);
  const text = 'yarn dojo lint <folder>\nyarn dojo verify <bundle.json>\n';
  return { code: 2, text };
}

main(process.argv.slice(2)).catch(error => {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 2;
});
