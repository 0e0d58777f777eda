/** Where a registry keeps what in its bucket (quilt-protocol.md, Packages in S3). */

export const POINTERS = '.quilt/named_packages/';
export const LATEST = 'latest';
export const WORKFLOWS = '.quilt/workflows/config.yml';

export const pointersOf = (name: string): string => `${POINTERS}${name}/`;
export const pointerKey = (name: string, tag: string): string => `${POINTERS}${name}/${tag}`;
export const manifestKey = (topHash: string): string => `.quilt/packages/${topHash}`;
