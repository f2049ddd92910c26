/** @jest-environment node */
import { createHash, generateKeyPairSync, sign, verify } from 'node:crypto';
import fc from 'fast-check';
import { chainHashOf, FIRST_PREV, leafHashOf } from './chain';
import {
  checkpointText,
  isKeyName,
  keyIdOf,
  signedNote,
  toBase64,
  verifierKey,
} from './note';
import {
  consistencyProof,
  GrowingTree,
  inclusionProof,
  isConsistent,
  isIncluded,
  rangesOf,
  rootOf,
} from './tree';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
const leavesOf = (count: number) =>
  Array.from({ length: count }, (_, index) =>
    leafHashOf(Buffer.from(String(index))),
  );

/** Inputs and roots of RFC 6962's reference, which RFC 9162 kept. */
const KNOWN_LEAVES = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
];
const KNOWN_ROOTS = [
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];

describe('the chain', () => {
  it('is what its definition says, byte by byte', () => {
    const body = Buffer.from('{"a":1}');
    const leaf = createHash('sha256')
      .update(Buffer.concat([Buffer.of(0), body]))
      .digest();
    expect(hex(leafHashOf(body))).toBe(leaf.toString('hex'));
    const seq = Buffer.from('00000000000001ff', 'hex');
    const chain = createHash('sha256')
      .update(Buffer.concat([FIRST_PREV, seq, leaf]))
      .digest();
    expect(hex(chainHashOf(FIRST_PREV, 511, leaf))).toBe(chain.toString('hex'));
  });

  it('refuses what could be read in two ways', () => {
    expect(() => chainHashOf(Buffer.alloc(31), 0, FIRST_PREV)).toThrow(
      '32 bytes',
    );
    expect(() => chainHashOf(FIRST_PREV, 0, Buffer.alloc(33))).toThrow(
      '32 bytes',
    );
    for (const seq of [-1, 0.5, 2 ** 53]) {
      expect(() => chainHashOf(FIRST_PREV, seq, FIRST_PREV)).toThrow(
        'No entry',
      );
    }
  });
});

describe('the tree', () => {
  it('has the roots of the reference', () => {
    const leaves = KNOWN_LEAVES.map(leaf =>
      leafHashOf(Buffer.from(leaf, 'hex')),
    );
    const tree = new GrowingTree();
    KNOWN_ROOTS.forEach((root, index) => {
      tree.add(leaves[index]);
      expect(hex(tree.root())).toBe(root);
      expect(hex(rootOf(rangesOf(leaves), index + 1))).toBe(root);
    });
  });

  it('grows on from what another one kept', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 130 }),
        fc.nat(130),
        (size, cut) => {
          const leaves = leavesOf(size);
          const first = new GrowingTree();
          leaves.slice(0, cut).forEach(leaf => first.add(leaf));
          const second = new GrowingTree({
            size: first.size,
            parts: first.parts,
          });
          leaves.slice(cut).forEach(leaf => second.add(leaf));
          expect(hex(second.root())).toBe(hex(rootOf(rangesOf(leaves), size)));
        },
      ),
    );
    expect(() => new GrowingTree({ size: 3, parts: [FIRST_PREV] })).toThrow(
      '2 parts',
    );
  });

  const sizes = fc
    .tuple(fc.integer({ min: 1, max: 200 }), fc.nat(199))
    .map(([size, index]) => ({ size, index: index % size }));

  it('shows every leaf, and no other in its place', () => {
    fc.assert(
      fc.property(sizes, ({ size, index }) => {
        const leaves = leavesOf(size);
        const hash = rangesOf(leaves);
        const root = rootOf(hash, size);
        const proof = inclusionProof(hash, index, size);
        expect(isIncluded(leaves[index], index, size, proof, root)).toBe(true);
        const wrong = leafHashOf(Buffer.from('wrong'));
        expect(isIncluded(wrong, index, size, proof, root)).toBe(false);
        expect(
          isIncluded(leaves[index], index, size, [...proof, wrong], root),
        ).toBe(false);
        expect(isIncluded(leaves[index], index, size, proof, wrong)).toBe(
          false,
        );
        expect(isIncluded(leaves[index], size, size, proof, root)).toBe(false);
        const changed = proof.map((_, at) => proof.with(at, wrong));
        const shorter = proof.length > 0 ? [proof.slice(1)] : [];
        for (const other of [...changed, ...shorter]) {
          expect(isIncluded(leaves[index], index, size, other, root)).toBe(
            false,
          );
        }
      }),
    );
  });

  it('shows every beginning, and nothing that is none', () => {
    fc.assert(
      fc.property(sizes, ({ size, index }) => {
        const hash = rangesOf(leavesOf(size));
        const old = { size: index + 1, root: rootOf(hash, index + 1) };
        const now = { size, root: rootOf(hash, size) };
        const proof = consistencyProof(hash, old.size, size);
        expect(isConsistent(old, now, proof)).toBe(true);
        const wrong = leafHashOf(Buffer.from('wrong'));
        expect(isConsistent({ ...old, root: wrong }, now, proof)).toBe(false);
        expect(isConsistent(old, { ...now, root: wrong }, proof)).toBe(false);
        expect(isConsistent(old, now, [...proof, wrong])).toBe(false);
        const changed = proof.map((_, at) => proof.with(at, wrong));
        const shorter = proof.length > 0 ? [proof.slice(1)] : [];
        for (const other of [...changed, ...shorter]) {
          expect(isConsistent(old, now, other)).toBe(false);
        }
      }),
    );
  });

  it('is never empty', () => {
    expect(() => new GrowingTree().root()).toThrow('no root');
    expect(() => rootOf(rangesOf([]), 0)).toThrow('no root');
    expect(
      isConsistent(
        { size: 0, root: FIRST_PREV },
        { size: 1, root: FIRST_PREV },
        [],
      ),
    ).toBe(false);
    expect(() => inclusionProof(rangesOf([]), 0, 0)).toThrow('no leaf');
    expect(() => consistencyProof(rangesOf([]), 0, 1)).toThrow('no beginning');
  });
});

describe('a checkpoint', () => {
  const root = leafHashOf(Buffer.from('x'));
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const raw = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32);

  it('is a note that anybody can check', () => {
    const text = checkpointText({
      origin: 'portal.example/cab',
      size: 7,
      root,
    });
    expect(text).toBe(`portal.example/cab\n7\n${toBase64(root)}\n`);
    const note = signedNote(
      text,
      'portal.example/cab',
      raw,
      sign(null, Buffer.from(text), privateKey),
    );
    const [, line] = note.split('\n\n');
    const [dash, name, signed] = line.trim().split(' ');
    expect([dash, name]).toEqual(['—', 'portal.example/cab']);
    const bytes = Buffer.from(signed, 'base64');
    expect(bytes.subarray(0, 4)).toEqual(Buffer.from(keyIdOf(name, raw)));
    expect(verify(null, Buffer.from(text), publicKey, bytes.subarray(4))).toBe(
      true,
    );
    expect(verifierKey(name, raw)).toMatch(
      /^portal\.example\/cab\+[0-9a-f]{8}\+A/,
    );
  });

  it('is of something, and has a name', () => {
    expect(() => checkpointText({ origin: 'a', size: 0, root })).toThrow(
      'not signed',
    );
    expect(() => checkpointText({ origin: 'a b', size: 1, root })).toThrow(
      'no spaces',
    );
    expect(() =>
      checkpointText({ origin: 'a', size: 1, root: root.slice(1) }),
    ).toThrow('32 bytes');
    expect(() => signedNote('x', 'a', raw, Buffer.alloc(63))).toThrow(
      '64 bytes',
    );
    expect(isKeyName('a+b')).toBe(false);
    expect(isKeyName('')).toBe(false);
  });
});
