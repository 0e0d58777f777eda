/** Where the embedded AWS and moto differ on purpose: question and path → why. An entry that is not met is a failure. */
export const KNOWN: Readonly<Record<string, string>> = {
  'dynamodb:DescribeTimeToLive that is not there: error':
    'moto says ResourceNotFound; the API reference and the SDK have ResourceNotFoundException alone',
  'iam:SimulatePrincipalPolicy of a role: error': 'moto 5.2.1 does not have it',
  'secretsmanager:DescribeSecret that is not there: error':
    'moto answers 404; the API reference says 400, as JSON 1.1 has it for every error of a client',
};
