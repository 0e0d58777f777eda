/** AWS is only read: what is not listed never leaves. */
import { expect, test } from 'vitest';
import { createAws } from './aws.ts';
import { minimalPolicy } from './aws-actions.ts';
import { openDoor } from './open-door.ts';
import { scriptedServer } from './scripted-server.ts';

test.each(['never', 'namespace'] as const)('an operation that is not listed is refused unsent, writes: %s', async (writes) => {
  await using server = await scriptedServer((_request, response) => response.end('{}'));
  await using door = openDoor({ origins: [server.origin], writes, deadlineMs: 5_000, bodyLimit: 1_000 }, null);
  const keys = async () => ({ accessKeyId: 'AKIATEST', secretAccessKey: 'secret-of-the-test' });
  const ecs = await createAws(door, { endpoint: server.origin, region: 'us-east-1', keys }).client('ecs');
  await expect(ecs.updateService({ service: 'web', desiredCount: 0 })).rejects.toMatchObject({ name: 'WireError', failure: 'refused' });
  expect(server.seen).toEqual([]);
  await ecs.describeServices({ services: ['web'] });
  expect(server.seen).toHaveLength(1);
});

test('the smallest policy names each action once, sorted, and nothing for what needs none', () => {
  expect(minimalPolicy(['sts:GetCallerIdentity', 's3:GetBucketEncryption', 'ecs:DescribeTasks', 'ecs:DescribeTasks'])).toEqual({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: ['ecs:DescribeTasks', 's3:GetEncryptionConfiguration'], Resource: '*' }],
  });
});
