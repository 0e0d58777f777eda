/**
 * The AWS operations that may be sent, and the IAM actions that each needs: nothing else leaves. All of them read; a sign-in makes a token and changes
 * nothing that is deployed. From the service authorization reference of AWS.
 */
export const AWS_ACTIONS: Readonly<Record<string, readonly string[]>> = {
  'apprunner:DescribeService': ['apprunner:DescribeService'],
  'apprunner:DescribeVpcConnector': ['apprunner:DescribeVpcConnector'],
  'apprunner:ListOperations': ['apprunner:ListOperations'],
  'apprunner:ListServices': ['apprunner:ListServices'],
  'cloudformation:DescribeStackEvents': ['cloudformation:DescribeStackEvents'],
  'cloudformation:DescribeStackResources': ['cloudformation:DescribeStackResources'],
  'cloudformation:DescribeStacks': ['cloudformation:DescribeStacks'],
  'cloudformation:ListStackResources': ['cloudformation:ListStackResources'],
  'cognito-idp:AdminGetUser': ['cognito-idp:AdminGetUser'],
  'cognito-idp:AdminInitiateAuth': ['cognito-idp:AdminInitiateAuth'],
  'cognito-idp:DescribeUserPool': ['cognito-idp:DescribeUserPool'],
  'cognito-idp:DescribeUserPoolClient': ['cognito-idp:DescribeUserPoolClient'],
  // Anyone may sign in with a client id and a password.
  'cognito-idp:InitiateAuth': [],
  'dynamodb:DescribeTable': ['dynamodb:DescribeTable'],
  'dynamodb:DescribeTimeToLive': ['dynamodb:DescribeTimeToLive'],
  'ecr:BatchGetImage': ['ecr:BatchGetImage'],
  'ecr:DescribeImages': ['ecr:DescribeImages'],
  'ecr:GetDownloadUrlForLayer': ['ecr:GetDownloadUrlForLayer'],
  'ecs:DescribeServices': ['ecs:DescribeServices'],
  'ecs:DescribeTaskDefinition': ['ecs:DescribeTaskDefinition'],
  'ecs:DescribeTasks': ['ecs:DescribeTasks'],
  'ecs:ListServices': ['ecs:ListServices'],
  'ecs:ListTasks': ['ecs:ListTasks'],
  'iam:GetPolicy': ['iam:GetPolicy'],
  'iam:GetPolicyVersion': ['iam:GetPolicyVersion'],
  'iam:GetRolePolicy': ['iam:GetRolePolicy'],
  'iam:ListAttachedRolePolicies': ['iam:ListAttachedRolePolicies'],
  'iam:SimulatePrincipalPolicy': ['iam:SimulatePrincipalPolicy'],
  'lambda:GetAlias': ['lambda:GetAlias'],
  'lambda:GetFunction': ['lambda:GetFunction'],
  'lambda:GetFunctionConfiguration': ['lambda:GetFunctionConfiguration'],
  'logs:DescribeLogGroups': ['logs:DescribeLogGroups'],
  'logs:FilterLogEvents': ['logs:FilterLogEvents'],
  's3:GetBucketEncryption': ['s3:GetEncryptionConfiguration'],
  's3:GetBucketVersioning': ['s3:GetBucketVersioning'],
  's3:GetPublicAccessBlock': ['s3:GetBucketPublicAccessBlock'],
  'secretsmanager:DescribeSecret': ['secretsmanager:DescribeSecret'],
  // Needs no permission, and none can take it away.
  'sts:GetCallerIdentity': [],
};

/** The smallest IAM policy under which these operations (`ecs:DescribeServices`) are allowed, actions sorted. */
export function minimalPolicy(operations: readonly string[]): object {
  const actions = [...new Set(operations.flatMap((operation) => AWS_ACTIONS[operation] ?? []))].sort();
  return { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: actions, Resource: '*' }] };
}
