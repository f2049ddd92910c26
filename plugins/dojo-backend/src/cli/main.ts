import { lint } from './lint';

/** `yarn dojo <command>`. */
async function main([command, ...rest]: string[]): Promise<void> {
  const ended =
    command === 'lint'
      ? await lint(rest)
      : { code: 2, text: 'yarn dojo lint <folder>\n' };
  process.stdout.write(ended.text);
  process.exitCode = ended.code;
}

main(process.argv.slice(2)).catch(error => {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 2;
});
