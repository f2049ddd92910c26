import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type {
  CyclonedxCheck,
  CyclonedxVersion,
} from '@fawkes/backstage-plugin-cab-common/rules';
import { canonicalJson } from '@fawkes/kit-contract';
import Ajv, { type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';

/** Schemas that those of the versions refer to by their file's name. */
const SHARED = ['spdx', 'jsf-0.82', 'cryptography-defs'];

/** Where the schemas say they are; nothing is fetched from there. */
const PLACE = 'http://cyclonedx.org/schema/';

const folder = join(
  dirname(require.resolve('@cyclonedx/cyclonedx-library/package.json')),
  'res',
  'schema',
);

function schemaOf(name: string): object {
  return JSON.parse(
    readFileSync(join(folder, `${name}.SNAPSHOT.schema.json`), 'utf8'),
  );
}

/**
 * The schemas the CycloneDX project publishes, compiled when they are first needed.
 * Its own validator compares each component with each other one, which takes
 * minutes for tens of thousands; here equal ones are found by their text.
 */
export function cyclonedxCheck(): CyclonedxCheck {
  const compiled = new Map<CyclonedxVersion, ValidateFunction>();
  const ajv = new Ajv({ strict: false, validateFormats: true });
  addFormats(ajv);
  // Names in addresses are for people; nothing here is sent to them.
  ajv.addFormat('idn-email', true).addFormat('iri-reference', true);
  ajv.removeKeyword('uniqueItems').addKeyword({
    keyword: 'uniqueItems',
    type: 'array',
    schemaType: 'boolean',
    validate: (on: boolean, items: unknown[]) =>
      !on || new Set(items.map(canonicalJson)).size === items.length,
  });
  for (const name of SHARED) {
    ajv.addSchema(schemaOf(name), `${PLACE}${name}.SNAPSHOT.schema.json`);
  }
  return (version, document) => {
    let check = compiled.get(version);
    if (!check) {
      check = ajv.compile(schemaOf(nameOf(version)));
      compiled.set(version, check);
    }
    if (check(document)) return undefined;
    const [error] = check.errors ?? [];
    const path = error?.instancePath.slice(1).replaceAll('/', '.') ?? '';
    return `${path || 'the document'} ${error?.message ?? 'does not fit'}`;
  };
}

/** Before 1.4 what is not named was allowed by the usual schema. */
function nameOf(version: CyclonedxVersion): string {
  const strict = version === '1.2' || version === '1.3';
  return strict ? `bom-${version}-strict` : `bom-${version}`;
}
