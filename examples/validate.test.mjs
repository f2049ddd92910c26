/**
 * Checks the sample organisation the way the catalog would, and stricter where
 * the catalog is lenient: it accepts a reference that leads nowhere, this does not.
 *
 * Run with: node --test 'examples/*.test.mjs'
 */
import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import OpenApiParser from '@apidevtools/swagger-parser';
import { Parser as AsyncApiParser } from '@asyncapi/parser';
import {
  DefaultNamespaceEntityPolicy,
  EntityPolicies,
  FieldFormatEntityPolicy,
  NoForeignRootFieldsEntityPolicy,
  SchemaValidEntityPolicy,
  apiEntityV1alpha1Validator,
  componentEntityV1alpha1Validator,
  domainEntityV1alpha1Validator,
  groupEntityV1alpha1Validator,
  locationEntityV1alpha1Validator,
  parseEntityRef,
  resourceEntityV1alpha1Validator,
  stringifyEntityRef,
  systemEntityV1alpha1Validator,
  userEntityV1alpha1Validator,
} from '@backstage/catalog-model';
import { buildSchema } from 'graphql';
import { parse, parseAllDocuments } from 'yaml';

const here = dirname(fileURLToPath(import.meta.url));

const kindValidators = {
  API: apiEntityV1alpha1Validator,
  Component: componentEntityV1alpha1Validator,
  Domain: domainEntityV1alpha1Validator,
  Group: groupEntityV1alpha1Validator,
  Location: locationEntityV1alpha1Validator,
  Resource: resourceEntityV1alpha1Validator,
  System: systemEntityV1alpha1Validator,
  User: userEntityV1alpha1Validator,
};

const policy = EntityPolicies.allOf([
  new SchemaValidEntityPolicy(),
  new DefaultNamespaceEntityPolicy(),
  new NoForeignRootFieldsEntityPolicy(),
  new FieldFormatEntityPolicy(),
]);

/** Reference fields of a spec, with the kind that a bare name stands for. */
const referenceFields = {
  owner: 'group',
  system: 'system',
  domain: 'domain',
  parent: 'group',
  children: 'group',
  memberOf: 'group',
  providesApis: 'api',
  consumesApis: 'api',
  dependsOn: undefined,
};

function readEntities(file) {
  const source = readFileSync(file, 'utf8');
  return parseAllDocuments(source).map(document => {
    assert.deepEqual(document.errors, [], `${relative(here, file)} is YAML`);
    return { file, entity: document.toJS() };
  });
}

function entityFilesOnDisk() {
  return ['org', 'systems']
    .flatMap(folder =>
      readdirSync(join(here, folder), { recursive: true }).map(name =>
        join(here, folder, name),
      ),
    )
    .filter(name => name.endsWith('.yaml'))
    .sort();
}

const [location] = readEntities(join(here, 'all.yaml'));
const listedFiles = location.entity.spec.targets
  .map(target => resolve(here, target))
  .sort();
const entries = listedFiles.flatMap(readEntities);
const entities = entries.map(entry => entry.entity);
const ref = entity => stringifyEntityRef(entity);
const byRef = new Map(entities.map(entity => [ref(entity), entity]));
const ofKind = kind => entities.filter(entity => entity.kind === kind);
const annotation = (entity, key) => entity.metadata.annotations?.[key];

function references(entity) {
  return Object.entries(referenceFields).flatMap(([field, defaultKind]) =>
    [entity.spec?.[field] ?? []].flat().map(value => ({
      field,
      target: stringifyEntityRef(
        parseEntityRef(value, { defaultKind, defaultNamespace: 'default' }),
      ),
    })),
  );
}

test('all.yaml lists every entity file, and no other', () => {
  assert.deepEqual(listedFiles, entityFilesOnDisk());
});

test('every entity satisfies the catalog model', async () => {
  for (const { file, entity } of [location, ...entries]) {
    const path = relative(here, file);
    const where = `${entity.kind} ${entity.metadata?.name} in ${path}`;
    const validator = kindValidators[entity.kind];
    assert.ok(validator, `${where}: a kind the catalog knows`);
    try {
      assert.ok(await policy.enforce(entity), where);
      assert.equal(await validator.check(entity), true, where);
    } catch (error) {
      assert.fail(`${where}: ${error.message}`);
    }
  }
});

test('names are unique within their kind', () => {
  assert.equal(byRef.size, entities.length);
});

test('every reference leads to an entity of the sample', () => {
  for (const entity of entities) {
    for (const { field, target } of references(entity)) {
      assert.ok(byRef.has(target), `${ref(entity)} ${field} → ${target}`);
    }
  }
});

test('every domain has a system, every system a component', () => {
  for (const [outer, inner, field] of [
    ['Domain', 'System', 'domain'],
    ['System', 'Component', 'system'],
  ]) {
    for (const { metadata } of ofKind(outer)) {
      const parts = ofKind(inner).filter(e => e.spec[field] === metadata.name);
      assert.notEqual(parts.length, 0, `${outer} ${metadata.name}`);
    }
  }
});

test('every API has exactly one provider and at least one consumer', () => {
  for (const { metadata } of ofKind('API')) {
    const count = field =>
      ofKind('Component').filter(e => e.spec[field]?.includes(metadata.name))
        .length;
    assert.equal(count('providesApis'), 1, `${metadata.name} is provided`);
    assert.notEqual(count('consumesApis'), 0, `${metadata.name} is consumed`);
  }
});

test('the people one can sign in as exist, in their groups', () => {
  const people = {
    'mira.okafor': ['payments-core'],
    'jonas.lindqvist': ['payments-core'],
    'ivana.petrovic': ['payments-core'],
    'adaeze.bello': ['platform', 'change-board'],
    'tomas.novak': ['security', 'change-board'],
    'beatriz.nogueira': ['logistics', 'change-board'],
    'priya.raman': ['storefront'],
    'lena.hofmann': ['platform'],
    'samuel.adeyemi': ['engineering'],
  };
  for (const [name, groups] of Object.entries(people)) {
    const user = byRef.get(`user:default/${name}`);
    assert.ok(user, name);
    assert.deepEqual(user.spec.memberOf, groups, name);
  }
  const offered = JSON.parse(
    readFileSync(join(here, '../packages/backend/src/auth/people.json')),
  );
  assert.deepEqual(
    offered.map(person => person.ref),
    Object.keys(people).map(name => `user:default/${name}`),
  );
  for (const { ref: offeredRef, name, team } of offered) {
    const { spec } = byRef.get(offeredRef);
    assert.equal(spec.profile.displayName, name);
    assert.equal(spec.memberOf[0], team, name);
  }
});

test('everybody can be known by their account at a provider, and by nobody else’s', () => {
  // With the organisation in it: a plain name may be somebody's there.
  const loginsOf = name => ({
    'github.com': `${name.replaceAll('.', '-')}-aurelia`,
    'gitlab.com': `${name}.aurelia`,
  });
  for (const user of ofKind('User')) {
    const logins = loginsOf(user.metadata.name);
    for (const [provider, login] of Object.entries(logins)) {
      assert.equal(annotation(user, `${provider}/user-login`), login);
      assert.ok(login.length <= 39, `${login} is longer than a login may be`);
    }
  }
});

test('people use the mail domain that is reserved for examples', () => {
  for (const { metadata, spec } of ofKind('User')) {
    assert.equal(spec.profile.email, `${metadata.name}@example.com`);
  }
});

test('teams hang below one root, and each has at least five members', () => {
  const teams = ofKind('Group').filter(group => group.spec.type === 'team');
  assert.equal(teams.length, 6);
  for (const team of teams) {
    const name = team.metadata.name;
    const department = byRef.get(`group:default/${team.spec.parent}`);
    assert.equal(department.spec.type, 'department', name);
    assert.equal(department.spec.parent, 'engineering', name);
    const members = ofKind('User').filter(u => u.spec.memberOf.includes(name));
    assert.ok(members.length >= 5, `${name} has ${members.length} members`);
  }
});

test('a lead is a member of the team that names them', () => {
  for (const group of ofKind('Group')) {
    const lead = annotation(group, 'fawkes.dev/dojo-lead');
    if (lead !== undefined) {
      const { memberOf } = byRef.get(lead).spec;
      assert.ok(memberOf.includes(group.metadata.name), ref(group));
    }
  }
});

test('the change board has five members, each from another team, one from security', () => {
  const board = byRef.get('group:default/change-board');
  assert.equal(board.spec.type, 'board');
  const members = ofKind('User').filter(user =>
    user.spec.memberOf.includes('change-board'),
  );
  const teams = members.flatMap(user =>
    user.spec.memberOf.filter(group => group !== 'change-board'),
  );
  assert.equal(members.length, 5);
  assert.equal(new Set(teams).size, 5);
  assert.ok(teams.includes('security'));
});

test('components and systems are marked as sample', () => {
  for (const entity of [...ofKind('Component'), ...ofKind('System')]) {
    const mark = annotation(entity, 'fawkes.dev/delivery-sample');
    assert.equal(mark, 'true', ref(entity));
  }
});

test('facts can be mapped: one repository per component, or paths', () => {
  const byRepository = Map.groupBy(ofKind('Component'), component =>
    annotation(component, 'github.com/project-slug'),
  );
  const globsOf = component =>
    (annotation(component, 'fawkes.dev/delivery-paths') ?? '')
      .split(',')
      .map(glob => glob.trim())
      .filter(Boolean);
  for (const [repository, components] of byRepository) {
    assert.match(repository ?? '', /^aurelia-goods\/[a-z-]+$/);
    for (const component of components) {
      const hasPaths = globsOf(component).length > 0;
      assert.equal(hasPaths, components.length > 1, ref(component));
    }
    const globs = components.flatMap(globsOf);
    assert.equal(new Set(globs).size, globs.length, `${repository} paths`);
  }
  assert.equal(byRepository.get('aurelia-goods/commerce').length, 3);
});

test('GPU hosts say what they are made of', () => {
  const hosts = ofKind('Resource').filter(r => r.spec.type === 'gpu-host');
  assert.equal(hosts.length, 4);
  for (const host of hosts) {
    const read = key => annotation(host, `fawkes.dev/gpu-${key}`);
    assert.match(read('pci-id'), /^0x[0-9A-F]{4}10DE$/, ref(host));
    assert.match(read('count'), /^[1-9]\d*$/, ref(host));
    assert.match(read('memory-gib'), /^[1-9]\d*$/, ref(host));
    assert.equal(read('sharing') === 'mig', read('mig-layout') !== undefined);
  }
});

test('API definitions parse', async () => {
  const asyncApi = new AsyncApiParser();
  const parsers = {
    openapi: definition => OpenApiParser.validate(parse(definition)),
    graphql: async definition => buildSchema(definition),
    asyncapi: async definition => {
      const { diagnostics } = await asyncApi.parse(definition);
      const errors = diagnostics.filter(({ severity }) => severity === 0);
      assert.deepEqual(errors, []);
    },
  };
  for (const { metadata, spec } of ofKind('API')) {
    try {
      await parsers[spec.type](spec.definition);
    } catch (error) {
      assert.fail(`${metadata.name} is ${spec.type}: ${error.message}`);
    }
  }
});

test('documents lie below their entity file, with every page present', () => {
  const documented = entries.filter(({ entity }) =>
    annotation(entity, 'backstage.io/techdocs-ref'),
  );
  assert.equal(documented.length, 8);
  for (const { file, entity } of documented) {
    const target = annotation(entity, 'backstage.io/techdocs-ref');
    const folder = resolve(dirname(file), target.replace(/^dir:/, ''));
    // TechDocs refuses a folder outside the one the entity file lies in.
    assert.ok(folder.startsWith(dirname(file) + sep), ref(entity));
    const site = parse(readFileSync(join(folder, 'mkdocs.yml'), 'utf8'));
    assert.deepEqual(site.plugins, ['techdocs-core']);
    const pages = site.nav.flatMap(entry => Object.values(entry)).sort();
    assert.deepEqual(pages, readdirSync(join(folder, 'docs')).sort());
    assert.ok(existsSync(join(folder, 'docs', 'index.md')), ref(entity));
  }
});
