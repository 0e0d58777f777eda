/** How long AWS lets names be: each limit with the request of the API reference that states it. Characters, both ends included. */

export interface NameLimit {
  readonly terraform: string;
  readonly attribute: string;
  readonly cloudformation: string;
  readonly property: string;
  readonly least: number;
  readonly most: number;
  /** Service and request of the AWS API reference whose parameter has the limit. */
  readonly source: string;
}

const limit = (
  terraform: string,
  attribute: string,
  cloudformation: string,
  property: string,
  [least, most]: readonly [number, number],
  source: string,
): NameLimit => ({ terraform, attribute, cloudformation: `AWS::${cloudformation}`, property, least, most, source });

export const nameLimits: readonly NameLimit[] = [
  limit(
    'aws_apprunner_auto_scaling_configuration_version',
    'auto_scaling_configuration_name',
    'AppRunner::AutoScalingConfiguration',
    'AutoScalingConfigurationName',
    [4, 32],
    'App Runner CreateAutoScalingConfiguration',
  ),
  limit('aws_apprunner_connection', 'connection_name', 'AppRunner::Connection', 'ConnectionName', [4, 32], 'App Runner CreateConnection'),
  limit(
    'aws_apprunner_observability_configuration',
    'observability_configuration_name',
    'AppRunner::ObservabilityConfiguration',
    'ObservabilityConfigurationName',
    [4, 32],
    'App Runner CreateObservabilityConfiguration',
  ),
  limit('aws_apprunner_service', 'service_name', 'AppRunner::Service', 'ServiceName', [4, 40], 'App Runner CreateService'),
  limit(
    'aws_apprunner_vpc_connector',
    'vpc_connector_name',
    'AppRunner::VpcConnector',
    'VpcConnectorName',
    [4, 40],
    'App Runner CreateVpcConnector',
  ),
  limit(
    'aws_apprunner_vpc_ingress_connection',
    'name',
    'AppRunner::VpcIngressConnection',
    'VpcIngressConnectionName',
    [4, 40],
    'App Runner CreateVpcIngressConnection',
  ),
  limit('aws_lb', 'name', 'ElasticLoadBalancingV2::LoadBalancer', 'Name', [1, 32], 'Elastic Load Balancing CreateLoadBalancer'),
  limit('aws_alb', 'name', 'ElasticLoadBalancingV2::LoadBalancer', 'Name', [1, 32], 'Elastic Load Balancing CreateLoadBalancer'),
  limit('aws_lb_target_group', 'name', 'ElasticLoadBalancingV2::TargetGroup', 'Name', [1, 32], 'Elastic Load Balancing CreateTargetGroup'),
  limit(
    'aws_elb',
    'name',
    'ElasticLoadBalancing::LoadBalancer',
    'LoadBalancerName',
    [1, 32],
    'Elastic Load Balancing CreateLoadBalancer (2012-06-01)',
  ),
  limit('aws_iam_role', 'name', 'IAM::Role', 'RoleName', [1, 64], 'IAM CreateRole'),
  limit('aws_iam_user', 'name', 'IAM::User', 'UserName', [1, 64], 'IAM CreateUser'),
  limit('aws_iam_group', 'name', 'IAM::Group', 'GroupName', [1, 128], 'IAM CreateGroup'),
  limit('aws_iam_policy', 'name', 'IAM::ManagedPolicy', 'ManagedPolicyName', [1, 128], 'IAM CreatePolicy'),
  limit('aws_iam_instance_profile', 'name', 'IAM::InstanceProfile', 'InstanceProfileName', [1, 128], 'IAM CreateInstanceProfile'),
  limit('aws_s3_bucket', 'bucket', 'S3::Bucket', 'BucketName', [3, 63], 'S3 CreateBucket, bucket naming rules'),
  limit('aws_lambda_function', 'function_name', 'Lambda::Function', 'FunctionName', [1, 64], 'Lambda CreateFunction'),
  limit('aws_db_instance', 'identifier', 'RDS::DBInstance', 'DBInstanceIdentifier', [1, 63], 'RDS CreateDBInstance'),
  limit('aws_rds_cluster', 'cluster_identifier', 'RDS::DBCluster', 'DBClusterIdentifier', [1, 63], 'RDS CreateDBCluster'),
  limit('aws_db_subnet_group', 'name', 'RDS::DBSubnetGroup', 'DBSubnetGroupName', [1, 255], 'RDS CreateDBSubnetGroup'),
  limit(
    'aws_elasticache_replication_group',
    'replication_group_id',
    'ElastiCache::ReplicationGroup',
    'ReplicationGroupId',
    [1, 40],
    'ElastiCache CreateReplicationGroup',
  ),
  limit('aws_opensearch_domain', 'domain_name', 'OpenSearchService::Domain', 'DomainName', [3, 28], 'OpenSearch Service CreateDomain'),
  limit('aws_ecr_repository', 'name', 'ECR::Repository', 'RepositoryName', [2, 256], 'ECR CreateRepository'),
  limit('aws_ecs_cluster', 'name', 'ECS::Cluster', 'ClusterName', [1, 255], 'ECS CreateCluster'),
  limit('aws_ecs_service', 'name', 'ECS::Service', 'ServiceName', [1, 255], 'ECS CreateService'),
  limit('aws_ecs_task_definition', 'family', 'ECS::TaskDefinition', 'Family', [1, 255], 'ECS RegisterTaskDefinition'),
  limit('aws_dynamodb_table', 'name', 'DynamoDB::Table', 'TableName', [3, 255], 'DynamoDB CreateTable'),
  limit('aws_sqs_queue', 'name', 'SQS::Queue', 'QueueName', [1, 80], 'SQS CreateQueue'),
  limit('aws_sns_topic', 'name', 'SNS::Topic', 'TopicName', [1, 256], 'SNS CreateTopic'),
  limit('aws_sfn_state_machine', 'name', 'StepFunctions::StateMachine', 'StateMachineName', [1, 80], 'Step Functions CreateStateMachine'),
  limit('aws_kinesis_stream', 'name', 'Kinesis::Stream', 'Name', [1, 128], 'Kinesis CreateStream'),
  limit('aws_cloudwatch_log_group', 'name', 'Logs::LogGroup', 'LogGroupName', [1, 512], 'CloudWatch Logs CreateLogGroup'),
  limit('aws_cloudwatch_metric_alarm', 'alarm_name', 'CloudWatch::Alarm', 'AlarmName', [1, 255], 'CloudWatch PutMetricAlarm'),
  limit('aws_cloudwatch_event_rule', 'name', 'Events::Rule', 'Name', [1, 64], 'EventBridge PutRule'),
  limit('aws_security_group', 'name', 'EC2::SecurityGroup', 'GroupName', [1, 255], 'EC2 CreateSecurityGroup'),
  limit('aws_cognito_user_pool', 'name', 'Cognito::UserPool', 'UserPoolName', [1, 128], 'Cognito CreateUserPool'),
  limit('aws_cognito_user_pool_client', 'name', 'Cognito::UserPoolClient', 'ClientName', [1, 128], 'Cognito CreateUserPoolClient'),
  limit('aws_secretsmanager_secret', 'name', 'SecretsManager::Secret', 'Name', [1, 512], 'Secrets Manager CreateSecret'),
  limit('aws_apigatewayv2_api', 'name', 'ApiGatewayV2::Api', 'Name', [1, 128], 'API Gateway v2 CreateApi'),
  limit('aws_eks_cluster', 'name', 'EKS::Cluster', 'Name', [1, 100], 'EKS CreateCluster'),
  limit('aws_launch_template', 'name', 'EC2::LaunchTemplate', 'LaunchTemplateName', [3, 128], 'EC2 CreateLaunchTemplate'),
];
