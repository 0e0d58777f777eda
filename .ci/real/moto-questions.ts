/** What both the embedded AWS and moto are asked: every operation that both have, of what is there and of what is not. */
import type { Aws, AwsClients, AwsService } from '../../backends/wire/aws.ts';

/** Ids that each side chose itself. */
export interface Names {
  readonly userPoolId: string;
  readonly clientId: string;
}

/** One call of one operation. */
export interface Question {
  /** `service:Operation`, and of what. */
  readonly name: string;
  ask(aws: Aws, names: Names): Promise<unknown>;
}

function question<S extends AwsService>(
  service: S,
  operation: string,
  of: string,
  ask: (client: AwsClients[S], names: Names) => Promise<unknown>,
): Question {
  return { name: `${service}:${operation} ${of}`, ask: async (aws, names) => ask(await aws.client(service), names) };
}

const bucket = 'shop-uploads-123456789012';
const repositoryName = 'shop/web';
const FunctionName = 'shop-thumbnails';
const role = 'arn:aws:iam::123456789012:role/shop-deploy';
const PolicyArn = 'arn:aws:iam::123456789012:policy/shop-task';
const user = 'probe@shop.example.com';
const right = { USERNAME: user, PASSWORD: 'embedded-Probe-1' };
const wrong = { USERNAME: user, PASSWORD: 'wrong' };

export const QUESTIONS: readonly Question[] = [
  question('sts', 'GetCallerIdentity', 'of the caller', (sts) => sts.getCallerIdentity({})),
  question('cloudformation', 'DescribeStacks', 'by name', (cf) => cf.describeStacks({ StackName: 'shop' })),
  question('cloudformation', 'DescribeStacks', 'of all', (cf) => cf.describeStacks({})),
  question('cloudformation', 'DescribeStacks', 'that is not there', (cf) => cf.describeStacks({ StackName: 'gone' })),
  question('cloudformation', 'DescribeStackEvents', 'by name', (cf) => cf.describeStackEvents({ StackName: 'shop' })),
  question('cloudformation', 'DescribeStackEvents', 'that is not there', (cf) => cf.describeStackEvents({ StackName: 'gone' })),
  question('cloudformation', 'DescribeStackResources', 'by name', (cf) => cf.describeStackResources({ StackName: 'shop' })),
  question('cloudformation', 'DescribeStackResources', 'that is not there', (cf) => cf.describeStackResources({ StackName: 'gone' })),
  question('cloudformation', 'ListStackResources', 'by name', (cf) => cf.listStackResources({ StackName: 'shop' })),
  question('cloudformation', 'ListStackResources', 'that is not there', (cf) => cf.listStackResources({ StackName: 'gone' })),
  question('ecs', 'DescribeServices', 'by name', (ecs) => ecs.describeServices({ cluster: 'shop', services: ['web'] })),
  question('ecs', 'DescribeServices', 'that is not there', (ecs) => ecs.describeServices({ cluster: 'shop', services: ['gone'] })),
  question('ecs', 'DescribeServices', 'of no cluster', (ecs) => ecs.describeServices({ cluster: 'gone', services: ['web'] })),
  question('ecs', 'ListServices', 'of a cluster', (ecs) => ecs.listServices({ cluster: 'shop' })),
  question('ecs', 'ListServices', 'of no cluster', (ecs) => ecs.listServices({ cluster: 'gone' })),
  question('ecs', 'ListTasks', 'of a cluster', (ecs) => ecs.listTasks({ cluster: 'shop' })),
  question('ecs', 'ListTasks', 'of no cluster', (ecs) => ecs.listTasks({ cluster: 'gone' })),
  question('ecs', 'DescribeTasks', 'as listed', async (ecs) => {
    const { taskArns } = await ecs.listTasks({ cluster: 'shop' });
    return ecs.describeTasks({ cluster: 'shop', tasks: taskArns });
  }),
  question('ecs', 'DescribeTasks', 'that is not there', (ecs) => ecs.describeTasks({ cluster: 'shop', tasks: ['0'.repeat(32)] })),
  question('ecs', 'DescribeTasks', 'of none', (ecs) => ecs.describeTasks({ cluster: 'shop', tasks: [] })),
  question('ecs', 'DescribeTaskDefinition', 'by family', (ecs) => ecs.describeTaskDefinition({ taskDefinition: 'web' })),
  question('ecs', 'DescribeTaskDefinition', 'that is not there', (ecs) => ecs.describeTaskDefinition({ taskDefinition: 'gone:1' })),
  question('ecr', 'DescribeImages', 'of a repository', (ecr) => ecr.describeImages({ repositoryName })),
  question('ecr', 'DescribeImages', 'by tag', (ecr) => ecr.describeImages({ repositoryName, imageIds: [{ imageTag: '1.4.0' }] })),
  question('ecr', 'DescribeImages', 'that is not there', (ecr) => ecr.describeImages({ repositoryName, imageIds: [{ imageTag: 'gone' }] })),
  question('ecr', 'DescribeImages', 'of no repository', (ecr) => ecr.describeImages({ repositoryName: 'gone' })),
  question('ecr', 'BatchGetImage', 'by tag', (ecr) => ecr.batchGetImage({ repositoryName, imageIds: [{ imageTag: '1.4.0' }] })),
  question('ecr', 'BatchGetImage', 'that is not there', (ecr) => ecr.batchGetImage({ repositoryName, imageIds: [{ imageTag: 'gone' }] })),
  question('ecr', 'BatchGetImage', 'of no repository', (ecr) =>
    ecr.batchGetImage({ repositoryName: 'gone', imageIds: [{ imageTag: 'a' }] }),
  ),
  question('dynamodb', 'DescribeTable', 'by name', (db) => db.describeTable({ TableName: 'shop-sessions' })),
  question('dynamodb', 'DescribeTable', 'that is not there', (db) => db.describeTable({ TableName: 'gone' })),
  question('dynamodb', 'DescribeTimeToLive', 'by name', (db) => db.describeTimeToLive({ TableName: 'shop-sessions' })),
  question('dynamodb', 'DescribeTimeToLive', 'that is not there', (db) => db.describeTimeToLive({ TableName: 'gone' })),
  question('s3', 'GetBucketEncryption', 'of a bucket', (s3) => s3.getBucketEncryption({ Bucket: bucket })),
  question('s3', 'GetBucketEncryption', 'of no bucket', (s3) => s3.getBucketEncryption({ Bucket: 'shop-gone' })),
  question('s3', 'GetBucketVersioning', 'of a bucket', (s3) => s3.getBucketVersioning({ Bucket: bucket })),
  question('s3', 'GetBucketVersioning', 'that was never on', (s3) => s3.getBucketVersioning({ Bucket: 'shop-bare' })),
  question('s3', 'GetBucketVersioning', 'of no bucket', (s3) => s3.getBucketVersioning({ Bucket: 'shop-gone' })),
  question('s3', 'GetPublicAccessBlock', 'of a bucket', (s3) => s3.getPublicAccessBlock({ Bucket: bucket })),
  question('s3', 'GetPublicAccessBlock', 'that was never set', (s3) => s3.getPublicAccessBlock({ Bucket: 'shop-bare' })),
  question('s3', 'GetPublicAccessBlock', 'of no bucket', (s3) => s3.getPublicAccessBlock({ Bucket: 'shop-gone' })),
  question('lambda', 'GetFunction', 'by name', (lambda) => lambda.getFunction({ FunctionName })),
  question('lambda', 'GetFunction', 'by alias', (lambda) => lambda.getFunction({ FunctionName, Qualifier: 'live' })),
  question('lambda', 'GetFunction', 'that is not there', (lambda) => lambda.getFunction({ FunctionName: 'gone' })),
  question('lambda', 'GetFunctionConfiguration', 'by name', (lambda) => lambda.getFunctionConfiguration({ FunctionName })),
  question('lambda', 'GetFunctionConfiguration', 'that is not there', (lambda) =>
    lambda.getFunctionConfiguration({ FunctionName: 'gone' }),
  ),
  question('lambda', 'GetAlias', 'by name', (lambda) => lambda.getAlias({ FunctionName, Name: 'live' })),
  question('lambda', 'GetAlias', 'that is not there', (lambda) => lambda.getAlias({ FunctionName, Name: 'gone' })),
  question('logs', 'DescribeLogGroups', 'by prefix', (logs) => logs.describeLogGroups({ logGroupNamePrefix: '/shop' })),
  question('logs', 'DescribeLogGroups', 'of none', (logs) => logs.describeLogGroups({ logGroupNamePrefix: '/gone' })),
  question('logs', 'FilterLogEvents', 'of a group', (logs) => logs.filterLogEvents({ logGroupName: '/shop/web' })),
  question('logs', 'FilterLogEvents', 'by a term', (logs) =>
    logs.filterLogEvents({ logGroupName: '/shop/web', filterPattern: 'listening' }),
  ),
  question('logs', 'FilterLogEvents', 'of no group', (logs) => logs.filterLogEvents({ logGroupName: '/gone' })),
  question('iam', 'GetRolePolicy', 'by name', (iam) => iam.getRolePolicy({ RoleName: 'shop-deploy', PolicyName: 'deploy' })),
  question('iam', 'GetRolePolicy', 'that is not there', (iam) => iam.getRolePolicy({ RoleName: 'shop-deploy', PolicyName: 'gone' })),
  question('iam', 'GetRolePolicy', 'of no role', (iam) => iam.getRolePolicy({ RoleName: 'gone', PolicyName: 'deploy' })),
  question('iam', 'GetPolicy', 'by ARN', (iam) => iam.getPolicy({ PolicyArn })),
  question('iam', 'GetPolicy', 'that is not there', (iam) => iam.getPolicy({ PolicyArn: `${PolicyArn}-gone` })),
  question('iam', 'GetPolicyVersion', 'by id', (iam) => iam.getPolicyVersion({ PolicyArn, VersionId: 'v1' })),
  question('iam', 'GetPolicyVersion', 'that is not there', (iam) => iam.getPolicyVersion({ PolicyArn, VersionId: 'v9' })),
  question('iam', 'SimulatePrincipalPolicy', 'of a role', (iam) =>
    iam.simulatePrincipalPolicy({ PolicySourceArn: role, ActionNames: ['ecs:UpdateService', 'iam:CreateUser'] }),
  ),
  question('cognito-idp', 'DescribeUserPool', 'by id', (idp, { userPoolId }) => idp.describeUserPool({ UserPoolId: userPoolId })),
  question('cognito-idp', 'DescribeUserPool', 'that is not there', (idp) => idp.describeUserPool({ UserPoolId: 'us-east-1_Gone' })),
  question('cognito-idp', 'DescribeUserPoolClient', 'by id', (idp, { userPoolId, clientId }) =>
    idp.describeUserPoolClient({ UserPoolId: userPoolId, ClientId: clientId }),
  ),
  question('cognito-idp', 'DescribeUserPoolClient', 'that is not there', (idp, { userPoolId }) =>
    idp.describeUserPoolClient({ UserPoolId: userPoolId, ClientId: 'gone' }),
  ),
  question('cognito-idp', 'AdminGetUser', 'by name', (idp, { userPoolId }) => idp.adminGetUser({ UserPoolId: userPoolId, Username: user })),
  question('cognito-idp', 'AdminGetUser', 'that is not there', (idp, { userPoolId }) =>
    idp.adminGetUser({ UserPoolId: userPoolId, Username: 'gone' }),
  ),
  question('cognito-idp', 'InitiateAuth', 'with the password', (idp, { clientId }) =>
    idp.initiateAuth({ ClientId: clientId, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters: right }),
  ),
  question('cognito-idp', 'InitiateAuth', 'with a wrong password', (idp, { clientId }) =>
    idp.initiateAuth({ ClientId: clientId, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters: wrong }),
  ),
  question('cognito-idp', 'InitiateAuth', 'of no client', (idp) =>
    idp.initiateAuth({ ClientId: 'gone', AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters: right }),
  ),
  question('cognito-idp', 'AdminInitiateAuth', 'with the password', (idp, { userPoolId, clientId }) =>
    idp.adminInitiateAuth({ UserPoolId: userPoolId, ClientId: clientId, AuthFlow: 'ADMIN_USER_PASSWORD_AUTH', AuthParameters: right }),
  ),
  question('cognito-idp', 'AdminInitiateAuth', 'with a wrong password', (idp, { userPoolId, clientId }) =>
    idp.adminInitiateAuth({ UserPoolId: userPoolId, ClientId: clientId, AuthFlow: 'ADMIN_USER_PASSWORD_AUTH', AuthParameters: wrong }),
  ),
  question('secretsmanager', 'DescribeSecret', 'by name', (secrets) => secrets.describeSecret({ SecretId: 'shop/database' })),
  question('secretsmanager', 'DescribeSecret', 'that is not there', (secrets) => secrets.describeSecret({ SecretId: 'gone' })),
];
