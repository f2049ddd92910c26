import { TestDatabases } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import type { Belt } from '@fawkes/backstage-plugin-dojo-common';
import { verifyBundle, type Bundle } from '../certificates/bundle';
import { unbakePng } from '../certificates/bakePng';
import { unbakeSvg } from '../certificates/bakeSvg';
import { publicKeyOf } from '../certificates/keys';
import { holds } from '../certificates/proof';
import { isSet } from '../certificates/statusList';
import { curriculumOf } from '../__testUtils__/labWorld';
import {
  folderOf,
  startDojo,
  type Asker,
  type TestDojo,
} from '../__testUtils__/testDojo';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const HOLDER = 'user:default/holder';

const user = (name: string, group?: string): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'User',
  metadata: { name },
  spec: { profile: { email: `${name}@example.org` }, memberOf: [] },
  relations: group ? [{ type: 'memberOf', targetRef: group }] : [],
});

describe.each(databases.eachSupportedId())('certificates, %s', id => {
  let dojo: TestDojo;
  let remove: () => Promise<void>;
  let holder: Asker;
  let belt: Belt;

  beforeAll(async () => {
    const folder = await folderOf(curriculumOf({ types: ['visited'] }));
    remove = folder.remove;
    dojo = await startDojo(await databases.init(id), [folder.folder], {
      catalog: catalogServiceMock({
        entities: [
          user('holder', 'group:default/platform'),
          user('owner', 'group:default/platform'),
          user('stranger'),
        ],
      }),
      config: { revokers: ['user:default/third'] },
    });
    holder = dojo.person(HOLDER);
    const { body: module } = await holder.get('/modules/one').expect(200);
    const { body: run } = await holder
      .post('/runs', { lab: module.labs[0].id })
      .expect(201);
    const step = { step: run.steps[0].id };
    await holder.post(`/runs/${run.id}/visits`, step).expect(200);
    for (let n = 0; n < 200; n++) {
      belt = (await holder.get('/belts/white').expect(200)).body;
      if (belt.award?.credential) break;
      await new Promise(resolve => setTimeout(resolve, 50));
    }
  });
  afterAll(() => remove());

  const file = (kind: string, who = holder) =>
    who.get(`/awards/${belt.award!.id}/file?kind=${kind}`);
  const bytes = async (kind: string): Promise<Buffer> =>
    (await file(kind).expect(200).responseType('blob')).body;
  const publicly = (path: string) => dojo.nobody.get(`/public${path}`);
  const verify = () => dojo.nobody.post('/public/verify');

  it('are made of an award, once', async () => {
    expect(belt.award).toMatchObject({
      credential: {
        state: 'valid',
        id: expect.stringMatching(/^[0-9a-f]{32}$/),
      },
    });
    expect(await dojo.db('credentials')).toHaveLength(1);
  });

  it('are taken along as JSON, SVG, PNG and PDF by their holder, and by nobody else', async () => {
    const json = (await bytes('json')).toString();
    expect(unbakeSvg((await bytes('svg')).toString())).toBe(json);
    expect(unbakePng(await bytes('png'))).toBe(json);
    expect((await bytes('pdf')).subarray(0, 5).toString()).toBe('%PDF-');
    const { headers } = await file('bundle');
    expect(headers['content-disposition']).toBe(
      'attachment; filename="white-belt.bundle.json"',
    );
    expect(json).not.toContain('holder');
    const other = dojo.person('user:default/owner');
    expect((await file('json', other)).status).toBe(404);
    expect(await dojo.db('credentials')).toHaveLength(1);
  });

  it('verify offline with what is in the bundle', async () => {
    const { credential, issuer, statusList } = JSON.parse(
      (await bytes('bundle')).toString(),
    );
    const [method] = issuer.verificationMethod;
    const key = publicKeyOf(method.publicKeyMultibase)!;
    expect(credential.proof.verificationMethod).toBe(method.id);
    expect(await holds(credential, credential.proof, key)).toBe(true);
    expect(await holds(statusList, statusList.proof, key)).toBe(true);
    const index = Number(credential.credentialStatus.statusListIndex);
    const { encodedList } = statusList.credentialSubject;
    expect(isSet(encodedList, index)).toBe(false);
    const judged = async (
      bundle: Bundle,
      multikeys = [method.publicKeyMultibase],
    ) => {
      const by = { issuer: issuer.id, multikeys, now: Date.now() };
      return (await verifyBundle(bundle, by)).verdict;
    };
    const bundle = { credential, issuer, statusList };
    expect(await judged(bundle)).toBe('valid');
    expect(await judged({ ...bundle, statusList: null })).toBe('unchecked');
    const forged = { ...statusList, id: 'https://example.org/other' };
    expect(await judged({ ...bundle, statusList: forged })).toBe('unchecked');
    const tampered = { ...credential, name: 'Black belt' };
    expect(await judged({ ...bundle, credential: tampered })).toBe('invalid');
    // The bundle's own word for its key is worth nothing.
    expect(await judged(bundle, [])).toBe('invalid');
  });

  it('are verified by anybody, by id, as text and as a file, in English and German', async () => {
    const { id: credential } = belt.award!.credential!;
    const page = await publicly(`/credentials/${credential}`).expect(200);
    expect(page.text).toContain('data-verdict="valid"');
    expect(page.text).toContain('Sample issuer, not for use');
    expect(page.headers['content-security-policy']).toContain(
      "default-src 'none'",
    );
    expect(page.headers['referrer-policy']).toBe('no-referrer');
    const german = await publicly('/verify').set('Accept-Language', 'de');
    expect(german.text).toContain('<html lang="de">');
    const json = (await bytes('json')).toString();
    const asText = await verify()
      .field('text', json)
      .field('email', ' Holder@example.org ');
    expect(asText.text).toContain('data-verdict="valid"');
    expect(asText.text).toContain('It was issued to this address.');
    const asPicture = await verify()
      .field('email', 'other@example.org')
      .attach('file', await bytes('png'), 'belt.png');
    expect(asPicture.text).toContain('data-verdict="valid"');
    expect(asPicture.text).toContain('It was not issued to this address.');
    const tampered = json.replace('White belt', 'Black belt');
    const bad = await verify().field('text', tampered);
    expect(bad.text).toContain('data-verdict="invalid"');
    expect(bad.text).not.toContain('Black belt');
    const broken = await verify().attach('file', Buffer.from('<svg>'), 'x.svg');
    expect(broken.status).toBe(400);
  });

  it('say the same of an id that is malformed and of one there is not', async () => {
    const texts = [];
    for (const strange of ['0'.repeat(32), 'nothing', `${'a'.repeat(31)}%27`]) {
      const { status, text } = await publicly(`/credentials/${strange}`);
      expect(status).toBe(404);
      texts.push(text);
    }
    expect(new Set(texts).size).toBe(1);
    await publicly('/status/99').expect(404);
    await publicly('/status/x').expect(404);
    await publicly('/achievements/x/y').expect(404);
  });

  it('tell what was asked, who issued them, and which were taken back', async () => {
    const json = JSON.parse((await bytes('json')).toString());
    const { achievement } = json.credentialSubject;
    const path = (address: string) => address.split('/public')[1];
    const criteria = await publicly(path(achievement.id)).expect(200);
    expect(criteria.body).toMatchObject({ title: 'White', publicItems: false });
    const issuer = await publicly(path(json.issuer.id)).expect(200);
    expect(issuer.body.id).toBe(json.issuer.id);
    const list = json.credentialStatus.statusListCredential;
    await publicly(path(list)).expect(200);
  });

  it('are taken back by two people who look after the curriculum, neither of them the holder', async () => {
    const { id: credential } = belt.award!.credential!;
    const proposal = {
      credential,
      reason: 'Evidence was forged, see the minutes',
    };
    const [owner, third, stranger] = ['owner', 'third', 'stranger'].map(name =>
      dojo.person(`user:default/${name}`),
    );
    for (const who of [holder, stranger]) {
      await who.post('/revocations', proposal).expect(403);
    }
    const { body } = await owner.post('/revocations', proposal).expect(201);
    await third.post('/revocations', proposal).expect(409);
    const listed = async (who: Asker) =>
      (await who.get('/revocations').expect(200)).body.items;
    expect(await listed(owner)).toMatchObject([{ mayConfirm: false }]);
    expect(await listed(third)).toMatchObject([
      { mayConfirm: true, reason: proposal.reason, belt: 'white' },
    ]);
    const revokes = async (who: Asker) =>
      (await who.get('/mine').expect(200)).body.revokes;
    expect(await revokes(third)).toBe(true);
    expect(await revokes(stranger)).toBe(false);
    const confirm = (who: Asker) => who.post(`/revocations/${body.id}/confirm`);
    for (const who of [owner, holder, stranger]) {
      await confirm(who).expect(403);
    }
    expect((await publicly(`/credentials/${credential}`)).text).toContain(
      'data-verdict="valid"',
    );
    await confirm(third).expect(204);
    await confirm(third).expect(204);
    const page = await publicly(`/credentials/${credential}`).expect(200);
    expect(page.text).toContain('data-verdict="revoked"');
    expect(page.text).not.toContain('forged');
    const { statusList, credential: signed } = JSON.parse(
      (await bytes('bundle')).toString(),
    );
    const index = Number(signed.credentialStatus.statusListIndex);
    expect(isSet(statusList.credentialSubject.encodedList, index)).toBe(true);
    const { body: after } = await holder.get('/belts/white').expect(200);
    expect(after.award).toMatchObject({
      revokedAt: expect.any(String),
      credential: { state: 'revoked' },
    });
    const { body: seen } = await owner.get('/revocations').expect(200);
    expect(seen.items).toMatchObject([{ mayConfirm: false }]);
    const { body: none } = await stranger.get('/revocations').expect(200);
    expect(none.items).toEqual([]);
  });
});
