/**
 * One name for what people spell `Production`, `PRODUCTION` and `production`:
 * upper and lower case make no difference, nor do two ways of writing one
 * letter.
 * @public
 */
export function foldEnvironment(name: string): string {
  return name.normalize('NFC').toLowerCase().normalize('NFC');
}
