/** D-18: a bucket without encryption, versioning or public-access block. */
import type { Resource } from '../../fixtures/target.ts';
import type { Statement } from '../case/check.ts';
import { resourceCheck } from '../case/resource-check.ts';
import { orMissing, told } from './answers.ts';
import { stateThat } from './state-that.ts';

const BLOCKS = ['BlockPublicAcls', 'IgnorePublicAcls', 'BlockPublicPolicy', 'RestrictPublicBuckets'] as const;

export default resourceCheck<'storage', Resource<'storage'>>({
  title: 'the bucket is encrypted, versioned and closed to the public as the target says',
  level: 'must',
  incidents: ['D-18'],
  of: 'storage',
  async ask({ resource: { name, encryption, versioning, blocksPublicAccess }, aws }) {
    const s3 = await aws.client('s3');
    const Bucket = name;
    const versions = await orMissing(s3.getBucketVersioning({ Bucket }), ['NoSuchBucket']);
    if (versions === null) return [{ what: `bucket ${name}`, expected: 'a bucket', got: 'none', mend: 'deploy it, or correct its name' }];
    const encrypted = await orMissing(s3.getBucketEncryption({ Bucket }), ['ServerSideEncryptionConfigurationNotFoundError']);
    const rules = encrypted === null ? [] : told(encrypted.ServerSideEncryptionConfiguration?.Rules, `encryption of bucket ${name}`);
    const algorithm = rules[0]?.ApplyServerSideEncryptionByDefault?.SSEAlgorithm ?? 'none';
    const fits =
      encryption === 'any' ? algorithm !== 'none' : algorithm === encryption || (encryption === 'aws:kms' && algorithm === 'aws:kms:dsse');
    const statements: Statement[] = [
      stateThat(fits, {
        what: `encryption of bucket ${name}`,
        expected: encryption,
        got: algorithm,
        mend: `set default encryption of ${name}`,
      }),
    ];
    const word = versions.Status ?? 'never enabled';
    // Not versioned is what a bucket is that was told so, or never told otherwise.
    statements.push(
      stateThat((word === 'Enabled') === versioning, {
        what: `versioning of bucket ${name}`,
        expected: versioning ? 'Enabled' : 'not Enabled',
        got: word,
        mend: `set versioning of ${name}`,
      }),
    );
    if (!blocksPublicAccess) return statements;
    const block = await orMissing(s3.getPublicAccessBlock({ Bucket }), ['NoSuchPublicAccessBlockConfiguration']);
    const set = block === null ? {} : told(block.PublicAccessBlockConfiguration, `public-access block of bucket ${name}`);
    const off = BLOCKS.filter((one) => set[one] !== true);
    statements.push(
      stateThat(off.length === 0, {
        what: `public-access block of bucket ${name}`,
        expected: 'all four on',
        got: `off: ${off.join(', ')}`,
        mend: `switch them on for ${name}`,
      }),
    );
    return statements;
  },
});
