/** Names as people, Docker and containerd write them. */
import { expect, test } from 'vitest';
import { isSameName, isSameRepository } from './same-image.ts';

const digest = `sha256:${'ab'.repeat(32)}`;

test.each([
  ['shop', 'docker.io/library/shop:1.4.0', true, true],
  ['localhost:5000/shop', `localhost:5000/shop:1.4.0@${digest}`, true, true],
  ['registry.acme.io/team/shop:1', 'registry.acme.io/shop:1', false, true],
  ['registry.acme.io/shop', `mirror.acme.io/shop@${digest}`, false, true],
  ['registry.acme.io/shop:1', 'registry.acme.io/workshop:1', false, false],
  ['image 1', 'image 1', false, false],
  [`\${stack.Repository}:1`, `\${stack.Repository}:1`, false, false],
])('%s and %s', (one, other, sameRepository, sameName) => {
  expect([isSameRepository(one, other), isSameName(one, other)]).toEqual([sameRepository, sameName]);
});
