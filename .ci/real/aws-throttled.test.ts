/** With one call in five throttled no call through the door is lost, and each throttled one is an exchange of its own. */
import { expect, test } from 'vitest';
import { createAws } from '../../backends/wire/aws.ts';
import { openDoor } from '../../backends/wire/open-door.ts';
import { startTestAws, TEST_KEYS } from '../../fixtures/embedded/aws/test-aws.ts';

test('400 calls at once, one in five throttled', async () => {
  await using aws = await startTestAws();
  aws.server.world.addFault({ every: 5, answer: { kind: 'throttle' } });
  await using door = openDoor({ origins: [aws.server.url], writes: 'never', deadlineMs: 20_000, bodyLimit: 1024 * 1024 }, null);
  const dynamodb = await createAws(door, { endpoint: aws.server.url, region: 'us-east-1', keys: async () => TEST_KEYS }).client('dynamodb');
  const asked = Array.from({ length: 400 }, () => dynamodb.describeTable({ TableName: 'shop-orders' }));
  const names = (await Promise.all(asked)).map(({ Table }) => Table?.TableName);
  expect(names).toEqual(Array(400).fill('shop-orders'));
  const throttled = door.exchanges.filter(({ response }) => response?.status === 400);
  expect([door.exchanges.length, throttled.length]).toEqual([499, 99]);
});
