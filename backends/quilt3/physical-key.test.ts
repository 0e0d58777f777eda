import { describe, expect, it } from 'vitest';
import { parsePhysicalKey, printPhysicalKey } from './physical-key.ts';

describe('a physical key', () => {
  it.each([
    ['s3://b/a.csv', { bucket: 'b', key: 'a.csv', versionId: null }],
    ['s3://b/a.csv?versionId=v.1_x', { bucket: 'b', key: 'a.csv', versionId: 'v.1_x' }],
    ['s3://b/d/%C3%A4%20%2B%25%3F%23.txt', { bucket: 'b', key: 'd/ä +%?#.txt', versionId: null }],
    ['s3://b/100%.csv', { bucket: 'b', key: '100%.csv', versionId: null }],
    ['s3://b/a+b', { bucket: 'b', key: 'a+b', versionId: null }],
    ['s3://b', { bucket: 'b', key: '', versionId: null }],
    ['s3://b/a?versionId=', { bucket: 'b', key: 'a', versionId: null }],
  ])('%s is read', (url, expected) => {
    expect(parsePhysicalKey(url)).toEqual(expected);
  });

  it.each(['s3://', 's3:///a', 'https://b/a', 'b/a', 's3://b/a?version=1', 's3://b/a?versionId=1&x=2', ''])('%j is none', (url) => {
    expect(parsePhysicalKey(url)).toBeNull();
  });

  // What quilt3 8.0.0 writes for the same key.
  it.each([
    ['a b+c%d?e#f.txt', 's3://b/a%20b%2Bc%25d%3Fe%23f.txt'],
    ["(!*'~).txt", 's3://b/%28%21%2A%27~%29.txt'],
    ['ä/🧬', 's3://b/%C3%A4/%F0%9F%A7%AC'],
  ])('%s is written as quilt3 writes it, and read back', (key, url) => {
    expect(printPhysicalKey({ bucket: 'b', key, versionId: null })).toBe(url);
    expect(parsePhysicalKey(url)?.key).toBe(key);
  });
});
