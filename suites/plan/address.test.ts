/** Indices go, whatever their keys hold; nothing else does. */
import { expect, test } from 'vitest';
import { withoutIndices } from './address.ts';

test.each([
  ['aws_lb.front', 'aws_lb.front'],
  ['aws_lb.front[0]', 'aws_lb.front'],
  ['module.web["eu.west"].aws_lb.front[12].dns_name', 'module.web.aws_lb.front.dns_name'],
  ['aws_lb.front["a]b"]', 'aws_lb.front'],
  ['aws_lb.front["a\\"]b\\\\"]', 'aws_lb.front'],
  ['LogicalId', 'LogicalId'],
])('%s', (address, bare) => {
  expect(withoutIndices(address)).toBe(bare);
});
