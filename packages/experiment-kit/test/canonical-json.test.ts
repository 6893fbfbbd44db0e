import { describe, expect, it } from '@jest/globals';

import { canonicalJson, digestOf } from '../src/canonical-json';

describe('canonicalJson', () => {
  it('sorts keys at every depth and keeps the order of arrays', () => {
    expect(canonicalJson({ b: [2, { d: 1, c: [] }], a: null })).toBe('{"a":null,"b":[2,{"c":[],"d":1}]}');
  });

  it('leaves out undefined members, as JSON does', () => {
    expect(canonicalJson({ a: undefined, b: 1 })).toBe(canonicalJson(JSON.parse(JSON.stringify({ b: 1, a: undefined }))));
  });

  it('tells numbers from text', () => {
    expect(canonicalJson({ a: 1 })).not.toBe(canonicalJson({ a: '1' }));
  });
});

describe('digestOf', () => {
  it('is the SHA-256 of the canonical text', () => {
    // printf '{"a":1,"b":2}' | sha256sum
    expect(digestOf({ b: 2, a: 1 })).toBe('43258cff783fe7036d8a43033f830adfc60ec037382473548ac742b888292777');
  });
});
