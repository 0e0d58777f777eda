"""Starts moto's server on a port of its own, makes the resources of `fixtures/embedded/aws/healthy-stack.yaml` there as far as moto has them, prints one
line of JSON with the endpoint and the ids that moto chose, and ends when stdin closes."""

import io
import json
import sys
import time
import zipfile

import boto3
from moto.server import ThreadedMotoServer

ACCOUNT = "123456789012"
REGION = "us-east-1"

TEMPLATE = {
    "Description": "The shop",
    "Parameters": {"Stage": {"Type": "String"}},
    "Resources": {
        "Sessions": {
            "Type": "AWS::DynamoDB::Table",
            "Properties": {
                "TableName": "shop-from-stack",
                "BillingMode": "PAY_PER_REQUEST",
                "AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"}],
                "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}],
            },
        },
        "Uploads": {"Type": "AWS::S3::Bucket", "Properties": {"BucketName": "shop-from-stack"}},
    },
    "Outputs": {"SessionsTable": {"Value": {"Ref": "Sessions"}}, "UploadsBucket": {"Value": {"Ref": "Uploads"}}},
}
POLICY = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "ecs:*", "Resource": "*"}]}
TRUST = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}],
}
MANIFEST = {
    "schemaVersion": 2,
    "mediaType": "application/vnd.oci.image.manifest.v1+json",
    "config": {"mediaType": "application/vnd.oci.image.config.v1+json", "digest": "sha256:" + "1" * 64, "size": 2},
    "layers": [],
}


def main():
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    endpoint = f"http://{host}:{port}"

    def client(service):
        return boto3.client(
            service, endpoint_url=endpoint, region_name=REGION, aws_access_key_id="moto", aws_secret_access_key="moto"
        )

    client("cloudformation").create_stack(
        StackName="shop",
        TemplateBody=json.dumps(TEMPLATE),
        Parameters=[{"ParameterKey": "Stage", "ParameterValue": "prod"}],
        Tags=[{"Key": "stage", "Value": "prod"}],
    )
    iam = client("iam")
    role = iam.create_role(RoleName="shop-deploy", AssumeRolePolicyDocument=json.dumps(TRUST))["Role"]["Arn"]
    iam.put_role_policy(RoleName="shop-deploy", PolicyName="deploy", PolicyDocument=json.dumps(POLICY))
    iam.create_policy(PolicyName="shop-task", PolicyDocument=json.dumps(POLICY))
    make_service(client)
    ecr = client("ecr")
    ecr.create_repository(repositoryName="shop/web")
    ecr.put_image(repositoryName="shop/web", imageManifest=json.dumps(MANIFEST), imageTag="1.4.0")
    dynamodb = client("dynamodb")
    dynamodb.create_table(
        TableName="shop-sessions",
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
    )
    dynamodb.update_time_to_live(
        TableName="shop-sessions", TimeToLiveSpecification={"Enabled": True, "AttributeName": "expiresAt"}
    )
    make_bucket(client("s3"))
    make_function(client("lambda"), role)
    logs = client("logs")
    logs.create_log_group(logGroupName="/shop/web")
    logs.put_retention_policy(logGroupName="/shop/web", retentionInDays=30)
    logs.create_log_stream(logGroupName="/shop/web", logStreamName="web")
    now = time.time_ns() // 1_000_000
    logs.put_log_events(
        logGroupName="/shop/web", logStreamName="web", logEvents=[{"timestamp": now, "message": "shop listening on 8080"}]
    )
    client("secretsmanager").create_secret(Name="shop/database", SecretString="nothing", Description="Connection string")
    print(json.dumps({"endpoint": endpoint, **make_pool(client("cognito-idp"))}), flush=True)
    sys.stdin.read()
    server.stop()


def make_service(client):
    ec2 = client("ec2")
    subnet = ec2.describe_subnets()["Subnets"][0]["SubnetId"]
    # moto answers 500 to a service without a security group.
    group = ec2.describe_security_groups()["SecurityGroups"][0]["GroupId"]
    network = {"awsvpcConfiguration": {"subnets": [subnet], "securityGroups": [group]}}
    ecs = client("ecs")
    ecs.create_cluster(clusterName="shop")
    ecs.register_task_definition(
        family="web",
        cpu="256",
        memory="512",
        networkMode="awsvpc",
        requiresCompatibilities=["FARGATE"],
        containerDefinitions=[
            {
                "name": "web",
                "image": f"{ACCOUNT}.dkr.ecr.{REGION}.amazonaws.com/shop/web:1.4.0",
                "essential": True,
                "memory": 512,
                "environment": [{"name": "STAGE", "value": "prod"}],
                "portMappings": [{"containerPort": 8080}],
            }
        ],
    )
    ecs.create_service(
        cluster="shop",
        serviceName="web",
        taskDefinition="web",
        desiredCount=2,
        launchType="FARGATE",
        networkConfiguration=network,
    )
    ecs.run_task(cluster="shop", taskDefinition="web", launchType="FARGATE", networkConfiguration=network)


def make_bucket(s3):
    name = f"shop-uploads-{ACCOUNT}"
    s3.create_bucket(Bucket=name)
    s3.put_bucket_encryption(
        Bucket=name,
        ServerSideEncryptionConfiguration={
            "Rules": [{"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "aws:kms"}, "BucketKeyEnabled": True}]
        },
    )
    s3.put_bucket_versioning(Bucket=name, VersioningConfiguration={"Status": "Enabled"})
    settings = ["BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"]
    s3.put_public_access_block(Bucket=name, PublicAccessBlockConfiguration={one: True for one in settings})
    s3.create_bucket(Bucket="shop-bare")


def make_function(functions, role):
    package = io.BytesIO()
    with zipfile.ZipFile(package, "w") as archive:
        archive.writestr("index.js", "exports.handler = async () => 1")
    functions.create_function(
        FunctionName="shop-thumbnails",
        Runtime="nodejs22.x",
        Role=role,
        Handler="index.handler",
        Code={"ZipFile": package.getvalue()},
        TracingConfig={"Mode": "Active"},
        Environment={"Variables": {"STAGE": "prod"}},
    )
    version = functions.publish_version(FunctionName="shop-thumbnails")["Version"]
    functions.create_alias(FunctionName="shop-thumbnails", Name="live", FunctionVersion=version)


def make_pool(cognito):
    pool = cognito.create_user_pool(PoolName="shop")["UserPool"]["Id"]
    client = cognito.create_user_pool_client(
        UserPoolId=pool,
        ClientName="web",
        ExplicitAuthFlows=["ALLOW_USER_PASSWORD_AUTH", "ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
        CallbackURLs=["https://shop.example.com/auth/callback"],
        AllowedOAuthFlows=["code"],
        AllowedOAuthScopes=["openid", "email"],
        AllowedOAuthFlowsUserPoolClient=True,
    )["UserPoolClient"]["ClientId"]
    user = "probe@shop.example.com"
    cognito.admin_create_user(
        UserPoolId=pool, Username=user, UserAttributes=[{"Name": "email", "Value": user}], MessageAction="SUPPRESS"
    )
    cognito.admin_set_user_password(UserPoolId=pool, Username=user, Password="embedded-Probe-1", Permanent=True)
    return {"userPoolId": pool, "clientId": client}


main()
